"""Runs all attacks and prints what came of each: on the small target twice, on stock nbgrader and with the engine, and
on the course's own assignments with the engine.

    python tests/attacks/table.py            # print both tables
    python tests/attacks/table.py --write    # put them into docs/security.md
    python tests/attacks/table.py --on course
    python tests/attacks/table.py wire_drips skip_execution_tag

Stock nbgrader has no walls: each attack runs there in a throw-away course, without those that would harm the machine.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

from attack_course import (
    ENVIRONMENT_CANARY,
    SECRETS,
    Evidence,
    canary_rows,
    course_files,
    grade_attacks,
    live_code,
    make_course,
    plant_canary,
    surroundings,
    told_to_student,
)
from attack_files import CHECKS, MARKS, PROJECT, TARGET, Attack, names, read_attack, write_submission
from own_course import IDS, copy_course, grade_own, own_names, worth

from chainrule.course import Course
from programs import program

STOCK = """
c = get_config()
c.CourseDirectory.course_id = "chainrule"
c.ClearMarkScheme.enforce_metadata = False
c.Execute.timeout = 10
c.Execute.interrupt_on_timeout = True
"""
PATIENCE = 150
MARKS_IN_PAGE = "<!-- {}: begin -->\n", "<!-- {}: end -->\n"


def main() -> int:
    """Print the table, or write it into the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("attacks", nargs="*")
    parser.add_argument("--on", choices=("target", "course"), help="only these attacks")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/security.md")
    options = parser.parse_args()
    if options.on != "course":
        _tell("table", _target_table(options.attacks or names()), write=options.write)
    if options.on != "target" and not options.attacks:
        with surroundings() as root:
            course = copy_course(root / "course", IDS)
            plant_canary(course, IDS[0])
            found = grade_own(course, [(assignment, name) for assignment in IDS for name in own_names()])
        _tell("course", own_table(found), write=options.write)
    return 0


def _tell(name: str, text: str, *, write: bool) -> None:
    if not write:
        print(text)
        return
    page = PROJECT / "docs/security.md"
    begin, end = (mark.format(name) for mark in MARKS_IN_PAGE)
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    page.write_text(f"{before}{begin}{text}{end}{rest.partition(end)[2]}", encoding="utf-8")


def _target_table(wanted: list[str]) -> str:
    with surroundings() as root:
        ours = chainrule(root, wanted)
    with surroundings() as root:
        theirs = stock(root, wanted)
    return table(wanted, theirs, ours)


def chainrule(root: Path, wanted: list[str]) -> dict[str, Evidence]:
    """With the engine."""
    course = make_course(root / "course")
    plant_canary(course)
    return grade_attacks(course, wanted)


def stock(root: Path, wanted: list[str]) -> dict[str, Evidence]:
    """On stock nbgrader, each attack in a copy of the course, two at a time."""
    course = make_course(root / "course", STOCK)
    shutil.rmtree(course.submitted)
    plant_canary(course)
    safe = [name for name in wanted if not read_attack(name).stock]
    with ThreadPoolExecutor(2) as threads:
        return dict(zip(safe, threads.map(lambda name: _stock_one(course, name), safe), strict=True))


def _stock_one(course: Course, name: str) -> Evidence:
    mine = Course(course.root.parent / f"stock-{name}")
    shutil.copytree(course.root, mine.root)
    attack = read_attack(name)
    write_submission(mine, name, attack)
    write_submission(mine, f"after-{name}", None)
    (mine.submitted / "canary" / TARGET).mkdir(parents=True)
    files, rows = course_files(mine), canary_rows(mine)
    evidence = Evidence()
    mark = f"ATTACK_RUN={mine.root}"
    environment = {**os.environ, "ATTACK_RUN": str(mine.root), ENVIRONMENT_CANARY[0]: ENVIRONMENT_CANARY[1]}
    graded = _nbgrader(mine, environment, "autograde", TARGET, "--create")
    evidence.error = "" if graded == 0 else f"exit {graded}"
    evidence.left = _running(mark)
    _nbgrader(mine, environment, "generate_feedback", TARGET, f"--student={name}")
    told = told_to_student(mine, name, checks=False)
    evidence.leaks = [secret for text in told.values() for secret in SECRETS if secret in text]
    page = mine.root / "feedback" / name / TARGET / f"{TARGET}.html"
    evidence.live = live_code(page.read_text(encoding="utf-8", errors="replace")) if page.is_file() else []
    # A kernel without walls leaves its history and the like in the home; what would be run there is another matter.
    changed = {
        path for path in dict(course_files(mine).items() ^ files.items()) if str(mine.root) in path or _is_run(path)
    }
    evidence.changes = sorted(changed) + (["gradebook"] if canary_rows(mine) != rows else [])
    evidence.earned = {check: points for check, points in _marks(mine, name).items() if points}
    evidence.honest = _marks(mine, f"after-{name}")
    _end(mark)
    shutil.rmtree(mine.root, ignore_errors=True)
    return evidence


