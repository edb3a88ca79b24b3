"""Saved by PowerShell's `Out-File`: UTF-16."""

import json


def mangle(notebook):
    return json.dumps(notebook, indent=1).encode("utf-16")
