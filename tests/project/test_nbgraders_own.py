"""What comes out otherwise in nbgrader's own tests is told to whoever reads about switching on."""

from pathlib import Path

from engine_on import DIFFERENT

PAGE = Path(__file__).parents[2] / "docs/any-course.md"


def test_the_page_tells_each_difference() -> None:
    """Every reason of the list stands in the page, with the tests that it is the reason of."""
    page = PAGE.read_text(encoding="utf-8")

    missing = [name for name, why in DIFFERENT.items() if why not in page or name.partition("::")[2] not in page]

    assert missing == []
