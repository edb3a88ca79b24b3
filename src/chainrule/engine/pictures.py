"""Pictures that students hand in: cut out of texts, looked at before anybody's browser does, made smaller if large.

A picture is judged by its own bytes, never by what its name or its kind says of it.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote

KINDS: Final = {"PNG": "image/png", "JPEG": "image/jpeg"}
SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp")
READ: Final = ("PNG", "JPEG", "GIF", "WEBP")
MOST_POINTS: Final = 60_000_000
"""Points of a picture that is opened at all; a phone's photo has 12 to 50 million."""
SHOWN_POINTS: Final = 25_000_000
"""Points of a picture in an output."""
MOST_SHOWN: Final = 200_000_000
"""Points of all pictures of a page together: a browser takes four bytes for each."""
MOST_SIDE: Final = 2_000
"""Longest side of a picture in a text; a larger one is made smaller."""
MOST_BYTES: Final = 1_000_000
"""A picture in a text; a larger one is made smaller."""
MOST_FILE: Final = 30_000_000
"""A picture beside the notebook."""
MOST_PICTURES: Final = 40
"""Pictures in the texts of a notebook."""

_DATA_URL = r"(?i:data:image/[a-z+.]{1,10};base64,)(?P<data>[A-Za-z0-9+/=%]*)"
_TAG = re.compile(r"""<img\b[^<>]{0,500}?\bsrc\s*=\s*["']?(attachment:picture-\d+\.\w+)[^<>]{0,500}>""", re.I)
_LOST = re.compile(r"!\[([^\]\n]{0,300})\]\(<?lost-picture:?([^)\n]{0,300})\)")


@dataclass(frozen=True)
class Picture:
    """A picture that may stand in a page."""

    kind: str
    data: str
    """In base64."""


def points(kind: str, data: Any) -> int | None:
    """How many points a picture of an output has; None where it is no picture of that kind. Only its head is read."""
    from PIL import Image

    raw = _decoded(data)
    if raw is None:
        return None
    try:
        with Image.open(io.BytesIO(raw), formats=[name for name, mime in KINDS.items() if mime == kind]) as picture:
            return picture.width * picture.height
    except Exception:  # a decoder may raise anything on bytes that were made to break it
        return None


def checked(data: Any) -> Picture | None:
    """A picture of a text as it may be shown, upright and not too large; None where it is no picture, or a huge one."""
    from PIL import Image

    raw = _decoded(data)
    if raw is None:
        return None
    try:
        with Image.open(io.BytesIO(raw), formats=READ) as picture:
            if picture.width * picture.height > MOST_POINTS:
                return None
            if _is_small(picture, raw):
                picture.load()
                return Picture(KINDS[str(picture.format)], base64.b64encode(raw).decode())
            return _smaller(picture)
    except Exception:  # as above
        return None


def _is_small(picture: Any, raw: bytes) -> bool:
    turned = picture.getexif().get(0x0112, 1) != 1
    return picture.format in KINDS and len(raw) <= MOST_BYTES and max(picture.size) <= MOST_SIDE and not turned


def _smaller(picture: Any) -> Picture:
    from PIL import ImageOps

    photo = picture.format == "JPEG"
    picture.draft("RGB", (MOST_SIDE, MOST_SIDE))
    picture.thumbnail((MOST_SIDE, MOST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    file = io.BytesIO()
    if photo:
        upright.convert("RGB").save(file, "JPEG", quality=85)
    else:
        upright.convert("RGBA").save(file, "PNG")
    return Picture(KINDS["JPEG" if photo else "PNG"], base64.b64encode(file.getvalue()).decode())


def _decoded(data: Any) -> bytes | None:
    if not isinstance(data, str):
        return None
    try:
        return base64.b64decode(re.sub(r"\s", "", data), validate=True)
    except (binascii.Error, ValueError):
        return None


def pictures_in(folder: Path) -> dict[str, Path]:
    """The files of a folder that may be pictures, by the names that a text in it gives them."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in islice(found, MOST_PICTURES)}


class Album:
    """The pictures of one notebook's texts: what is taken out of a text is attached to its cell under a plain name.

    Args:
        beside: pictures that were handed in beside the notebook, which texts may name.
    """

    def __init__(self, beside: Mapping[str, Path] | None = None) -> None:
        self.beside = beside or {}
        self.count = 0

    def take(self, text: str, attachments: Any) -> tuple[str, dict[str, dict[str, str]]]:
        """A text with its pictures as attachments, and these; a picture that cannot be shown is named in the text."""
        given = {f"attachment:{name}": data for name, data in _given(attachments).items()}
        names = {written: name for name in given for written in _spellings(name)}
        files = {written: name for name in self.beside for written in _spellings(name)}
        kept: dict[str, dict[str, str]] = {}
        seen: dict[str, str] = {}

        def put(found: re.Match[str]) -> str:
            key = found["name"] or found["file"] or found[0]
            if key not in seen:
                seen[key] = self._keep(self._look_at(found, given, names, files), kept)
            return seen[key]

        text = _pattern(names, files).sub(put, text)
        text = _TAG.sub(r"![](\1)", text)
        text = re.sub(r"attachment:(?!picture-\d+\.(?:png|jpeg))", "lost-picture:", text)
        return _LOST.sub(_words_for_lost, text), kept

    def _look_at(
        self, found: re.Match[str], given: dict[str, Any], names: dict[str, str], files: dict[str, str]
    ) -> Picture | None:
        if found["name"]:
            return checked(given[names[found["name"]]])
        if found["file"]:
            return checked(_file(self.beside[files[found["file"]]]))
        return checked(unquote(found["data"]))

    def _keep(self, picture: Picture | None, kept: dict[str, dict[str, str]]) -> str:
        if picture is None or self.count >= MOST_PICTURES:
            return "lost-picture"
        self.count += 1
        name = f"picture-{self.count}.{picture.kind.removeprefix('image/')}"
        kept[name] = {picture.kind: picture.data}
        return f"attachment:{name}"


def _pattern(names: Iterable[str], files: Iterable[str]) -> re.Pattern[str]:
    """Finds attachments, files beside the notebook and data URLs in a text; a longer name before its beginning."""

    def any_of(texts: Iterable[str]) -> str:
        return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True)) or r"(?!)"

    return re.compile(rf"(?P<name>{any_of(names)})|(?<=\]\()(?:\./)?(?P<file>{any_of(files)})(?=[)\s])|{_DATA_URL}")


def _words_for_lost(found: re.Match[str]) -> str:
    name = found[2].strip(" <>") or found[1]
    return f"*[picture {name}: it was not handed in, or cannot be shown]*"


def _file(path: Path) -> str | None:
    return base64.b64encode(path.read_bytes()).decode() if path.stat().st_size <= MOST_FILE else None


def _spellings(name: str) -> set[str]:
    prefix = "attachment:" if name.startswith("attachment:") else ""
    plain = name.removeprefix(prefix)
    return {name, prefix + quote(plain), prefix + quote(plain, safe="")}


def _given(attachments: Any) -> dict[str, Any]:
    """The attachments of a submitted cell, which may be anything: a picture's data by its name."""
    found = {}
    for name, kinds in attachments.items() if isinstance(attachments, dict) else ():
        if isinstance(kinds, dict) and kinds and isinstance(name, str) and name:
            data = next(iter(kinds.values()))
            found[name] = "".join(map(str, data)) if isinstance(data, list) else data
    return found
