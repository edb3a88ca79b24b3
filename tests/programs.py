"""The programs of this environment, as tests start them."""

from __future__ import annotations

import sys
from pathlib import Path

QUICK_NBGRADER = """
from chainrule.engine.nbgrader_seams import leave_out_address_check
leave_out_address_check()
from nbgrader.apps.nbgraderapp import main
main()
"""


def program(name: str) -> list[str]:
    """The beginning of a command line; nbgrader without the grammar of addresses, which takes two seconds to read."""
    if name == "nbgrader":
        return [sys.executable, "-c", QUICK_NBGRADER]
    return [str(Path(sys.executable).with_name(name))]
