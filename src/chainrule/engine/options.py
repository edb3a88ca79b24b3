"""nbgrader's options, one by one: which the engine honours, which it refuses, and which have no effect, and why.

An option that is refused stops before anything is graded, and is named. The table is the truth: the check reads it, a
test goes through it, and `python -m chainrule.engine.options` writes it into `docs/any-course.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import ClearMetadataPreprocessor, CSSHTMLHeaderPreprocessor
from nbgrader import plugins
from nbgrader.converters import Autograde, BaseConverter, GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    DeduplicateIds,
    Execute,
    GetGrades,
    IgnorePattern,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from traitlets import TraitError
from traitlets.utils.importstring import import_item

__all__ = ["TABLE", "Effect", "OptionRefused", "Row", "faults", "refuse_options", "row_of"]


class OptionRefused(NbGraderException):  # type: ignore[misc]
    """The course asks for something that the engine does not do; nothing was graded."""


class Effect(StrEnum):
    """What becomes of an option."""

    HONOURED = "honoured"
    REFUSED = "refused"
    NONE = "no effect"


@dataclass(frozen=True)
class Row:
    """Some options of one class, and what becomes of them.

    Args:
        options: their names; empty for all of the class that no other row names.
        why: for a reader of the documentation, and of the message that refuses them.
        fine: values other than nbgrader's own that ask for what is done anyway.
    """

    owner: type
    options: tuple[str, ...]
    effect: Effect
    why: str
    fine: tuple[Any, ...] = ()


def _row(owner: type, options: str, effect: Effect, why: str, *fine: Any) -> Row:
    return Row(owner, tuple(options.split()), effect, why, fine)


HONOURED, REFUSED, NONE = Effect.HONOURED, Effect.REFUSED, Effect.NONE
ALWAYS: Final = "the engine always does this: without it, a submission could change what is graded"
OWN_KERNEL: Final = "kernels are forked from a warm process in the sandbox, not started by nbclient"

TABLE: Final[tuple[Row, ...]] = (
    _row(CourseDirectory, "", HONOURED, "nbgrader's own code asks them; `ignore` holds for what a kernel finds, too"),
    _row(BaseConverter, "exporter_class", REFUSED, "the engine's own exporter checks the options and writes pages"),
    _row(BaseConverter, "", HONOURED, "by nbgrader's own code, hooks included"),
    _row(Autograde, "exclude_overwriting", HONOURED,
         "the student's version stands beside the kernel, none in the referee"),
    _row(Autograde, "sanitize_preprocessors autograde_preprocessors", HONOURED,
         "steps of a course's own run where it put them; the line that switches the engine on comes after them"),
    _row(Autograde, "exporter_class", REFUSED, "the engine's own exporter checks the options before anything else"),
    _row(Autograde, "", HONOURED, "by nbgrader's own code, hooks included"),
    _row(Execute, "enabled", REFUSED,
         "marks come from running what was handed in, never from outputs that came with it (`--no-execute`)"),
    _row(Execute, "timeout", HONOURED,
         "as `Examine.cell_seconds` and `call_seconds`; a check has twice, a notebook 20 times as long; -1 or None: "
         "as long as `Examine.notebook_seconds`"),
    _row(Execute, "skip_cells_with_tag", REFUSED,
         "the tag is always `skip-execution`, in the instructor's cells alone; a check runs whatever its tags", ""),
    _row(Execute, "interrupt_on_timeout", REFUSED, "a cell that takes too long is interrupted, and the next one runs"),
    _row(Execute, "timeout_func error_on_timeout", REFUSED, "one time for all cells, and the engine's own words"),
    _row(Execute, "allow_error_names force_raise_errors", REFUSED, "an error in a cell never ends the notebook"),
    _row(Execute, "extra_arguments kernel_name ipython_hist_file startup_timeout "
         "shell_timeout_interval iopub_timeout raise_on_iopub_timeout", REFUSED, OWN_KERNEL),
    _row(Execute, "on_cell_complete on_cell_error on_cell_execute on_cell_start on_notebook_complete "
         "on_notebook_error on_notebook_start", REFUSED, "hooks of nbclient, which runs no check here"),
    _row(Execute, "execute_retries kernel_manager_class", NONE, "nor with nbgrader 0.9, which reads neither"),
    _row(Execute, "record_timing store_widget_state", NONE, "neither times nor widgets are kept"),
    _row(Execute, "shutdown_kernel", NONE, "a kernel ends with its sandbox, and all that it started with it"),
    _row(LimitOutput, "", HONOURED, "after the engine's own limit, `Examine.output_kb`"),
    _row(IgnorePattern, "", HONOURED, "for what pages show; what a check prints to stderr costs no mark here anyway"),
    _row(ClearHiddenTests, "begin_test_delimeter end_test_delimeter", HONOURED,
         "at release, and in feedback and messages, where the usual marks hide as well"),
    _row(ClearMarkScheme, "begin_mark_scheme_delimeter end_mark_scheme_delimeter", HONOURED,
         "at release and in feedback, where the usual marks hide as well"),
    _row(ClearHiddenTests, "", HONOURED, "at release; feedback hides always"),
    _row(ClearMarkScheme, "", HONOURED, "at release; feedback hides always"),
    _row(ClearOutput, "enabled", REFUSED, "outputs that were handed in are never kept"),
    _row(ClearOutput, "", NONE, "outputs and their metadata are made anew"),
    _row(DeduplicateIds, "enabled", REFUSED, ALWAYS),
    _row(OverwriteKernelspec, "enabled", REFUSED, ALWAYS),
    _row(OverwriteCells, "enabled", REFUSED, ALWAYS),
    _row(OverwriteCells, "add_missing_cells", NONE, "a check that is missing always runs, in its place"),
    _row(OverwriteCells, "missing_cell_notification", REFUSED, "a missing cell comes back as the instructor wrote it"),
    _row(CheckCellMetadata, "enabled", REFUSED, ALWAYS),
    _row(SaveAutoGrades, "enabled", REFUSED, "what the referee says is what is written into the gradebook"),
    _row(ClearMetadataPreprocessor, "enabled", REFUSED, "the verdicts stand in the metadata of a graded notebook"),
    _row(ClearMetadataPreprocessor, "", NONE, "as long as it is not enabled"),
    _row(AssignLatePenalties, "", HONOURED,
         "by nbgrader's own step, plugins included, unless `c.Dates` says what being late costs"),
    _row(GenerateFeedback, "preprocessors", HONOURED,
         "steps of a course's own run where it put them; the line that switches the engine on comes after them"),
    _row(GenerateFeedback, "exporter_class", REFUSED, "the engine's own exporter writes pages that run no code"),
    _row(GenerateFeedback, "", HONOURED, "by nbgrader's own code, hooks included"),
    _row(GetGrades, "", HONOURED, "the engine's step is made from it"),
    _row(HTMLExporter, "template_name template_file", REFUSED, "feedback has the engine's own template",
         "feedback", "formgrade", "chainrule"),
    _row(HTMLExporter, "", HONOURED, "by nbconvert's own code, which the engine's exporter is made from"),
    _row(CSSHTMLHeaderPreprocessor, "", HONOURED, "by nbconvert's own step"),
)  # fmt: skip
"""The first row that names an option decides, then the row without names of its class."""

RELEASE: Final = (
    "IncludeHeaderFooter", "InstantiateTests", "LockCells", "ClearSolutions", "ComputeChecksums", "SaveCells",
)  # fmt: skip
"""Steps of `generate_assignment`, which is nbgrader's own: all that they may be told holds."""


