"""How pages set students' texts: nbconvert's filters with a wall behind them, for Formgrader and for feedback alike.

Nothing that a student wrote costs a page: what cannot be set, or would take long, is shown as it was written.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from chainrule.engine.cells import is_students, notes
from chainrule.engine.feedback.disarm import runs_when_shown
from chainrule.engine.feedback.formulas import formula, formulas_in
from chainrule.engine.pictures import KINDS, SHOWN_POINTS, points

MOST_KEPT: Final = 512
"""Texts of the course whose setting is kept. What students wrote is set each time: they cannot fill the memory."""
PICTURE = re.compile(r"(?P<linked><a\b[^<>]*>\s*)?<img\b(?P<about>[^<>]*)>")
REMOTE = re.compile(r"""\bsrc=["']?(https?://[^"'\s]*)""", re.I)
ALTERNATIVE = re.compile(r'\balt="([^"]*)"')
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt"}, "th": {"align"}, "td": {"align"}}


@pass_context
def markdown2html(context: Any, source: str) -> str:
    """Markdown as HTML; a student's without anything live in it."""
    cell = context.get("cell") or {}
    if not cell or not is_students(cell):
        attachments = cell.get("attachments", {})
        return _set(source, attachments, fetching_nothing) if attachments else _courses(source)
    if notes(cell).get("plain") or runs_when_shown(source):
        return as_written(source)
    try:
        return _set(source, cell.get("attachments", {}), harmless_html)
    except Exception:  # a missing attachment, or whatever else was made to break what sets it
        return as_written(source)


def highlight_code(source: str, language: str | None = None, metadata: Any = None) -> str:
    """Code in colours; what takes long to colour is shown as it was written."""
    about = metadata or {}
    if (about.get("chainrule") or {}).get("plain"):
        return f'<div class="highlight">{as_written(source)}</div>'
    is_courses = metadata is not None and not is_students({"cell_type": "code", "metadata": metadata})
    colour = _coloured if is_courses else _coloured.__wrapped__
    return colour(source, language, about.get("magics_language"))


@lru_cache(MOST_KEPT)
def _coloured(source: str, language: str | None, magics: str | None) -> str:
    from nbconvert.filters import Highlight2HTML

    colour: Any = Highlight2HTML
    return str(colour(pygments_lexer="ipython3")(source, language, {"magics_language": magics} if magics else {}))


def strip_files_prefix(text: str) -> str:
    """The text as it is: nbconvert's own takes quadratic time to look for addresses that IPython 1 wrote."""
    return text


def as_written(text: str) -> str:
    """A text as it stands."""
    return f"<pre>{html.escape(text)}</pre>"


def latex2html(text: str) -> str:
    """An output of LaTeX, with its formula set."""
    return formulas_in(text)


class _Renderer(IPythonRenderer):
    """nbconvert's, which keeps a place for each formula and makes MathML of it."""

    def __init__(self, token: str, **options: Any) -> None:
        super().__init__(**options)
        self.token = token
        self.made: list[str] = []

    def inline_math(self, body: str) -> str:
        return self._place(formula(body))

    def block_math(self, body: str) -> str:
        return self._place(formula(body, displayed=True))

    def multiline_math(self, text: str) -> str:
        return self._place(formulas_in(text))

    def latex_environment(self, name: str, body: str) -> str:
        return self._place(formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", displayed=True))

    def _place(self, made: str) -> str:
        self.made.append(made)
        return f"<code>{self.token}-{len(self.made) - 1}</code>"


@lru_cache(MOST_KEPT)
def _courses(source: str) -> str:
    return _set(source, {}, fetching_nothing)


def _set(source: str, attachments: Any, clean: Callable[[str], str]) -> str:
    """Markdown as HTML. Formulas are put in last: `clean` would take them out again."""
    # No text can hold a part of its own digest: so nobody names a formula's place elsewhere, in an address say.
    token = hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()[:20]
    options = {"escape": False, "attachments": attachments, "embed_images": False, "anchor_link_text": "¶"}
    renderer = _Renderer(token, **options)
    made = clean(str(MarkdownWithMath(renderer=renderer).render(source)))
    made = re.sub(rf"<code>{token}-(\d+)</code>", lambda found: renderer.made[int(found[1])], made)
    return made.replace(token, "formula")


def fetching_nothing(text: str) -> str:
    """HTML with words in place of the pictures of other hosts: no page asks for them, and a hole says nothing."""
    return PICTURE.sub(_in_words, text)


def _in_words(picture: re.Match[str]) -> str:
    found = REMOTE.search(picture["about"])
    if not found:
        return picture[0]
    said = ALTERNATIVE.search(picture["about"])
    words = said[1] if said and said[1] else found[1]
    # A badge stands in a link already.
    return f"{picture['linked']}{words}" if picture["linked"] else f'<a href="{found[1]}">picture: {words}</a>'


def harmless_html(text: str) -> str:
    """HTML with checked pictures of its own and links to the web, and nothing else that a browser would fetch or run."""
    import nh3

    text = fetching_nothing(text)
    schemes = {"http", "https", "mailto", "data"}
    return nh3.clean(text, attributes=ATTRIBUTES, url_schemes=schemes, attribute_filter=_attribute)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if re.match(r"(?:https?://|mailto:|#)", value, re.I) else None
    if name == "src":
        found = re.fullmatch(r"data:(image/(?:png|jpeg));base64,([A-Za-z0-9+/=\s]+)", value)
        size = points(found[1], found[2]) if found and found[1] in KINDS.values() else None
        return value if size is not None and size <= SHOWN_POINTS else None
    return value
