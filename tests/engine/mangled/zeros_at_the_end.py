"""A disk that synchronizes in blocks filled the last one with zeros."""

import json


def mangle(notebook):
    return json.dumps(notebook).encode() + bytes(700)
