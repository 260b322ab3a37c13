"""Which characters the bundled fonts can draw, so that no sheet ever shows empty boxes.

Reads only the `cmap` table of a TrueType font in format 4 (OpenType specification 1.9), which
holds every character up to U+FFFF; the bundled faces have none beyond.
"""

import struct
from functools import cache

from ketadesk import resources

FACES = ("400Regular", "600SemiBold", "700Bold")


def missing(texts: list[str]) -> str:
    """The characters of these texts that some face of the sheet font has no glyph for, sorted."""
    return "".join(sorted(set("".join(texts)) - drawable()))


@cache
def drawable() -> frozenset[str]:
    """The characters that every face of the sheet font can draw."""
    faces = [
        characters(resources.data("fonts", f"AtkinsonHyperlegibleNext_{face}.ttf"))
        for face in FACES
    ]
    return frozenset(chr(code) for code in frozenset.intersection(*faces))


def characters(font: bytes) -> frozenset[int]:
    """The code points that a font maps to a glyph."""
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    found: set[int] = set()
    for index in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * index + 4)
        (layout,) = struct.unpack_from(">H", font, start + offset)
        if layout == 4:
            found |= _format_4(font, start + offset)
    return frozenset(found)


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"font without {tag!r} table")


def _format_4(font: bytes, start: int) -> set[int]:
    """Segments of 16-bit codes; a code whose glyph comes out as 0 is not covered."""
    (double_count,) = struct.unpack_from(">H", font, start + 6)
    count = double_count // 2
    ends = struct.unpack_from(f">{count}H", font, start + 14)
    starts = struct.unpack_from(f">{count}H", font, start + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", font, start + 16 + 4 * count)
    ranges_at = start + 16 + 6 * count
    found = set()
    for segment in range(count):
        (range_offset,) = struct.unpack_from(">H", font, ranges_at + 2 * segment)
        for code in range(starts[segment], ends[segment] + 1):
            glyph = code + deltas[segment]
            if range_offset:
                at = ranges_at + 2 * segment + range_offset + 2 * (code - starts[segment])
                (glyph,) = struct.unpack_from(">H", font, at)
                glyph += deltas[segment] if glyph else 0
            if glyph % 0x10000 and code != 0xFFFF:
                found.add(code)
    return found
