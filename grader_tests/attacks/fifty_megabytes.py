# An honest notebook with fifty megabytes of outputs in it: pictures and long tables.
# family: bad input
# after: It is graded; the outputs are left behind.
# earns: all
# bound: 60

# %% mangle
def mangle(notebook, folder):
    from nbformat import v4

    for cell in [cell for cell in notebook.cells if cell.cell_type == "code"][:5]:
        cell.outputs = [v4.new_output("display_data", data={"image/png": "iVBOR" * 1_000_000})]
        cell.outputs += [v4.new_output("stream", text="0.123456789, " * 400_000)]
    return notebook
