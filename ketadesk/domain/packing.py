"""Lays boxes that overlap in time side by side, so that none covers another.

Boxes that are chained by overlaps form a block with as many lanes as its deepest overlap. Each
box takes the first free lane, then widens to the right until it would touch a box of its time.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Box(Generic[Key]):
    """Something that lasts from `starts` to `ends` (exclusive), in any one whole unit of time."""

    key: Key
    starts: int
    ends: int

    def overlaps(self, other: "Box[Key]") -> bool:
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True)
class Place:
    """The lanes a box takes, `span` of them from `lane` on, of the `lanes` of its block."""

    lane: int
    span: int
    lanes: int

    @property
    def left(self) -> float:
        """Where it begins, as a part of the whole width."""
        return self.lane / self.lanes

    @property
    def right(self) -> float:
        """Where it ends, as a part of the whole width."""
        return (self.lane + self.span) / self.lanes


def pack(boxes: Iterable[Box[Key]]) -> dict[Key, Place]:
    """A place for each box; the order in which the boxes come does not matter.

    Of boxes that start together the longer comes first. Keys must differ; a box without length
    raises ValueError, because it could neither be seen nor overlap.
    """
    ordered = sorted(boxes, key=lambda box: (box.starts, -box.ends, repr(box.key)))
    if any(box.ends <= box.starts for box in ordered):
        raise ValueError("a box must end after it starts")
    places: dict[Key, Place] = {}
    block: list[Box[Key]] = []
    for box in ordered:
        if block and box.starts >= max(member.ends for member in block):
            places |= _pack_block(block)
            block = []
        block.append(box)
    return places | _pack_block(block)


def _pack_block(block: list[Box[Key]]) -> dict[Key, Place]:
    lanes: list[list[Box[Key]]] = []
    lane_of: dict[Key, int] = {}
    for box in block:
        free = next((i for i, lane in enumerate(lanes) if lane[-1].ends <= box.starts), len(lanes))
        if free == len(lanes):
            lanes.append([])
        lanes[free].append(box)
        lane_of[box.key] = free
    return {
        box.key: Place(lane_of[box.key], _reach(box, lane_of[box.key], lanes), len(lanes))
        for box in block
    }


def _reach(box: Box[Key], lane: int, lanes: list[list[Box[Key]]]) -> int:
    """How many lanes it may take: to the right until the first that holds a box of its time."""
    span = 1
    for beyond in lanes[lane + 1 :]:
        if any(box.overlaps(other) for other in beyond):
            break
        span += 1
    return span
