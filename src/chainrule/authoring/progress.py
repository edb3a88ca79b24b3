"""Where a student stands: a line for each check that ran, and a bar after each question.

The build puts this text behind the kit's, fills in CHECKS, and puts each check into `with CheckCell(...)`.
It only prints: while grading it keeps still, and no mark reads anything that it remembers.
"""

from types import TracebackType

from chainrule.authoring.checkkit import Waits

CHECKS = ""
"""The checks with their points, question by question: `sigmoid 2; forward-val-1 2, forward-loss 1`."""
WRITTEN = 0.0
"""The points that a person gives."""
_PASSED: set[str] = set()
_WAITING: list[str] = []


class CheckCell:
    """One check of the notebook: says in one line what came of it, and leaves every error as it is."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        _WAITING.clear()

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if type(globals()) is dict:  # in a notebook; while grading, marks are told elsewhere
            _tell(self.name, error)


def waits_for(*what: str) -> None:
    """Say that a check has looked at nothing yet, since a value that it is built on is not right."""
    _WAITING[:] = what


def progress() -> None:
    """Print how many points the checks of this notebook have given so far, and which check is next."""
    print(_bar())


def all_passed(question: str) -> bool:
    """Whether every check of a question has passed since the notebook was opened."""
    names = [name for each in _questions() for name, _ in each if name == question or name.startswith(f"{question}-")]
    return bool(names) and set(names) <= _PASSED


def _bar() -> str:
    worth = {name: points for question in _questions() for name, points in question}
    have, of = sum(points for name, points in worth.items() if name in _PASSED), sum(worth.values())
    full = int(20 * have / of) if of else 0
    following = next((f"next: {name}" for name in worth if name not in _PASSED), "every check here has passed")
    person = f" A person gives {_points(WRITTEN)} more, for what you write." if WRITTEN else ""
    bar = "=" * full + "." * (20 - full)
    return f"{have:g} of {_points(of)} here [{bar}] {following}. Hidden checks look at more places.{person}"


def _questions() -> list[list[tuple[str, float]]]:
    pairs = [[item.rsplit(" ", 1) for item in question.split(", ")] for question in CHECKS.split("; ") if question]
    return [[(name.strip(), float(points)) for name, points in question] for question in pairs]


def _points(number: float) -> str:
    return f"{number:g} point" + ("" if number == 1 else "s")


def _tell(name: str, error: BaseException | None) -> None:
    questions = _questions()
    worth = {name: points for question in questions for name, points in question}.get(name, 0.0)
    if error is None and not _WAITING:
        _PASSED.add(name)
        print(f"passed: {name} ({worth:g} of {_points(worth)})")
    else:
        _PASSED.discard(name)
        line = _trouble(f"{name} (0 of {_points(worth)})", error)
        if isinstance(error, AssertionError | NotImplementedError):
            # IPython shows this in the place of a traceback through the course's own tools.
            error._render_traceback_ = lambda: [line]  # type: ignore[union-attr]
        else:
            print(line)
    if any(question[-1][0] == name for question in questions):
        print(_bar())


def _trouble(check: str, error: BaseException | None) -> str:
    if error is None:
        return f"waits: {check} waits for {' and '.join(_WAITING)}. Mend that first, then run this check again."
    words = str(error)
    if isinstance(error, NotImplementedError):
        return f"waits: {check} waits for {_last_function(error)}, which is still to be written."
    if isinstance(error, Waits):
        return f"waits: {check}. {words}"
    if isinstance(error, AssertionError):
        return f"not yet: {check}. {words}"
    if isinstance(error, NameError) and error.name and error.name in words:
        return f"stopped: {check}. The notebook has no {error.name}: run the cell that makes it, or correct the name."
    return f"stopped: {check}. {type(error).__name__} in {_last_function(error)}; the last lines below show where."


def _last_function(error: BaseException) -> str:
    name, trace = "", error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_name if trace.tb_frame.f_globals is globals() else name
        trace = trace.tb_next
    return "your answer" if name in ("", "<module>") else name
