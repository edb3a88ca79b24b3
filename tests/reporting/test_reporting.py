"""What a report says is what the marks say; pages run no script, describe their pictures, and keep small groups."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chainrule.classroom.report import QuestionResult
from chainrule.cli import main
from chainrule.collecting.roster import RosterEntry, read_roster
from chainrule.course import Course
from chainrule.engine.cells import QuestionStatus
from chainrule.engine.dates import Dates
from chainrule.reporting.figures import figures_of
from chainrule.reporting.misconceptions import misconceptions, name_of
from chainrule.reporting.report import write_report
from chainrule.term.standing import ClassBook, Question, State, Task, Work, read_class
from small_class import rows_of

pytestmark = pytest.mark.on_both

DUE = datetime(2026, 11, 2, 23, 59, tzinfo=UTC)
TASK = Task("01_graph", 4.0, DUE, (Question("y", 1.0), Question("grad_f", 2.0), Question("odd", 1.0)))
SAID = "Not right: dw (yours is 0.25). It looks as if the factor 2/m was left out. Compare with the formula."


def a_class(size: int) -> ClassBook:
    """Students of whom the strong have everything but `odd`, which only the weak have; every third left out 2/m."""
    chance = random.Random(1)
    works = {}
    for number in range(size):
        strong = number % 3 != 0
        student = f"s{number:03}"
        points = {"y": 1.0, "grad_f": 2.0 if strong else 0.0, "odd": 0.0 if strong else 1.0}
        results = {
            name: QuestionResult(
                name,
                value,
                most := {q.id: q.most for q in TASK.questions}[name],
                QuestionStatus.PASSED if value == most else QuestionStatus.FAILED,
                SAID if name == "grad_f" and not strong else "" if value else f"odd should be {number}, not {value}",
            )
            for name, value in points.items()
        }
        at = DUE - timedelta(hours=chance.uniform(-30, 90))
        works[student, "01_graph"] = Work(
            student, "01_graph", State.FINAL, score=sum(points.values()), questions=results, handed_in=at, due=DUE
        )
    return ClassBook(tuple(RosterEntry(student, f"Name {student}") for student, _ in works), (TASK,), works)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def writing(book: ClassBook, **options: bool) -> Path:
        write_report(Course(tmp_path), book, Dates(), tmp_path / "reports", **options)
        return tmp_path / "reports"

    return writing


@pytest.mark.parametrize(
    ("message", "name", "foreseen"),
    [
        (SAID, "the factor 2/m was left out", True),
        ("Not right: y (yours is 1.5). It is zero everywhere: is it ever filled in? A hint.",
         "It is zero everywhere: is it ever filled in?", False),
        ("Not right: f. of x (yours is 3). It is twice what it should be: there is a factor 2 too many.",
         "It is twice what it should be: there is a factor … too many", False),
        ("w should be an array of shape (3,), but its shape is (12,). It looks transposed.",
         "w should be an array of shape (…,), but its shape is (…,). It looks transposed.", False),
        ("NameError: name 'x3' is not defined", "NameError: name 'x3' is not defined", False),
        ("AssertionError: 3.25e-5 is not 0\nmore", "AssertionError: … is not …", False),
    ],
)  # fmt: skip
def test_a_mistake_has_one_name_for_everybody(message: str, name: str, foreseen: bool) -> None:
    """What differs from student to student is left out of the name; what the author foresaw is known as that."""
    assert name_of(message) == (name, foreseen)


def test_mistakes_are_counted_by_student() -> None:
    """The most common first; who never wrote an answer made no mistake."""
    book = a_class(12)
    blank = QuestionResult("grad_f", 0.0, 2.0, QuestionStatus.FAILED, "NotImplementedError: nothing yet")
    works = [*book.works.values(), Work("new", "01_graph", State.FINAL, questions={"grad_f": blank})]

    first, *_ = found = misconceptions(works)

    assert (first.question, len(first.students)) == ("odd", 8)
    assert [(one.name, len(one.students)) for one in found[1:]] == [("the factor 2/m was left out", 4)]


def test_questions_are_measured_against_the_rest() -> None:
    """Difficulty, who passes, and a point-biserial below 0.2 where the weak do better."""
    figures = figures_of(TASK, list(a_class(12).works.values()))
    y, grad_f, odd = figures.questions

    assert (figures.mean, figures.median) == (pytest.approx(8 / 3), 3.0)
    assert (y.remark, y.discrimination) == ("everybody passes", None)
    assert grad_f.earned == pytest.approx(2 / 3)
    assert odd.discrimination == pytest.approx(-1)
    assert odd.is_flagged
    assert odd.remark == "does not tell strong work from weak"


def test_what_waits_for_a_mark_is_no_0(graded_class: Course) -> None:
    """An answer that nobody has marked counts in no figure."""
    book = read_class(graded_class, read_roster(graded_class.roster))
    essay = figures_of(book.tasks[0], list(book.of("small"))).questions[-1]

    assert (essay.answered, essay.full) == (3, 0)
    assert essay.earned == pytest.approx(1.5 / 9)


def test_four_pieces_of_work_say_nothing_of_a_question() -> None:
    """A correlation of a handful is chance, and is not shown."""
    figures = figures_of(TASK, list(a_class(4).works.values()))

    assert {one.discrimination for one in figures.questions} == {None}


def test_pages_stand_alone_and_run_nothing(write: Callable[..., Path]) -> None:
    """No script, nothing fetched, every picture described, one h1, a language, and tables that say what they are."""
    folder = write(a_class(30))

    for path in folder.glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "<script" not in page
        assert not re.findall(r"(?:src|href)=\"(?!data:image/svg|[\w%.-]+\.html\")", page)
        assert "default-src 'none'" in page
        assert page.count("<h1>") == 1
        assert '<html lang="en">' in page
        assert page.count("<img ") == len(re.findall(r'<img [^>]*alt="[^"]{20,}"', page)) > 0
        assert page.count("<table>") == page.count('role="region" aria-label="')
    assert "10 of 30" in (folder / "01_graph.html").read_text(encoding="utf-8")
    assert "the factor 2/m was left out" in (folder / "01_graph.html").read_text(encoding="utf-8")


def test_what_students_are_called_cannot_run(write: Callable[..., Path]) -> None:
    """Names, reasons and messages are text in a page."""
    book = a_class(6)
    works = dict(book.works)
    works["s000", "01_graph"] = replace(
        works["s000", "01_graph"], state=State.NEEDS_A_PERSON, reason="<img src=x onerror=alert(1)>"
    )
    students = (RosterEntry("s000", "<script>alert(1)</script>"), *book.students[1:])

    folder = write(ClassBook(students, book.tasks, works))

    for path in folder.glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "<script>" not in page
        assert "<img src=x" not in page


def test_the_same_marks_make_the_same_pictures(write: Callable[..., Path]) -> None:
    """A report can be compared with another: its pictures differ only where its numbers do."""
    pictures = [re.findall(r'src="(data:[^"]+)"', (write(a_class(9)) / "01_graph.html").read_text()) for _ in "ab"]

    assert pictures[0] == pictures[1]
    assert len(pictures[0]) == 3


def test_what_changed_since_the_last_report_is_told(write: Callable[..., Path]) -> None:
    """The first report, nothing new, a new mark."""
    book = a_class(6)
    page = write(book) / "class.html"
    assert "This is the first report." in page.read_text()
    write(book)
    assert "Nothing changed." in page.read_text()

    works = {**book.works, ("s001", "01_graph"): replace(book.works["s001", "01_graph"], score=1.0)}
    write(ClassBook(book.students, book.tasks, works))

    assert "s001, 01_graph: 3 points, now 1 points" in page.read_text()


def test_students_pages_name_nobody_and_no_small_group(write: Callable[..., Path]) -> None:
    """No name, no class page, no mistake of fewer than five; of fewer than five marks nothing is said."""
    folder = write(a_class(14), for_students=True)
    page = (folder / "01_graph.html").read_text(encoding="utf-8")

    assert sorted(path.name for path in folder.iterdir()) == ["01_graph.html"]
    assert not re.search(r"s0\d\d|Name ", page)
    assert "5 of 14" in page
    assert "should be …, not …" in page
    assert page.count("<img ") == 2
    counts = re.findall(r"(\d+) from", page)
    assert counts
    assert all(int(count) >= 5 for count in counts)
    small = (write(a_class(4), for_students=True) / "01_graph.html").read_text(encoding="utf-8")
    assert "Too few marks" in small
    assert "<img" not in small
    assert "grad_f" not in small


def test_the_table_has_a_row_a_student_and_question(
    graded_class: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`chainrule report` on a class that was really graded: pages, and a tidy table beside them."""
    monkeypatch.chdir(graded_class.root)

    assert main(["report", "--output", str(tmp_path / "out")]) == 0

    printed = capsys.readouterr().out.split()
    assert [Path(line).name for line in printed] == ["small.html", "class.html", "marks.csv"]
    header, *rows = rows_of(tmp_path / "out" / "marks.csv")
    by_key = {(row[0], row[2]): dict(zip(header, row, strict=True)) for row in rows}
    assert len(rows) == 6 * 4
    assert (by_key["zoe", "square"]["points"], by_key["zoe", "square"]["days_late"]) == ("0", "1")
    assert by_key["zoe", "square"]["mistake"]
    assert (by_key["ada", "essay"]["points"], by_key["ada", "essay"]["state"]) == ("", "to be marked")
    assert (by_key["noa", "square"]["points"], by_key["noa", "square"]["state"]) == ("", "not handed in")
    assert "mia" in (tmp_path / "out" / "class.html").read_text(encoding="utf-8")
