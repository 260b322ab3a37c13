"""What may speak against a place, as codes and values, and who may decide otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ketadesk.domain.clinic import Role
from ketadesk.domain.errors import Refused, Value


class Guard(StrEnum):
    """The rules of booking, in the order in which they are told."""

    CHAIR_TAKEN = "chair_taken"
    CHAIR_CLOSED = "chair_closed"
    CLINIC_CLOSED = "clinic_closed"
    CLOSED_DAY = "closed_day"
    OUTSIDE_HOURS = "outside_hours"
    IN_THE_PAST = "in_the_past"
    PATIENT_ELSEWHERE = "patient_elsewhere"
    SAME_DAY = "same_day"
    NURSE_LOAD = "nurse_load"
    START_GAP = "start_gap"
    ESCORT_AWAY = "escort_away"
    TOO_SOON = "too_soon"
    TOO_LATE = "too_late"
    COURSE_COMPLETE = "course_complete"
    NOT_APPROVED = "not_approved"
    APPROVAL_DECLINED = "approval_declined"
    APPROVAL_EXPIRED = "approval_expired"

    @property
    def hard(self) -> bool:
        """Whether the clinic file itself forbids it without a reason of its own."""
        return self is Guard.CHAIR_TAKEN

    @property
    def clinical(self) -> bool:
        """Whether it guards the treatment, so that the desk alone can't decide otherwise."""
        return self in _CLINICAL


_CLINICAL = frozenset({Guard.NURSE_LOAD, Guard.TOO_SOON, Guard.APPROVAL_DECLINED})


@dataclass(frozen=True)
class Objection:
    """One rule that speaks against a place; a sentence is made of the code and the values.

    Values ending in `_at` are UTC seconds, in `_on` ISO dates.
    """

    guard: Guard
    values: Mapping[str, Value] = field(default_factory=dict)

    def may_override(self, role: Role) -> bool:
        """The desk decides about time and place; about the treatment a nurse or those above."""
        return role is not Role.RECEPTIONIST or not self.guard.clinical


def objection(guard: Guard, **values: Value) -> Objection:
    """An objection with its values by name."""
    return Objection(guard, values)


@dataclass(frozen=True)
class Override:
    """What a person decided to go against, and why; kept with the appointment ever after."""

    guards: frozenset[Guard] = frozenset()
    reason: str = ""


NOTHING_OVERRIDDEN = Override()


class Objected(Refused):
    """A place that rules speak against; code and values are the first one's, `objections` all.

    `may_override` says whether the person who asked may go on with a reason.
    """

    def __init__(self, objections: tuple[Objection, ...], *, may_override: bool) -> None:
        first = objections[0]
        super().__init__(first.guard.value, may_override=may_override, **first.values)
        self.objections = objections


def standing(objections: Iterable[Objection], override: Override) -> tuple[Objection, ...]:
    """Those that nobody decided to go against; without a reason nothing was decided."""
    decided = override.guards if override.reason.strip() else frozenset()
    return tuple(one for one in objections if one.guard not in decided)
