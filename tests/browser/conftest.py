"""Pages as people see them: this machine's Chromium, driven by Playwright. Without either, these tests are skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pages import COMMAND, DESKTOP, DOCS, Seen

from chainrule.course import Course

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60_000
"""Milliseconds to wait for a page: a busy machine is no failure."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. For one module only: while Playwright runs, nothing else in this thread can have an event loop."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip("Playwright is not installed: pip install -e '.[dev]'")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as driver:
        if not found and not Path(driver.chromium.executable_path).exists():
            pytest.skip("there is no Chromium: install one, or run `playwright install chromium`")
        opened = driver.chromium.launch(executable_path=found)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., tuple[Page, Seen]]]:
    """Open an address or a file in a fresh window of some width, watched from its first byte on."""
    contexts = []

    def opened(where: str | Path, width: int = DESKTOP) -> tuple[Page, Seen]:
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        seen = Seen()
        context.expose_function("pwned", lambda *given: seen.ran.append(f"pwned{given}"))
        context.on("request", lambda request: seen.requests.append(request.url))
        context.on("requestfailed", lambda request: seen.refused.extend([request.url] * (request.failure == "csp")))
        page = context.new_page()
        page.on("dialog", lambda dialog: (seen.ran.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.goto(where.as_uri() if isinstance(where, Path) else where, wait_until="load")
        return page, seen

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def open_desk() -> Iterator[Callable[[Course], str]]:
    """Open the desk of a course with the command that teachers use; gives its address, until the end of the test."""
    running = []

    def opened(course: Course) -> str:
        command = [str(COMMAND), "desk", "--no-browser"]
        process = subprocess.Popen(command, cwd=course.root, stdout=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout
        return next(word for word in process.stdout.readline().split() if word.startswith("http"))

    yield opened
    for process in running:
        process.terminate()
        process.communicate()


@pytest.fixture
def picture() -> Callable[..., None]:
    """Where SCREENSHOTS is set, write what a page shows into `docs/`; else nothing."""

    def taken(page: Page, name: str, **options: Any) -> None:
        if os.environ.get("SCREENSHOTS"):
            page.screenshot(path=DOCS / name, **options)

    return taken
