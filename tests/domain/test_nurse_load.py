"""The capacity line: infusions at once in each quarter of an hour, exact at the edges."""

from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.nurse_load import load_through, peak
from ketadesk.domain.protocols import SegmentMinutes
from tests.domain.made_diary import LENA, MONDAY, ROSA, ZONE, at, closure, diary, visit


def drawn(seen: object, **more: object) -> str:
    steps = load_through(seen, MONDAY, **more)  # type: ignore[arg-type]
    return " ".join(
        f"{one.starts.astimezone(ZONE):%H:%M}={one.infusing}{'!' if one.over else ''}"
        for one in steps
        if one.infusing
    )


def test_an_infusion_counts_from_its_start_to_the_second_it_ends() -> None:
    parts = SegmentMinutes(30, 30, 45, 5)
    seen = diary(visit(at(9), parts=parts), visit(at(9, 30), chair=2, parts=parts))
    assert drawn(seen) == "09:30=1 09:45=1 10:00=1 10:15=1"
    later = diary(visit(at(9), parts=parts), visit(at(9, 29), chair=2, parts=parts))
    assert drawn(later) == "09:30=1 09:45=2 10:00=1 10:15=1"


def test_the_line_spans_the_open_day_and_what_lies_outside_it() -> None:
    steps = load_through(diary(), MONDAY)
    assert (len(steps), {one.infusing for one in steps}, steps[0].capacity) == (40, {0}, 4)
    early = load_through(diary(visit(at(6, 40))), MONDAY)
    assert (early[0].starts, early[0].infusing) == (at(7), 1)
    assert load_through(diary(hours=()), MONDAY) == ()
    assert load_through(diary(closures=(closure(at(8), at(9)),), hours=()), MONDAY) == ()


def test_one_nurse_has_her_own_line() -> None:
    seen = diary(*(visit(at(9), chair=n, nurse=ROSA) for n in (1, 2, 3)), visit(at(9), chair=4))
    assert drawn(seen, nurse_id=ROSA.id) == "09:30=3! 09:45=3! 10:00=3!"
    assert drawn(seen, nurse_id=LENA.id) == ""
    assert drawn(seen) == "09:30=4 09:45=4 10:00=4"


def test_two_in_a_row_within_a_quarter_are_not_at_once() -> None:
    assert peak([(0, 10), (10, 20)], (0, 30)) == (1, 0)
    assert peak([(0, 11), (10, 20)], (0, 30)) == (2, 10)
    assert peak([(0, 10)], (10, 30)) == (0, 10)
    assert peak([(-5, 40), (8, 9)], (0, 30)) == (2, 8)


@given(
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=8),
    first=st.integers(0, 40),
    length=st.integers(1, 30),
)
def test_the_peak_is_what_a_look_at_every_second_finds(
    spans: list[tuple[int, int]], first: int, length: int
) -> None:
    running = [(starts, starts + lasts) for starts, lasts in spans]
    seconds = range(first, first + length)
    slow = max(sum(starts <= now < ends for starts, ends in running) for now in seconds)
    assert peak(running, (first, first + length))[0] == slow
