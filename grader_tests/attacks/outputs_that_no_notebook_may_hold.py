# Sends outputs that would make the graded notebook invalid: negative counts, half surrogates, odd types.
# family: outputs and display hooks
# after: The submission is graded; the honest answer earns its marks.
# earns: double

# %% own
import json

shell = get_ipython()
shell.execution_count = -7
kernel = shell.kernel
kernel.session.pack = lambda thing: json.dumps(thing).encode()
print("half a pair: \ud800")
shell.execution_count = -8
kernel.session.send(
    kernel.iopub_socket, "stream", {"name": "stdout", "text": "x", "execution_count": {"a": 1}}, parent=kernel.get_parent()
)
strange = {"data": {"text/plain": "\udfff", "a/json": {"b": [float("nan")]}}, "metadata": {"\ud800": 1}, "transient": {}}
kernel.session.send(kernel.iopub_socket, "display_data", strange, parent=kernel.get_parent())
kernel.session.send(
    kernel.iopub_socket,
    "error",
    {"ename": "\ud800", "evalue": "\ud800", "traceback": ["\ud800", "\x00"]},
    parent=kernel.get_parent(),
)

# %% own
raise type("\udcff", (Exception,), {})("\udcff\x00\x1b[31m")
