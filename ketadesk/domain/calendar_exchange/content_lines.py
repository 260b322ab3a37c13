"""The lines of an iCalendar file (RFC 5545 section 3.1): taken apart, and put together again.

What a line means is the business of who reads it; here nothing is ever refused for its meaning.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

LONGEST_LINE = 75
"""Octets of a line before it is folded."""
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f]")
_ESCAPES = re.compile(r"\\(.)", re.DOTALL)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_NAME = re.compile(r"[A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class ContentLine:
    """`name` and the names of the parameters are in capitals; `number` is the line in its file."""

    number: int
    name: str
    parameters: Mapping[str, str]
    value: str


def escaped(text: str) -> str:
    """TEXT as section 3.3.11 wants it, without control characters."""
    seen = _UNSEEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    marked = seen.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return marked.replace("\n", "\\n")


def unescaped(value: str) -> str:
    """The text that a value of type TEXT stands for."""
    if "\\" not in value:
        return value
    return _ESCAPES.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def folded(line: str) -> str:
    """A line of more than 75 octets goes on after a space; no letter is ever cut in two."""
    if len(line.encode()) <= LONGEST_LINE:
        return line
    pieces, piece, size, room = [], "", 0, LONGEST_LINE
    for letter in line:
        octets = len(letter.encode())
        if size + octets > room:
            pieces.append(piece)
            piece, size, room = "", 0, LONGEST_LINE - 1
        piece += letter
        size += octets
    return "\r\n ".join([*pieces, piece])


def unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each whole line with the number of the line on which it begins; empty ones are left out."""
    begun, pieces = 0, [""]
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.removesuffix("\r")
        if bare[:1] in (" ", "\t") and begun:
            pieces.append(bare[1:])
            continue
        if whole := "".join(pieces):
            yield begun, whole
        begun, pieces = number, [bare]
    if whole := "".join(pieces):
        yield begun, whole


def taken_apart(number: int, line: str) -> ContentLine | None:
    """Name, parameters and value; None for what is no such line. Quotes round values are gone."""
    found = _NAME.match(line)
    if found is None:
        return None
    name, place = found[0].upper(), found.end()
    parameters: dict[str, str] = {}
    while (parameter := _PARAMETER.match(line, place)) is not None:
        parameters.setdefault(parameter[1].upper(), parameter[2].replace('"', ""))
        place = parameter.end()
    if line[place : place + 1] != ":":
        return None
    return ContentLine(number, name, parameters, line[place + 1 :])
