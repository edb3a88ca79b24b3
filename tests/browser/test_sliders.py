"""The sliders of the notebooks in a real JupyterLab: a key moves one, and its picture is drawn anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from pages import PHONE, run_all

from chainrule.engine.cells import is_check
from in_course import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.skipif(os.environ.get("BROWSER") != "every", reason="`make browser` starts JupyterLab")
# How many sliders each picture has.
SLIDERS = {"01_computational_graph": [9, 1, 2], "02_xor_classifier": [1], "03_vectorized_mlp": [2]}
# All cells are in the page, also those that are not in the window.
SETTINGS = "lab/user-settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
WHOLE = '{"windowingMode": "none"}'
# What `slide` leaves in a notebook: a model that is gone with its kernel, and a picture.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
DRAWN = {
    "application/vnd.jupyter.widget-view+json": {"version_major": 2, "version_minor": 0, "model_id": "gone"},
    "image/png": DOT,
    "text/plain": "A dot.",
}


def up_to_the_last_slider(assignment_id: str, folder: Path) -> Path:
    """Write a built notebook, solved, without its checks and texts, and without what comes after its sliders."""
    name = f"{assignment_id}.ipynb"
    notebook = nbformat.read(PROJECT.source / assignment_id / name, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    last = max(number for number, cell in enumerate(cells) if "\nslide(" in cell.source)
    notebook.cells = [cell for cell in cells[: last + 1] if not is_check(cell)]
    nbformat.write(notebook, folder / name)
    return folder / name


@pytest.fixture
def open_notebook(
    open_page: Callable[..., Any], open_lab: Callable[..., tuple[str, str]], tmp_path: Path
) -> Callable[[Path], tuple[Page, list[str]]]:
    """Open a notebook in a JupyterLab of its own; gives the page, and a list that fills with its errors."""

    def opened(path: Path) -> tuple[Page, list[str]]:
        settings = tmp_path / "jupyter_config_dir" / SETTINGS
        settings.parent.mkdir(parents=True)
        settings.write_text(WHOLE, encoding="utf-8")
        url, token = open_lab(path.parent)
        page, seen = open_page(f"{url}doc/tree/{path.name}?token={token}")
        page.on("console", lambda line: seen.errors.extend([line.text] * (line.type == "error")))
        page.locator(".jp-CodeCell").first.wait_for()
        return page, seen.errors

    return opened


def moved(page: Page, box: Locator, number: int = 0) -> tuple[str, str]:
    """Press an arrow key on a handle: the number beside it, before and after; for the first one the picture follows.

    (In digits that are shown, some of the others change nothing.)
    """
    handle, readout = box.locator(".noUi-handle").nth(number), box.locator(".widget-readout").nth(number)
    before, picture = readout.inner_text(), box.locator("img").get_attribute("src")
    handle.press("ArrowLeft")
    if number == 0:
        changed = "([box, old]) => box.querySelector('img').src !== old"
        page.wait_for_function(changed, arg=[box.element_handle(), picture])
    return before, readout.inner_text()


@pytest.mark.parametrize("assignment_id", SLIDERS)
def test_a_slider_moves_its_picture(
    assignment_id: str, open_notebook: Callable[[Path], tuple[Page, list[str]]], tmp_path: Path
) -> None:
    """A key on each handle changes the number beside it, and the picture and its words; the page has no error."""
    (tmp_path / "downloads").mkdir()
    page, errors = open_notebook(up_to_the_last_slider(assignment_id, tmp_path / "downloads"))
    run_all(page)
    boxes = page.locator(".widget-vbox")
    boxes.nth(len(SLIDERS[assignment_id]) - 1).wait_for()

    assert [box.locator(".noUi-handle").count() for box in boxes.all()] == SLIDERS[assignment_id]
    for box, count in zip(boxes.all(), SLIDERS[assignment_id], strict=True):
        words = box.locator("img").get_attribute("alt")
        steps = [moved(page, box, number) for number in range(count)]
        assert [before for before, after in steps if before == after] == []
        assert box.locator("img").get_attribute("alt") != words
    page.set_viewport_size({"width": PHONE, "height": 900})
    for box in boxes.all():
        before, after = moved(page, box)
        assert before != after
        assert (place := box.locator("img").bounding_box())
        assert place["width"] < PHONE
    # JupyterLab may complain of its own debugger when a kernel starts anew.
    assert [error for error in errors if "debugger state" not in error] == []


def test_a_picture_stands_where_no_kernel_is_live(
    open_notebook: Callable[[Path], tuple[Page, list[str]]], tmp_path: Path
) -> None:
    """A notebook that was run and saved elsewhere shows the picture in place of the sliders."""
    path = tmp_path / "downloads" / "saved.ipynb"
    path.parent.mkdir()
    saved = nbformat.v4.new_output("display_data", DRAWN, metadata={"image/png": {"alt": DRAWN["text/plain"]}})
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("pass", outputs=[saved])]), path)
    page, _ = open_notebook(path)

    page.locator(".jp-OutputArea img").wait_for()
    assert page.locator(".jp-OutputArea").inner_text().strip() == ""
