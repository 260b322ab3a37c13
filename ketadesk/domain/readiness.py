"""What speaks against calling a patient ready to go home; a person may decide all the same."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from ketadesk.domain.protocols import SegmentMinutes
from ketadesk.domain.readings import Reading
from ketadesk.domain.sessions import Session

AWAKE = 5
"""MOAA/S 5: answers readily to the name spoken in a normal tone."""


class Doubt(StrEnum):
    NO_VITALS = "no_vitals"
    """Nothing was measured since recovery began."""
    RECOVERY_SHORT = "recovery_short"
    """Less recovery than the appointment planned."""
    NOT_AWAKE = "not_awake"
    """The newest MOAA/S is below 5."""
    DISSOCIATED = "dissociated"
    """The newest dissociation is above what it was before the infusion."""


def doubts(
    session: Session, standing_readings: Sequence[Reading], segments: SegmentMinutes, at: datetime
) -> tuple[Doubt, ...]:
    """The doubts at a moment, for a session in recovery; none when there was no infusion."""
    starts = session.recovery_started_at
    if starts is None or session.infusion_started_at is None:
        return ()
    known = [reading for reading in standing_readings if reading.taken_at <= at]
    in_recovery = [one for one in known if one.taken_at >= starts and one.vitals.measured]
    awake = [one.vitals.moaas for one in known if one.vitals.moaas is not None]
    found = {
        Doubt.NO_VITALS: not in_recovery,
        Doubt.RECOVERY_SHORT: at - starts < timedelta(minutes=segments.recovery),
        Doubt.NOT_AWAKE: bool(awake) and awake[-1] < AWAKE,
        Doubt.DISSOCIATED: _dissociated(known, session.infusion_started_at),
    }
    return tuple(doubt for doubt, holds in found.items() if holds)


def _dissociated(known: Sequence[Reading], infusion_started_at: datetime) -> bool:
    before = 0
    newest: int | None = None
    for reading in known:
        dissociation = reading.vitals.dissociation
        if dissociation is None:
            continue
        if reading.taken_at <= infusion_started_at:
            before = dissociation
        newest = dissociation
    return newest is not None and newest > before
