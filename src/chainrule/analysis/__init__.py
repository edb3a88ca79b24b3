"""What a cell's text says, without running it: its Python, the names that it makes and uses, what it imports.

Pure functions from text to names, for the engine, the referee, the author's tools and the proofs; imports none of them.
None of them raises, whatever the text: where a text cannot be read, it counts as one that could do anything.
"""
