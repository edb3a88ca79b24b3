"""Every cell was copied and pasted below itself, with its metadata."""

import copy


def mangle(notebook):
    return {**notebook, "cells": [twin for cell in notebook["cells"] for twin in (cell, copy.deepcopy(cell))]}
