"""Saved by an editor on Windows: a byte order mark and CRLF line ends."""

import json


def mangle(notebook):
    return b"\xef\xbb\xbf" + json.dumps(notebook, indent=1).replace("\n", "\r\n").encode()
