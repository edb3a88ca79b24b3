"""What a student is told about a check, and about all of them: the kit's text, run as a notebook runs it."""

from __future__ import annotations

from typing import Any

import pytest

from chainrule.authoring.inclusions import included_text


def notebook(capsys: pytest.CaptureFixture[str]) -> Any:
    """A notebook of three checks; runs code, and gives what it prints, and then what its error shows."""
    variables: dict[str, Any] = {"__name__": "__main__"}
    exec(included_text("checkkit.py", "progress.py"), variables)
    variables.update(CHECKS="f 2; g-sum 1, g-mean 1.5", WRITTEN=3.0)

    def run(code: str) -> list[str]:
        try:
            exec(code, variables)
        except Exception as error:
            shown = getattr(error, "_render_traceback_", list)()
            return [*capsys.readouterr().out.splitlines(), *shown]
        return capsys.readouterr().out.splitlines()

    return run


def test_passing_is_seen_and_after_a_question_how_far_one_is(capsys: pytest.CaptureFixture[str]) -> None:
    """One short line a check, and a bar after the last check of a question."""
    run = notebook(capsys)

    assert run('with CheckCell("f"):\n    pass') == [
        "passed: f (2 of 2 points)",
        "2 of 4.5 points here [========............] next: g-sum. Hidden checks look at more places. "
        "A person gives 3 points more, for what you write.",
    ]
    assert run('with CheckCell("g-sum"):\n    pass') == ["passed: g-sum (1 of 1 point)"]


def test_progress_is_there_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    """Before any check ran, and after all have passed."""
    run = notebook(capsys)

    before = run("progress()")
    for name in ("f", "g-sum", "g-mean"):
        run(f'with CheckCell("{name}"):\n    pass')

    assert before[0].startswith("0 of 4.5 points here [....................] next: f.")
    assert run("progress()")[0].startswith("4.5 of 4.5 points here [====================] every check here has passed.")


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("assert 1 > 2, 'It is half.'", "not yet: g-sum (0 of 1 point). It is half."),
        ("def g():\n    raise NotImplementedError\n", "waits: g-sum (0 of 1 point) waits for g, which is still to be"),
        ("def g():\n    return 1 + 'a'\n", "stopped: g-sum (0 of 1 point). TypeError in g; the last lines below"),
        ("del g", "stopped: g-sum (0 of 1 point). The notebook has no g: run the cell that makes it"),
        ("waits_for('dw8')", "waits: g-sum (0 of 1 point) waits for dw8. Mend that first"),
        ("raise Waits('Mend v first.')", "waits: g-sum (0 of 1 point). Mend v first."),
    ],
    ids=["wrong", "a stub", "an error", "no answer", "a value before it", "nothing to start from"],
)
def test_what_is_wrong_is_one_line(capsys: pytest.CaptureFixture[str], code: str, line: str) -> None:
    """A check that does not pass says why, and its points are not counted."""
    run = notebook(capsys)
    run('g = max\nwith CheckCell("g-sum"):\n    pass')
    run(code)

    (told,) = run(f'with CheckCell("g-sum"):\n    {code if not code.startswith(("def", "del")) else "ask(g)"}')

    assert told.startswith(line)
    assert run("progress()")[0].startswith("0 of 4.5 points here")


def test_errors_stay_what_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever grades by errors, as nbgrader does, sees the same ones."""
    variables: dict[str, Any] = {"__name__": "__main__"}
    exec(included_text("checkkit.py", "progress.py"), variables)

    with pytest.raises(AssertionError, match=r"^It is half\.$"):
        exec('with CheckCell("f"):\n    assert False, "It is half."', variables)
    with pytest.raises(ZeroDivisionError):
        exec('with CheckCell("f"):\n    1 / 0', variables)
