"""A real browser for tests: a page goes in, and what became of it comes out."""

import shutil
import subprocess
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
]  # fmt: skip


def document_of(page: Path, profile: Path) -> str:
    """The document as it stands after the page's scripts have run; skips where there is no browser."""
    if BROWSER is None:
        pytest.skip("there is no Chromium on this machine")
    command = [BROWSER, *FLAGS, f"--user-data-dir={profile}", "--virtual-time-budget=5000", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert "</html>" in done.stdout, done.stderr[-2000:]
    return done.stdout
