"""From the text of an assignment to its notebooks: runs in the author's process, on the author's files.

May import the engine and the referee for what they know of cells and names; never `proof` or `classroom`.
"""
