"""What tests in a browser look at: what a page asked for and ran, what axe-core says, how wide it is."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

COMMAND = Path(sys.executable).parent / "chainrule"
DOCS = Path(__file__).resolve().parents[2] / "docs"
DESKTOP, PHONE = 1280, 390


@dataclass
class Seen:
    """What a page did that somebody might have made it do.

    Args:
        requests: the addresses that it asked for.
        refused: those of them that its own policy stopped before anything left.
        ran: the calls of `pwned`, which is what all attacks call, and the dialogs that it opened.
        errors: its own scripts' errors.
    """

    requests: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def fetched(self) -> list[str]:
        """What it asked for beside its own address, and what was not in it already."""
        own = {address.split("?")[0] for address in self.requests[:1]}
        left = [address for address in self.requests if address not in self.refused]
        return [one for one in left if one.split("?")[0] not in own and not one.startswith(("data:", "blob:"))]


def found_by_axe(page: Page) -> list[str]:
    """What axe-core finds wrong with a page, one line a rule and element."""
    from axe_playwright_python.sync_playwright import Axe

    wrong = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in wrong for node in rule["nodes"]]


def wider_than_it_may(page: Page) -> int:
    """How many points a page is wider than its window: what is to be read must not need to be moved."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def run_all(page: Page) -> None:
    """Restart the kernel and run all cells, as the notebook asks for before it is handed in."""
    page.get_by_text("| Idle").wait_for()
    page.locator("[data-jp-item-name='restart-and-run'] button, [data-jp-item-name='restart-and-run']").first.click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