def _is_run(path: str) -> bool:
    return path.endswith((".py", ".pth", "rc"))


def _nbgrader(course: Course, environment: dict[str, str], *arguments: str) -> int:
    with subprocess.Popen(
        [*program("nbgrader"), *arguments],
        cwd=course.root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return -1


def _running(mark: str) -> list[str]:
    """The processes that were started by this run: they carry its mark in their environment."""
    time.sleep(0.5)
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                found.append(folder.name)
        except OSError:
            continue
    return found


def _end(mark: str) -> None:
    for pid in _running(mark):
        try:
            os.kill(int(pid), signal.SIGKILL)
        except OSError:
            continue


def _marks(course: Course, student: str) -> dict[str, float]:
    from nbgrader.api import Gradebook, MissingEntry

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "chainrule") as gradebook:
        try:
            submission = gradebook.find_submission(TARGET, student)
        except MissingEntry:
            return {}
        return {grade.name: grade.score for notebook in submission.notebooks for grade in notebook.grades}


def table(wanted: list[str], theirs: dict[str, Evidence], ours: dict[str, Evidence]) -> str:
    """Markdown: one row an attack, by family."""
    lines = [
        f"nbgrader {version('nbgrader')}, Python {sys.version.split()[0]}; {len(wanted)} attacks on a target of"
        f" {MARKS} marks. Generated by `python tests/attacks/table.py --write`.",
        "",
        "| attack | stock nbgrader | Chainrule |",
        "|---|---|---|",
    ]
    attacks = sorted((read_attack(name) for name in wanted), key=lambda attack: (attack.family.lower(), attack.name))
    family = ""
    for attack in attacks:
        if attack.family != family:
            family = attack.family
            lines.append(f"| **{family}** | | |")
        first = words(attack, theirs[attack.name]) if attack.name in theirs else f"not run: {attack.stock}"
        lines.append(f"| `{attack.name}` | {first} | {words(attack, ours[attack.name])} |")
    beaten = sum(words(attack, theirs[attack.name]) != "nothing" for attack in attacks if attack.name in theirs)
    ours_beaten = sum(words(attack, ours[attack.name]) not in ("nothing", "refused by name") for attack in attacks)
    counts = f"{beaten} of {len(theirs)} on stock nbgrader, {ours_beaten} of {len(attacks)} here"
    lines += [
        "",
        f"Attacks that got something: {counts}.",
        "",
    ]
    return "\n".join(lines)


def own_table(found: dict[tuple[str, str], Evidence]) -> str:
    """Markdown: one row an attack, one column an assignment of the course."""
    marks = ", ".join(f"{assignment[:2]} of {sum(worth(assignment).values()):g}" for assignment in IDS)
    lines = [
        f"{len(own_names())} attacks on assignments with these marks by machine: {marks}."
        " Generated by `python tests/attacks/table.py --write`.",
        "",
        f"| attack | {' | '.join(assignment[:2] for assignment in IDS)} |",
        "|---" * (1 + len(IDS)) + "|",
    ]
    for name in own_names():
        cells = [own_words(each, found[each, name]) if (each, name) in found else "-" for each in IDS]
        lines.append(f"| `{name}` | {' | '.join(cells)} |")
    got = sum(own_words(assignment, came) != "nothing" for (assignment, _), came in found.items())
    lines += ["", f"Attempts that got something: {got} of {len(found)}; a dash was not tried for this table."]
    return "\n".join([*lines, ""])


def own_words(assignment: str, came: Evidence) -> str:
    """What an attack on an assignment of the course got, in a few words."""
    got = [f"gains {sum(came.gained.values()):g} marks"] if came.gained else []
    got += _harm(came)
    if (next_one := sum(came.honest.values())) != (most := sum(worth(assignment).values())):
        got.append(f"the next student has {next_one:g} of {most:g}")
    return ", ".join(got) or "nothing"


def words(attack: Attack, came: Evidence) -> str:
    """What an attack got, in a few words."""
    honest = sum(CHECKS[name] for name in attack.earns)
    earned, next_one = sum(came.earned.values()), sum(came.honest.values())
    got = []
    if earned > honest:
        got.append(f"gains {earned - honest:g} marks")
    if earned < honest:
        got.append(f"loses {honest - earned:g} honest marks")
    got += _harm(came)
    if next_one != MARKS:
        got.append(f"the next student has {next_one:g} of {MARKS}")
    if not got and came.status == "needs a person":
        return "refused by name"
    return ", ".join(got) or "nothing"


def _harm(came: Evidence) -> list[str]:
    got = []
    if came.leaks:
        got.append("reads secrets")
    if came.live:
        got.append("runs code in the page")
    if came.changes:
        got.append("changes what is not its own")
    if came.left:
        got.append("leaves processes behind")
    if came.error:
        got.append("stops the run")
    return got


if __name__ == "__main__":
    sys.exit(main())
