# Hands in pages and drawings beside the notebook, for somebody to open where the graded work lies.
# family: leaks through outputs and feedback
# after: None of them is copied to where pages are opened.
# earns: all

# %% mangle
def mangle(notebook, folder):
    for name in ("index.html", "evil.html", "target.htm", "x.svg", "x.xhtml", "a/evil.HTML"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text('<svg xmlns="http://www.w3.org/2000/svg" onload="pwned()"><script>pwned()</script></svg>')
    return notebook
