"""Formgrader under a policy of its own: of all scripts in its pages, a browser runs those of nbgrader's templates only.

An extension of Jupyter's server, which `chainrule desk --formgrader` switches on. For every Jupyter of an environment:
`jupyter server extension enable --sys-prefix chainrule.desk.formgrader`.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import BaseLoader, Environment

from chainrule.engine.nbgrader_seams import formgrader_folder

__all__ = ["guard", "policy"]

SCRIPT: Final = re.compile(r"<script\b")
HANDLER: Final = re.compile(r"\son[a-z]+=\"([^\"{}]*)\"")
MATHJAX: Final = "{{ mathjax() }}"
# Formulas are MathML when a page is made. Formgrader still waits for MathJax before it goes to the last cell.
IN_PLACE: Final = """<script>
window.MathJax = {Hub: {Startup: {signal: {Interest: (tell) => setTimeout(() => tell("End"))}}}};
</script>"""
_nonce: ContextVar[str] = ContextVar("nonce", default="")


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "chainrule.desk.formgrader"}]


def _load_jupyter_server_extension(server: Any) -> None:
    guard()
    server.log.info("Formgrader runs no script but its own.")


def guard() -> None:
    """Have the pages of this process's Formgrader sent with the policy, and the scripts of its templates marked."""
    from nbgrader.server_extensions.formgrader import base, handlers

    def exporter(self: Any) -> Any:
        return _marked(self.settings["nbgrader_exporter"].environment, self.settings["nbgrader_exporter"])

    def render(self: Any, name: str, **values: Any) -> str:
        pages = self.settings["nbgrader_jinja2_env"]
        return str(_marked(pages, pages).get_template(name).render(**values))

    base.BaseHandler.content_security_policy = property(lambda self: policy())
    base.BaseHandler.exporter = property(exporter)
    base.BaseHandler.render = render
    # What a student handed in beside the notebook is no page of ours, whatever it says that it is.
    handlers.SubmissionFilesHandler.content_security_policy = property(lambda self: f"{policy()}; sandbox")


def policy() -> str:
    """The policy of one answer, with a mark that no earlier page can know."""
    _nonce.set(secrets.token_urlsafe(16))
    handlers = " ".join(f"'sha256-{digest}'" for digest in _handlers())
    return (
        f"default-src 'none'; script-src 'nonce-{_nonce.get()}' 'unsafe-hashes' {handlers}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


@cache
def _handlers() -> tuple[str, ...]:
    """Digests of the handlers that stand in nbgrader's templates: a mark on a tag does not count for them."""
    folder = formgrader_folder() / "templates"
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*")) if path.is_file())
    found = {handler for text in texts for handler in HANDLER.findall(text)}
    return tuple(base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in sorted(found))


def _marked(environment: Environment, owner: Any) -> Any:
    """The owner of an environment, once that marks the scripts of nbgrader's templates."""
    if environment.loader is not None and not isinstance(environment.loader, _Marking):
        environment.loader = _Marking(environment.loader)
        environment.globals["nonce_of_page"] = _nonce.get
    return owner


class _Marking(BaseLoader):
    """Templates as they are loaded, before any value is in them: what a student wrote cannot come by a mark."""

    def __init__(self, inner: BaseLoader) -> None:
        self.inner = inner

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Any]:
        """Called by Jinja."""
        source, path, fresh = self.inner.get_source(environment, template)
        if path is not None and Path(path).is_relative_to(formgrader_folder()):
            source = SCRIPT.sub('<script nonce="{{ nonce_of_page() }}"', source.replace(MATHJAX, IN_PLACE))
        return source, path, fresh
