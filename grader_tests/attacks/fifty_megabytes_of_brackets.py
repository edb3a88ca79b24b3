# Fifty megabytes of empty lists, which take gigabytes of memory to read.
# family: bad input
# after: It is refused by name, in little memory.
# ends: refused
# stock: it would harm the machine

# %% mangle
def mangle(notebook, folder):
    text = '{"nbformat": 4, "nbformat_minor": 5, "cells": [], "metadata": {"x": [' + "[]," * 16_700_000 + "0]}}"
    (folder / "target.ipynb").write_text(text)