def row_of(owner: type, option: str) -> Row | None:
    """What the table says of an option; a class inherits the options of those that it is made from."""
    own = [row for row in TABLE if row.owner is owner]
    named = [row for row in own if option in row.options]
    return next(iter([*named, *(row for row in own if not row.options)]), None)


def refuse_options(config: Any, owners: Iterable[Any] | None = None) -> None:
    """Stop where a course asks for what the engine does not do, or for what there is not.

    Args:
        config: nbgrader's, command line included.
        owners: whose options are looked at; all of the table by default.

    Raises:
        OptionRefused: it names every such option, its value and the reason.
    """
    if wrong := list(faults(config, owners)):
        raise OptionRefused(
            "Nothing was graded, because the course's configuration asks for what Chainrule does not do:\n"
            + "".join(f"  {line}\n" for line in wrong)
            + "Take these options out of nbgrader_config.py or the command; docs/any-course.md has a table of all."
        )


def faults(config: Any, owners: Iterable[Any] | None = None) -> Iterator[str]:
    """One line for each option that is refused or that there is not."""
    from chainrule.engine.steps import Examine, Rebuild

    for name, value in config.Chainrule.get("replaced", {}).items():
        row = next(row for row in TABLE if row.owner.__name__ == name and "exporter_class" in row.options)
        yield f"{name}.exporter_class = {value!r}: {row.why}"
    yield from _left_out(config)
    for owner in owners or dict.fromkeys([*(row.owner for row in TABLE), Rebuild, Examine]):
        known = owner.class_traits(config=True)
        for name, value in config.get(owner.__name__, {}).items():
            if name not in known and (name, value) not in PASSED:
                yield f"{owner.__name__}.{name}: there is no such option"
        try:
            # An exporter looks for its template as soon as it is made.
            asked = _Said(owner, config) if owner is HTMLExporter else owner(config=config)
        except TraitError as error:
            yield f"{owner.__name__}: {error}"
            continue
        yield from _refused(owner, asked)
        yield from _out_of_order(asked)


