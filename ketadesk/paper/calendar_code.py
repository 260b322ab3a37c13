"""The pickup as a calendar entry in a code that a phone's camera reads.

The entry says who, when and where and nothing medical: anyone who sees the phone may read it.
"""

import io
from datetime import UTC, datetime

from ketadesk.domain.calendar_exchange.content_lines import escaped, folded
from ketadesk.paper.errors import PaperRefused
from ketadesk.paper.facts import PickupFacts

MASK = 7
"""Which of the eight patterns (ISO/IEC 18004) breaks up the code. It is named in the code, so any
one can be read; for entries like ours the standard's penalties mostly choose this one, and finding
that out anew for every card takes four times as long as the rest of the code.
"""


def entry(facts: PickupFacts, *, summary: str, place: str) -> str:
    """One VEVENT in its VCALENDAR (RFC 5545) with UTC times; as short as the format allows."""
    if not facts.uid.strip():
        raise PaperRefused("fact_missing", {"fact": "uid", "block": "code"})
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//KetaDesk//EN",
        "BEGIN:VEVENT",
        f"UID:{escaped(facts.uid)}",
        f"DTSTAMP:{_utc(facts.printed.at)}",
        f"DTSTART:{_utc(facts.ready_from)}",
        *([f"DTEND:{_utc(facts.ready_until)}"] if facts.ready_until > facts.ready_from else []),
        f"SUMMARY:{escaped(summary)}",
        f"LOCATION:{escaped(place)}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{folded(line)}\r\n" for line in lines)


def svg(text: str) -> str:
    """The code as an SVG picture; the page leaves the white of four modules around it."""
    import segno  # late: only a pickup card needs it

    try:
        code = segno.make(
            text, micro=False, error="m", boost_error=False, encoding="utf-8", mask=MASK
        )
    except segno.DataOverflowError:
        raise PaperRefused("too_long", {"fact": "address"}) from None
    picture = io.BytesIO()
    code.save(picture, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None)
    return picture.getvalue().decode("utf-8")


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
