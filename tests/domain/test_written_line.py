"""A kept reading written as a line says the same when it is read again."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from ketadesk.domain.reading_line import parse
from ketadesk.domain.readings import BOUNDS, Vitals, check_vitals
from ketadesk.domain.written_line import signs, written

ZONE = ZoneInfo("America/Los_Angeles")


def within(vital: str) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(*BOUNDS[vital])


@st.composite
def vitals(draw: st.DrawFn) -> Vitals:
    systolic = draw(within("systolic"))
    highest = min(BOUNDS["diastolic"][1], (systolic or 0) - 1)
    diastolic = None if systolic is None else draw(st.integers(BOUNDS["diastolic"][0], highest))
    rest = ("heart_rate", "oxygen_saturation", "respiratory_rate", "moaas", "pain", "dissociation")
    made = Vitals(
        systolic,
        diastolic,
        oxygen_flow=draw(st.none() | st.decimals(*BOUNDS["oxygen_flow"], places=1)),
        note=draw(st.text(max_size=40)).strip(),
        **{vital: draw(within(vital)) for vital in rest},
    )
    assume(not made.empty)
    check_vitals(made)
    return made


@given(vitals(), st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)))
def test_what_is_written_is_read_again_as_it_was(kept: Vitals, moment: datetime) -> None:
    """Also in the hours of a year when the clocks change."""
    local = moment.replace(second=0, microsecond=0, tzinfo=UTC).astimezone(ZONE)
    line = parse(written(kept, local), now=local + timedelta(seconds=40))
    assert (line.problems, line.vitals) == ((), kept)
    assert (line.time_typed, line.taken_at) == (True, local.astimezone(UTC))


def test_an_amended_line_keeps_its_moment_unless_another_minute_is_typed() -> None:
    """Also when it is amended on another day."""
    kept = datetime(2027, 5, 10, 17, 54, 38, tzinfo=UTC)
    now = datetime(2027, 5, 11, 9, 5, tzinfo=ZONE)
    vitals = Vitals(132, 84)
    for line in ("148/84 84", written(vitals, kept.astimezone(ZONE))):
        assert parse(line, now=now, amended_at=kept).taken_at == kept, line
    moved = parse("148/84 84 @8:50", now=now, amended_at=kept)
    assert moved.taken_at == datetime(2027, 5, 11, 15, 50, tzinfo=UTC)
    impossible = parse("148/84 @10:60", now=now, amended_at=kept)
    assert [one.code for one in impossible.problems] == ["line_time_impossible"]


def test_the_signs_keep_their_places() -> None:
    assert signs(Vitals(132, 84, 78, 98, 16)) == "132/84 78 98 16"
    assert signs(Vitals(132, 84, oxygen_saturation=98)) == "132/84 - 98"
    assert signs(Vitals(respiratory_rate=16)) == "- - - 16"
    assert signs(Vitals(moaas=4, oxygen_flow=Decimal(2))) == ""
