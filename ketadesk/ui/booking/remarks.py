"""What a person should know before booking, in chips; the booking itself asks about the rules."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from ketadesk.domain.objections import Guard, Objection
from ketadesk.i18n import tr
from ketadesk.services.proposing import PlaceAnswer, Proposal
from ketadesk.ui import theme, words
from ketadesk.ui.patients.identity import eligibility_standing
from ketadesk.ui.widgets.chip import Chip
from ketadesk.ui.widgets.flow_layout import FlowLayout
from ketadesk.ui.workplace import Workplace


class Remark(NamedTuple):
    """A few words with their colour and icon."""

    text: str
    role: theme.Role
    icon: str


class Remarks(QWidget):
    """The remarks as chips in a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("booking_remarks")
        self._flow = FlowLayout(gap=6, parent=self)
        self._chips: list[Chip] = []

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show these and no others."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [
            Chip(remark.text, role=remark.role, icon=remark.icon, parent=self) for remark in remarks
        ]
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.show()
        self.setAccessibleName("; ".join(remark.text for remark in remarks))
        self.updateGeometry()

    def texts(self) -> list[str]:
        """The words, for a test that reads the form."""
        return [chip.text() for chip in self._chips]


def remarks_on(
    workplace: Workplace,
    *,
    proposal: Proposal | None,
    answer: PlaceAnswer | None,
    escort_named: bool,
    day: date,
) -> list[Remark]:
    """Approval, escort, hours, closures and doubles, as far as they are known yet."""
    remarks = []
    if proposal is not None:
        standing = eligibility_standing(proposal.record.patient, day)
        if not standing.good:
            remarks.append(Remark(standing.text, standing.role, standing.icon))
        if not escort_named:
            remarks.append(Remark(tr("no escort yet"), "amber", "car"))
    if answer is not None:
        remarks += _about_the_place(workplace, answer)
    return remarks


def _about_the_place(workplace: Workplace, answer: PlaceAnswer) -> list[Remark]:
    """The rules that speak against it, but for the chair and the approval, told elsewhere."""
    remarks = (_remark(workplace, one) for one in answer.objections)
    return [remark for remark in remarks if remark is not None]


def _remark(workplace: Workplace, one: Objection) -> Remark | None:
    def at(name: str) -> str:
        moment = datetime.fromtimestamp(float(str(one.values[name])), UTC)
        return words.clock(workplace.local(moment))

    values = one.values
    match one.guard:
        case Guard.CHAIR_CLOSED | Guard.CLINIC_CLOSED:
            return Remark(tr("closed: {reason}", reason=values["reason"]), "red", "wrench")
        case Guard.CLOSED_DAY | Guard.OUTSIDE_HOURS:
            return Remark(tr("outside opening hours"), "amber", "clock")
        case Guard.IN_THE_PAST:
            return Remark(tr("in the past"), "amber", "history")
        case Guard.PATIENT_ELSEWHERE | Guard.SAME_DAY:
            text = tr("already booked that day at {time}", time=at("starts_at"))
            return Remark(text, "amber", "calendar-days")
        case Guard.NURSE_LOAD:
            text = tr("{count} infusions at once, {most} may be", **values)
            return Remark(text, "red", "users")
        case Guard.START_GAP:
            text = tr("another infusion starts at {time}", time=at("starts_at"))
            return Remark(text, "amber", "users")
        case Guard.ESCORT_AWAY:
            return Remark(tr("escort away at {time}", time=at("ready_at")), "amber", "car")
        case Guard.TOO_SOON | Guard.TOO_LATE:
            text = tr("{days} days from the course's visit", **values)
            return Remark(text, "red" if one.guard.clinical else "amber", "calendar-days")
        case Guard.COURSE_COMPLETE:
            return Remark(tr("all {planned} of the course are booked", **values), "amber", "check")
        case _:
            return None
