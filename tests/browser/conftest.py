"""Pages as people see them: this machine's Chromium, driven by Playwright. Without either, these tests are skipped."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pages import COMMAND, DESKTOP, DOCS, Seen

from chainrule.course import Course

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 600_000
"""Milliseconds to wait for a page: a busy machine is no failure."""
GRACE = 20
"""Seconds for a Jupyter to end by itself: one that is told to right after a page was opened may wait for ever for a
thread of AnyIO's, with all of its work done."""


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

    def opened(where: str | Path, width: int = DESKTOP, height: int = 900) -> tuple[Page, Seen]:
        context = browser.new_context(viewport={"width": width, "height": height})
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
def open_lab(tmp_path: Path) -> Iterator[Callable[..., tuple[str, str]]]:
    """Start a Jupyter of this environment in a folder; gives its address and its token, until the end of the test."""
    running = []
    places = {name: str(tmp_path / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "HOME")}
    runtime = tmp_path / "runtime"
    settings = {"port": 0, "open_browser": False, "allow_root": True}
    config = Path(places["JUPYTER_CONFIG_DIR"]) / "jupyter_server_config.json"
    config.parent.mkdir()
    config.write_text(json.dumps({"ServerApp": settings, "LabApp": {"open_browser": False}}), encoding="utf-8")

    def opened(root: Path, command: Sequence[str] = (sys.executable, "-m", "jupyter", "lab")) -> tuple[str, str]:
        around = {**os.environ, **places, "JUPYTER_RUNTIME_DIR": str(runtime), "XDG_RUNTIME_DIR": str(tmp_path)}
        with (tmp_path / "jupyter.log").open("w") as log:
            running.append(subprocess.Popen(command, cwd=root, env=around, stdout=log, stderr=log))
        while not (found := list(runtime.glob("jpserver-*.json"))):
            assert running[-1].poll() is None, (tmp_path / "jupyter.log").read_text()
            time.sleep(0.2)
        about = json.loads(found[0].read_text(encoding="utf-8"))
        return about["url"], about["token"]

    yield opened
    for process in running:
        process.terminate()
        try:
            process.communicate(timeout=GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@pytest.fixture
def picture() -> Callable[..., None]:
    """Where SCREENSHOTS is set, write what a page shows into `docs/`; else nothing."""

    def taken(page: Page, name: str, **options: Any) -> None:
        if os.environ.get("SCREENSHOTS"):
            page.screenshot(path=DOCS / name, **options)

    return taken
