# Hands in JSON that is nested a hundred thousand deep.
# family: bad input
# after: It is refused by name.
# ends: refused

# %% mangle
def mangle(notebook, folder):
    text = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": ' + "[" * 100_000 + "]" * 100_000 + "}"
    (folder / "target.ipynb").write_text(text)
