"""The desk's server: on this machine only, for who has its address, with pages in which nothing of a student's runs."""

from __future__ import annotations

import json
import math
import secrets
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from chainrule.course import Course, CourseError
from chainrule.desk.answers import bank_of, mark, sheet_of, waiting

__all__ = ["Desk"]

TEMPLATES: Final = Path(__file__).parents[1] / "templates" / "desk"
COOKIE: Final = "chainrule-desk"
MOST_BODY: Final = 100_000


class _Page(RequestHandler):
    """What every request must hold: this machine's own address, and the key that the teacher's browser was given."""

    def initialize(self, course: Course, key: str, hosts: frozenset[str]) -> None:
        self.course, self.key, self.hosts = course, key, hosts
        self.nonce = secrets.token_urlsafe(16)

    def prepare(self) -> None:
        # A name of somebody else's that points to this machine is no way in.
        if self.request.host not in self.hosts:
            raise HTTPError(403)
        given = self.get_query_argument("key", "") if self.request.method == "GET" else ""
        if given and secrets.compare_digest(given.encode(), self.key.encode()):
            self.set_cookie(COOKIE, self.key, httponly=True, samesite="Strict")
            self.redirect(self.request.path)
        elif not secrets.compare_digest((self.get_cookie(COOKIE) or "").encode(), self.key.encode()):
            raise HTTPError(403)

    def set_default_headers(self) -> None:
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")

    def show(self, name: str, **values: Any) -> None:
        own = f"'nonce-{self.nonce}'"
        self.set_header(
            "Content-Security-Policy",
            f"default-src 'none'; img-src data:; style-src {own}; script-src {own}; connect-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        )
        environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
        self.finish(environment.get_template(name).render(nonce=self.nonce, **values))


class _Index(_Page):
    def get(self) -> None:
        self.show("index.html.j2", rows=waiting(self.course))


class _Question(_Page):
    def get(self, assignment: str, question: str) -> None:
        try:
            sheet = sheet_of(self.course, assignment, question)
        except CourseError as error:
            raise HTTPError(404, str(error)) from None
        self.show("question.html.j2", sheet=sheet, bank=bank_of(sheet), markup=Markup)


class _Mark(_Page):
    def post(self) -> None:
        # A page of somebody else's cannot send this without asking first, and is not answered.
        if self.request.headers.get("Content-Type") != "application/json":
            raise HTTPError(415)
        try:
            asked = json.loads(self.request.body)
            students, points = [str(student) for student in asked["students"]], float(asked["points"])
            where = str(asked["assignment"]), str(asked["question"])
            comment = str(asked.get("comment") or "")
            if not students or not math.isfinite(points):
                raise ValueError
        except (ValueError, KeyError, TypeError, AttributeError):
            raise HTTPError(400) from None
        try:
            mark(self.course, *where, students, points, comment)
        except CourseError as error:
            self.set_status(409)
            self.finish({"error": str(error)})
            return
        self.finish({"marked": len(students)})


class Desk:
    """A desk that is open; it runs while its event loop does.

    Args:
        course: whose answers.
        port: where; any free one for 0.
    """

    def __init__(self, course: Course, port: int = 0) -> None:
        sockets = bind_sockets(port, "127.0.0.1")
        self.port: int = sockets[0].getsockname()[1]
        self.key = secrets.token_urlsafe(24)
        hosts = frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})
        given = {"course": course, "key": self.key, "hosts": hosts}
        routes: list[Any] = [
            (r"/", _Index, given),
            (r"/mark", _Mark, given),
            (r"/of/([^/]+)/([^/]+)", _Question, given),
        ]
        self._server = HTTPServer(Application(routes), max_body_size=MOST_BODY)
        self._server.add_sockets(sockets)

    def address(self, path: str = "/") -> str:
        """What the teacher's browser opens; the key in it lets it in."""
        return f"http://127.0.0.1:{self.port}{path}?key={self.key}"

    def close(self) -> None:
        """Answer nobody any more."""
        self._server.stop()
