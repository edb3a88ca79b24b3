"""Formulas as MathML, which browsers set by themselves: pages need no script and no network for them."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Any, Final

__all__ = ["formula", "formulas_in"]

MOST: Final = 1_000
"""Characters of a formula that is set; a longer one is shown as it was written."""
DEEPEST: Final = 40
TAGS: Final = frozenset(
    "math mrow mi mn mo ms mtext mspace mstyle mpadded mphantom menclose mfrac msqrt mroot mtable mtr mtd "
    "msub msup msubsup munder mover munderover mmultiscripts mprescripts none".split()
)
ATTRIBUTES: Final = frozenset(
    "display displaystyle scriptlevel mathvariant stretchy fence form separator accent accentunder largeop movablelimits "
    "symmetric minsize maxsize linethickness lspace rspace width height depth columnalign columnlines columnspacing "
    "rowlines rowspacing notation".split()
)
"""Those that arrange a formula. None is an address, a style or a handler."""
DEFINES: Final = re.compile(r"\\(?:(?:re)?new|provide|def|let|gdef|edef|Declare)")
"""Macros of one's own: ten of them, each twice in the next, are a thousand formulas."""
ENVIRONMENT: Final = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
ALIKE: Final = {
    **dict.fromkeys(("aligned", "eqnarray", "eqnarray*", "flalign", "flalign*"), "align*"),
    **dict.fromkeys(("gather", "gather*", "gathered", "multline", "multline*"), "matrix"),
    **dict.fromkeys(("dcases", "rcases"), "cases"),
}
"""Environments that the converter does not know, and those that look much like them."""
ALONE: Final = ("equation", "equation*", "displaymath", "math")
UNSEEN: Final = re.compile(r"\\(?:nonumber|notag|label\s*\{[^{}]*\})")
PRIMES: Final = re.compile("'{3,}")
BOLD: Final = ("bold", "bold-italic", "bold-sans-serif")
DISPLAYED: Final = re.compile(r"\$\$(?P<block>.+?)\$\$|\\\[(?P<bracket>.+?)\\\]|(?P<name>\\begin\{.+\\end\{\w+\*?\})", re.S)
INLINE: Final = re.compile(r"\$(?P<inline>.+?)\$", re.S)


@lru_cache(maxsize=4096)
def formula(latex: str, *, displayed: bool = False) -> str:
    """A formula as MathML; one that cannot be set, or would take long, as it was written.

    What comes out is written here, tag by tag, whatever the converter makes of a student's text.
    """
    if len(latex) <= MOST and _depth(latex) <= DEEPEST and not DEFINES.search(latex):
        from latex2mathml.converter import convert_to_element

        try:
            known = ENVIRONMENT.sub(_known, UNSEEN.sub("", html.unescape(latex)))
            known = PRIMES.sub(lambda found: "^{" + r"\prime" * len(found[0]) + "}", known)
            return _written(convert_to_element(known, display="block" if displayed else "inline"))
        except Exception:  # noqa: S110 (the converter raises whatever a strange text leads it to)
            pass
    sign = "$$" if displayed else "$"
    return f"<code>{html.escape(f'{sign}{latex}{sign}')}</code>"


def formulas_in(text: str) -> str:
    """An output of LaTeX, as sympy prints it: one formula, or the text as it stands."""
    if found := DISPLAYED.fullmatch(text.strip()):
        return formula(found["block"] or found["bracket"] or found["name"], displayed=True)
    if found := INLINE.fullmatch(text.strip()):
        return formula(found["inline"].removeprefix(r"\displaystyle"), displayed=True)
    return f"<pre>{html.escape(text)}</pre>"


def _known(found: re.Match[str]) -> str:
    """The beginning or end of an environment, under a name that the converter knows."""
    from latex2mathml.commands import MATRICES

    name = ALIKE.get(found[2].strip(), found[2].strip())
    if name in ALONE:
        return ""
    if f"\\{name}" not in MATRICES:
        raise ValueError(f"no such environment: {name}")
    return f"\\{found[1]}{{{name}}}"


def _depth(latex: str) -> int:
    deep = deepest = 0
    for sign in latex:
        deep += (sign == "{") - (sign == "}")
        deepest = max(deep, deepest)
    return max(deepest, latex.count(r"\left"), latex.count(r"\begin"))


def _written(element: Any) -> str:
    """An element of MathML as text. (The converter's own writer turns `&lt;` of a text back into a tag.)"""
    inside = _text(element.text) + "".join(_written(part) + _text(part.tail) for part in element)
    if element.tag not in TAGS:
        return inside
    attributes = {key: value for key, value in element.attrib.items() if key in ATTRIBUTES}
    if attributes.get("mathvariant") in BOLD:  # no longer a part of MathML
        attributes |= {"mathvariant": "normal", "style": "font-weight: bold"}
    kept = "".join(f' {key}="{_text(value)}"' for key, value in attributes.items())
    return f"<{element.tag}{kept}>{inside}</{element.tag}>"


def _text(text: str | None) -> str:
    return html.escape(html.unescape(text or ""))
