# Writes scripts, event handlers and addresses that run into its markdown answers, in every disguise.
# family: leaks through outputs and feedback
# after: Pages for teachers and students run none of it.

# %% written="why"
<script>pwned()</script> <img src=x onerror=pwned()> <svg/onload=pwned()> [x](javascript:pwned())

[x](jAvAsCrIpT&#58;pwned()) ![x](javascript:pwned()) <javascript:pwned()> [y]: javascript:pwned() "y"

<a title="

<img src=x onerror=pwned()>">x</a>

<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=pwned()&gt;">

$\href{javascript:pwned()}{click}$ and &#36;\&#104;ref{javascript&#58;pwned()}{click}&#36; and \\(\href{javascript:pwned()}{x}\\)

<iframe src="data:text/html,<script>pwned()</script>"></iframe><base href="http://127.0.0.1/"><meta http-equiv=refresh content=0>

`<b title="` <img src=x onerror=pwned()>`">`

# %% mangle
def mangle(notebook, folder):
    import nbformat

    for number, text in enumerate((
        "<details open ontoggle=pwned()>x</details>", "<b\nonclick=pwned()>x</b>", "&lt;script&gt;pwned()&lt;/script&gt;",
        "$$</script><script>pwned()</script>$$", "```\n</pre><script>pwned()</script>\n```", "<div style='x:expression(pwned())'>",
        "[x]( \x01javascript:pwned())", "<a href='java\tscript:pwned()'>x</a>", "$\\require{html}\\style{x}{y}\\class{pwned}{z}$",
    )):
        notebook.cells.append(nbformat.v4.new_markdown_cell(text, id=f"note-{number}"))
    return notebook
