"""Text pasted from a web page: separators of lines and paragraphs, a form feed, a zero sign, half an emoji."""


def mangle(notebook):
    text = "one\u2028two\u2029three\x0cfour\x85five\x00six \ud83d \u200b\u202e"
    for place, kind in ((3, "markdown"), (6, "code")):
        cell = {"cell_type": kind, "id": f"odd{place}", "metadata": {}, "source": f"# {text}"}
        notebook["cells"].insert(place, cell | ({"outputs": [], "execution_count": None} if kind == "code" else {}))
    return notebook
