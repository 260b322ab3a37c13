"""Overlapping boxes lie side by side: three properties, and the shapes a day really has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.packing import Box, Place, pack


@st.composite
def days(draw: st.DrawFn) -> list[Box[int]]:
    """A chair's day in quarter hours, as crowded as no clinic would make it."""
    spans = draw(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 16)), max_size=14))
    return [Box(key, start, start + length) for key, (start, length) in enumerate(spans)]


def share_width(one: Place, other: Place) -> bool:
    return one.left < other.right - 1e-9 and other.left < one.right - 1e-9


def depth_at(boxes: list[Box[int]], time: int) -> int:
    return sum(box.starts <= time < box.ends for box in boxes)


@given(days())
def test_boxes_that_overlap_in_time_never_share_width(boxes: list[Box[int]]) -> None:
    places = pack(boxes)
    assert set(places) == {box.key for box in boxes}
    for one in boxes:
        for other in boxes:
            if one.key < other.key and one.overlaps(other):
                assert not share_width(places[one.key], places[other.key])


@given(days(), st.randoms())
def test_the_order_of_input_does_not_matter(boxes: list[Box[int]], random) -> None:
    shuffled = list(boxes)
    random.shuffle(shuffled)
    assert pack(shuffled) == pack(boxes)


@given(days())
def test_lanes_are_as_many_as_the_deepest_overlap(boxes: list[Box[int]]) -> None:
    places = pack(boxes)
    deepest = max((depth_at(boxes, time) for time in range(60)), default=0)
    assert max((place.lanes for place in places.values()), default=0) == deepest
    for box in boxes:
        here = max(depth_at(boxes, time) for time in range(box.starts, box.ends))
        assert places[box.key].lanes >= here


@given(days())
def test_a_box_is_as_wide_as_its_time_allows_to_the_right(boxes: list[Box[int]]) -> None:
    places = pack(boxes)
    for box in boxes:
        place = places[box.key]
        assert place.lane + place.span <= place.lanes
        if place.lane + place.span < place.lanes:
            assert any(
                other.overlaps(box) and places[other.key].lane == place.lane + place.span
                for other in boxes
            )


def test_boxes_that_only_touch_keep_the_whole_width() -> None:
    assert pack([Box("a", 0, 4), Box("b", 4, 8)]) == {"a": Place(0, 1, 1), "b": Place(0, 1, 1)}


def test_a_later_box_of_a_block_widens_where_there_is_room() -> None:
    places = pack([Box("long", 0, 8), Box("b", 0, 2), Box("c", 1, 4), Box("late", 5, 8)])
    assert places["long"] == Place(0, 1, 3)
    assert places["late"] == Place(1, 2, 3)
    assert (places["late"].left, places["late"].right) == (pytest.approx(1 / 3), 1.0)


def test_nothing_packs_to_nothing_and_no_length_is_refused() -> None:
    assert pack([]) == {}
    with pytest.raises(ValueError, match="end after"):
        pack([Box("a", 3, 3)])
