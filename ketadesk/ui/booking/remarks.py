"""What a person should know before booking: quiet chips, word and icon, nothing that blocks."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

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
    judgement = answer.judgement
    remarks = []
    if judgement.in_the_past:
        remarks.append(Remark(tr("in the past"), "amber", "history"))
    if judgement.closed_by is not None:
        text = tr("closed: {reason}", reason=judgement.closed_by.reason)
        remarks.append(Remark(text, "red", "wrench"))
    elif judgement.outside_hours:
        remarks.append(Remark(tr("outside opening hours"), "amber", "clock"))
    if judgement.same_day is not None:
        local = workplace.local(judgement.same_day.appointment.starts)
        text = tr("already booked that day at {time}", time=words.clock(local))
        remarks.append(Remark(text, "amber", "calendar-days"))
    return remarks
