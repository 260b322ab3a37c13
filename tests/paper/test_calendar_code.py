"""The code on the pickup card, read back as a phone reads it."""

from dataclasses import replace
from datetime import UTC, datetime

import icalendar
import pytest
import zxingcpp

from ketadesk.paper import calendar_code, raster
from ketadesk.paper.errors import PaperRefused
from ketadesk.paper.facts import PickupFacts
from ketadesk.paper.render import render
from tests.paper.sample_facts import CLINIC, PICKUP, at


def scanned(facts: PickupFacts, *, paper: str = "letter", dpi: int = 150) -> str:
    """The text of the one code on the printed card."""
    page = raster.pages(render(facts, paper=paper).pdf, dpi=dpi)[0]
    rows = [
        page.rgb[row * page.stride : row * page.stride + 3 * page.width]
        for row in range(page.height)
    ]
    grid = memoryview(b"".join(rows)).cast("B", (page.height, page.width, 3))
    (code,) = zxingcpp.read_barcodes(grid)
    return str(code.text)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_camera_reads_the_pickup_as_a_calendar_entry(paper: str) -> None:
    event = icalendar.Calendar.from_ical(scanned(PICKUP, paper=paper)).walk("VEVENT")[0]
    assert event["UID"] == PICKUP.uid
    assert event["SUMMARY"] == "Pick up Ana"
    assert event["LOCATION"] == "120 Harbor St, rear entrance"
    assert event.decoded("DTSTART") == datetime(2027, 5, 14, 18, 45, tzinfo=UTC)
    assert event.decoded("DTEND") == datetime(2027, 5, 14, 19, 5, tzinfo=UTC)


def test_names_with_accents_and_signs_survive_the_code() -> None:
    facts = replace(
        PICKUP,
        patient_called="Zoë; Ñandú, \\ BEGIN:VALARM",
        clinic=replace(CLINIC, entrance="puerta «B», 2ª planta, " + "al fondo a la derecha, " * 4),
    )
    calendar = icalendar.Calendar.from_ical(scanned(facts, dpi=300))
    event = calendar.walk("VEVENT")[0]
    assert event["SUMMARY"] == "Pick up Zoë; Ñandú, \\ BEGIN:VALARM"
    assert str(event["LOCATION"]).endswith("al fondo a la derecha,")
    assert not calendar.walk("VALARM")


def test_the_code_names_nothing_medical() -> None:
    text = scanned(PICKUP).lower()
    assert "harbor clinic" not in text
    for word in ("ketamin", "infus", "clinic", "treat", "medic", "patient"):
        assert word not in text


def test_lines_are_folded_at_75_octets() -> None:
    entry = calendar_code.entry(PICKUP, summary="ñ" * 100, place="x" * 200)
    assert entry.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in entry.split("\r\n"))
    event = icalendar.Calendar.from_ical(entry).walk("VEVENT")[0]
    assert event["SUMMARY"] == "ñ" * 100


def test_a_moment_has_no_end() -> None:
    facts = replace(PICKUP, ready_until=at(14, 11, 45))
    assert "DTEND" not in calendar_code.entry(facts, summary="x", place="y")


def test_more_than_a_code_can_hold_is_refused() -> None:
    with pytest.raises(PaperRefused, match="too_long"):
        render(replace(PICKUP, clinic=replace(CLINIC, address="street " * 400)))
    with pytest.raises(PaperRefused, match="fact_missing"):
        render(replace(PICKUP, uid=" "))
