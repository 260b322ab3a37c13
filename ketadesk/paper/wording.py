"""The words of a sheet as ordered blocks, read from resources/wording/<language>/<kind>.toml.

Everything is checked on reading, so that a mistake in a wording file names its file and block
instead of leaving a hole on paper.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

from ketadesk import resources
from ketadesk.paper.errors import WordingBroken

Style = Literal["title", "plain", "strong", "emergency", "checks", "facts"]
Place = Literal["front", "inside"]
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_BLOCK_KEYS = {"id", "when", "style", "place", "heading", "aside", "body", "lines", "columns"}
_LINE_KEYS = {"text", "label", "when", "each"}


@dataclass(frozen=True)
class Line:
    """One bullet, tick box or labelled fact; `each` repeats it for every entry of a named group."""

    text: str
    label: str = ""
    when: str | None = None
    each: str | None = None


@dataclass(frozen=True)
class Block:
    """One idea on a sheet: a heading, paragraphs and lines in one frame."""

    id: str
    when: str | None
    style: Style
    place: Place
    heading: str
    aside: str
    body: tuple[str, ...]
    lines: tuple[Line, ...]
    columns: int


@dataclass(frozen=True)
class Wording:
    """All words of one sheet in one language; a draft has not been reviewed by a person yet."""

    kind: str
    language: str
    version: int
    draft: bool
    reviewer: str
    title: str
    labels: dict[str, str]
    blocks: tuple[Block, ...]


def languages(kind: str) -> tuple[str, ...]:
    """The languages that sheets of this kind are written in, English first."""
    found = {file.parent.name for file in resources.path("wording").glob(f"*/{kind}.toml")}
    return tuple(sorted(found, key=lambda language: (language != "en", language)))


@cache
def load(kind: str, language: str) -> Wording:
    """The shipped wording of a sheet; WordingBroken "wording_missing" if the language has none."""
    if language not in languages(kind):
        raise WordingBroken("wording_missing", {"kind": kind, "language": language})
    return read(resources.path("wording", language, f"{kind}.toml"))


def read(file: Path) -> Wording:
    """A wording file, checked; WordingBroken names the file and the block that is wrong."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WordingBroken("wording_missing", {"file": file.name}) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WordingBroken(
            "wording_unreadable", {"file": file.name, "reason": str(error)}
        ) from None
    return _Reader(file).wording(data)


class _Reader:
    """Turns the parsed file into blocks and knows the file's name for its complaints."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def wording(self, data: dict[str, Any]) -> Wording:
        """The whole file; each top-level key must be there with the right type."""
        wanted = {"language": str, "version": int, "draft": bool, "reviewer": str, "title": str}
        for key, kind in {**wanted, "labels": dict, "block": list}.items():
            if not isinstance(data.get(key), kind):
                raise self._broken("-", f"{key} is missing or not a {kind.__name__}")
        blocks = tuple(self._block(entry) for entry in data["block"])
        names = [block.id for block in blocks]
        for name in names:
            if names.count(name) > 1:
                raise self._broken(name, "id is used twice")
        head = {key: data[key] for key in wanted}
        return Wording(kind=self._file.stem, labels=dict(data["labels"]), blocks=blocks, **head)

    def _block(self, entry: dict[str, Any]) -> Block:
        name = str(entry.get("id") or "?")
        self._only(name, entry, _BLOCK_KEYS)
        style = entry.get("style", "plain")
        place = entry.get("place", "front")
        if name == "?" or style not in get_args(Style) or place not in get_args(Place):
            raise self._broken(name, "id, style or place")
        columns = entry.get("columns", 1)
        if columns not in (1, 2):
            raise self._broken(name, "columns are 1 or 2")
        block = Block(
            id=name,
            when=entry.get("when"),
            style=cast(Style, style),
            place=cast(Place, place),
            heading=self._text(name, entry.get("heading", "")),
            aside=self._text(name, entry.get("aside", "")),
            body=tuple(self._text(name, text) for text in entry.get("body", [])),
            lines=tuple(self._line(name, line) for line in entry.get("lines", [])),
            columns=columns,
        )
        if not (block.heading or block.body or block.lines):
            raise self._broken(name, "empty")
        return block

    def _line(self, name: str, entry: dict[str, Any]) -> Line:
        self._only(name, entry, _LINE_KEYS)
        text = self._text(name, entry.get("text", ""))
        if not text:
            raise self._broken(name, "a line without text")
        label = self._text(name, entry.get("label", ""))
        return Line(text=text, label=label, when=entry.get("when"), each=entry.get("each"))

    def _text(self, name: str, text: object) -> str:
        if not isinstance(text, str):
            raise self._broken(name, "a text that is not a text")
        rest = _PLACEHOLDER.sub("", text)
        if "{" in rest or "}" in rest or text.count("**") % 2:
            raise self._broken(name, f"unbalanced marks: {text}")
        return text

    def _only(self, name: str, entry: dict[str, Any], keys: set[str]) -> None:
        for key in entry:
            if key not in keys:
                raise self._broken(name, f"unknown key {key}")

    def _broken(self, block: str, reason: str) -> WordingBroken:
        values = {"file": f"{self._file.parent.name}/{self._file.name}", "block": block}
        return WordingBroken("wording_broken", {**values, "reason": reason})
