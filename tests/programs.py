"""The programs of this environment, as tests start them."""

from __future__ import annotations

import sys
from pathlib import Path

QUICKLY = """
from chainrule.engine.nbgrader_seams import leave_out_address_check
leave_out_address_check()
"""
"""First lines of a program that needs nbformat: without its grammar of addresses, which takes two seconds to read."""

QUICK_NBGRADER = f"""{QUICKLY}
from nbgrader.apps.nbgraderapp import main
main()
"""


def program(name: str) -> list[str]:
    """The beginning of a command line; nbgrader begins quickly."""
    if name == "nbgrader":
        return [sys.executable, "-c", QUICK_NBGRADER]
    return [str(Path(sys.executable).with_name(name))]
