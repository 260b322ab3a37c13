"""What speaks against calling a patient ready, said with the figures of this very session."""

from datetime import datetime, timedelta

from ketadesk.domain.readiness import Doubt
from ketadesk.domain.session_record import SessionRecord
from ketadesk.i18n import tr
from ketadesk.ui import words as screen_words


def doubts_said(codes: str, record: SessionRecord, at: datetime) -> str:
    """A line for each of the codes, which come joined by commas."""
    return "\n".join(_said(Doubt(code), record, at) for code in codes.split(",") if code)


def _said(doubt: Doubt, record: SessionRecord, at: datetime) -> str:
    if doubt is Doubt.NO_VITALS:
        return tr("No vital signs since recovery began")
    if doubt is Doubt.RECOVERY_SHORT:
        begun = record.session.recovery_started_at or at
        planned = timedelta(minutes=record.visit.appointment.segments.recovery)
        return tr(
            "{done} of {planned} of recovery",
            done=_length(at - begun),
            planned=screen_words.minutes(planned),
        )
    if doubt is Doubt.NOT_AWAKE:
        return tr("MOAA/S {value} at the last reading", value=_newest(record, "moaas"))
    before = _before(record)
    return tr(
        "dissociation {value}, {before} at baseline",
        value=_newest(record, "dissociation"),
        before=before,
    )


def _length(length: timedelta) -> str:
    if length < timedelta(minutes=1):
        return tr("{seconds} s", seconds=max(0, int(length.total_seconds())))
    return screen_words.minutes(length)


def _newest(record: SessionRecord, vital: str) -> int | None:
    values = [getattr(reading.vitals, vital) for reading in record.standing_readings]
    return next((value for value in reversed(values) if value is not None), None)


def _before(record: SessionRecord) -> int:
    """The dissociation before the start, 0 when nobody asked."""
    started = record.session.infusion_started_at
    values = [
        reading.vitals.dissociation
        for reading in record.standing_readings
        if started is None or reading.taken_at <= started
    ]
    return next((value for value in reversed(values) if value is not None), 0)