def _left_out(config: Any) -> Iterator[str]:
    """The engine's own steps that are turned off, and steps of a course's own where they would run outside of it."""
    for name in (path for paths in LISTS.values() for path in paths):
        step = import_item(name)
        with suppress(TraitError):  # another option of its is of the wrong kind, which is told elsewhere
            if not step(config=config).enabled:
                yield f"{step.__name__}.enabled = False: it is a step of the engine's, and so of every grading"
    for section in ("Exporter", "NotebookExporter", "GatedNotebook"):
        if steps := config.get(section, {}).get("preprocessors"):
            yield f"{section}.preprocessors = {steps!r}: steps of a course's own stand in c.Autograde's lists"


class _Said:
    """What a configuration says of a class, and the class's own values where it says nothing."""

    def __init__(self, owner: Any, config: Any) -> None:
        self._owner = owner
        self._section = config.get(owner.__name__, {})

    def __getattr__(self, option: str) -> Any:
        return self._section.get(option, getattr(_untouched(self._owner), option))


PASSED: Final = (("allow_errors", True),)
"""What nbgrader has no option for and is done all the same; courses ask for it."""


LISTS: Final = {
    "sanitize_preprocessors": ("chainrule.engine.steps.Rebuild",),
    "autograde_preprocessors": ("chainrule.engine.steps.Examine", "chainrule.engine.steps.SaveVerdicts"),
    "preprocessors": ("chainrule.engine.feedback.disarm.Grades", "chainrule.engine.feedback.disarm.HideSecrets"),
}
"""The engine's own steps in nbgrader's lists."""
STEPS_OF: Final[dict[type, tuple[str, ...]]] = {
    Autograde: ("sanitize_preprocessors", "autograde_preprocessors"),
    GenerateFeedback: ("preprocessors",),
}
REPLACED: Final = (Execute, SaveAutoGrades)
"""What may not stand beside them: code would run outside of the sandbox, and marks would come from its outputs."""


def _out_of_order(asked: Any) -> Iterator[str]:
    """Lists of steps that were changed after the engine was switched on, so that it no longer is."""
    for name in STEPS_OF.get(type(asked), ()):
        steps = [import_item(step) if isinstance(step, str) else step for step in getattr(asked, name)]
        where = f"{type(asked).__name__}.{name}"
        for own in map(import_item, LISTS[name]):
            if own not in steps:
                yield f"{where}: {own.__name__} is not in it; switch the engine on after the line that sets it"
        for step in steps:
            if isinstance(step, type) and issubclass(step, REPLACED):
                yield f"{where}: {step.__name__} is in it, which the engine takes the place of"


def _refused(owner: type, asked: Any) -> Iterator[str]:
    for row in TABLE:
        if row.owner is not owner or row.effect is not REFUSED:
            continue
        for option in row.options:
            value = getattr(asked, option)
            if value != getattr(_untouched(owner), option) and value not in row.fine and not _is_ours(value):
                yield f"{owner.__name__}.{option} = {value!r}: {row.why}"


@cache
def _untouched(owner: type) -> Any:
    """An object of this class that nothing was asked of."""
    return owner()


def _is_ours(value: Any) -> bool:
    return isinstance(value, type) and value.__module__.startswith("chainrule.")


def table() -> str:
    """The table in Markdown: nbgrader's options, then the engine's own."""
    lines = ["| option | what becomes of it | why, and how |", "|---|---|---|"]
    for row in TABLE:
        owner = row.owner.__name__
        named = any(other.options for other in TABLE if other.owner is row.owner)
        options = [f"`{owner}.{option}`" for option in row.options] or [f"`{owner}`: all {'others' * named}".rstrip()]
        lines.append(f"| {', '.join(options)} | {row.effect} | {row.why} |")
    others = ", ".join(f"`{name}`" for name in [*RELEASE, *plugins.__all__])
    lines.append(f"| {others} | honoured | by nbgrader's own code, at release, collection or export |")
    return "\n".join([*lines, "", "| the engine's own option | its value | what it does |", "|---|---|---|", *_own()])


def _own() -> Iterator[str]:
    from chainrule.engine.steps import Examine, Rebuild

    for owner in (Rebuild, Examine):
        for name, trait in owner.class_own_traits(config=True).items():
            yield f"| `{owner.__name__}.{name}` | `{getattr(_untouched(owner), name)!r}` | {trait.help} |"


def main() -> None:
    """Write the table into the page for any course."""
    page = Path("docs/any-course.md")
    head, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    page.write_text(f"{head}{begin}\n{table()}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


BEGIN: Final = "<!-- table: begin (python -m chainrule.engine.options) -->"
END: Final = "<!-- table: end -->"

if __name__ == "__main__":
    main()
