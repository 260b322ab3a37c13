"""Whose escort someone must still name or call, for the coming week; one click shows the visit."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketadesk.domain.escorts import EscortToConfirm, Urgency
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.calendar.side_row import RowText, SideRow, lay_rows, rows_in
from ketadesk.ui.calendar.visit_text import Local
from ketadesk.ui.theme import Role
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.card import Card
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle

CALL_KEY = "F"
MOST = 6
"""More than this the column does not hold; the rest is counted below."""


class EscortRow(SideRow):
    """One visit: who, when, and what is missing."""

    def __init__(self, entry: EscortToConfirm, *, when: str, parent: QWidget | None = None) -> None:
        role, word = _urgency_look(entry)
        visit = entry.visit
        escort = (words.person(visit.escort_name), visit.escort_phone)
        text = RowText(
            who=words.person(visit.patient_name),
            below=when,
            word=word,
            role=role,
            icon="triangle-alert" if entry.nobody else "phone-call",
            more=" · ".join(part for part in escort if part),
        )
        super().__init__(text, name="escort_row", parent=parent)
        self.entry = entry


class EscortsCard(Card):
    """`visit_chosen(Visit)` when a row is pressed; `list_wanted()` to call one after another."""

    visit_chosen = Signal(object)
    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("escorts_card")
        self._title = SectionTitle(tr("Escorts to confirm"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._none = Label(size="note", tone="muted", wrap=True)
        self._more = Label("", size="note", tone="muted", wrap=True)
        self.body.addWidget(self._title)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._none)
        self.body.addWidget(self._more)
        self._call = Button(tr("Call one by one"), key=CALL_KEY, bind=False, icon="phone-call")
        self._call.setObjectName("escorts_call")
        self._call.clicked.connect(self.list_wanted)
        self.body.addWidget(self._call)
        self._call.hide()
        self._more.hide()

    def rows(self) -> list[SideRow]:
        """The rows shown, from the top."""
        return rows_in(self._rows)

    def show_entries(
        self, entries: Sequence[EscortToConfirm], *, today: date, local: Local
    ) -> None:
        """Those to ask by now, the next few with how many more; the others are only counted."""
        due = [entry for entry in entries if entry.due]
        rows = []
        for entry in due[:MOST]:
            starts = local(entry.visit.appointment.starts)
            row = EscortRow(entry, when=f"{_day(starts.date(), today)} {words.clock(starts)}")
            row.clicked.connect(self._chosen)
            rows.append(row)
        lay_rows(self._rows, rows)
        self._title.set_text(self._title.text(), note=str(len(due) or ""))
        later = len(entries) - len(due)
        self._none.setText(
            tr("No escort is to be asked by now.")
            if later
            else tr("Every escort of the coming week is confirmed.")
        )
        self._none.setVisible(not due)
        self._call.setVisible(bool(due))
        more = [
            tr("and {number} more", number=len(due) - MOST) if len(due) > MOST else "",
            tr("{number} to ask later this week", number=later) if later else "",
        ]
        self._more.setText(" · ".join(part for part in more if part))
        self._more.setVisible(bool(self._more.text()))

    @Slot()
    def _chosen(self) -> None:
        row = self.sender()
        if isinstance(row, EscortRow):
            self.visit_chosen.emit(row.entry.visit)


def _urgency_look(entry: EscortToConfirm) -> tuple[Role, str]:
    """Red on the day itself, and from when asking is overdue if there is nobody to call."""
    overdue = entry.urgency in (Urgency.OVERDUE, Urgency.TODAY)
    red = entry.urgency is Urgency.TODAY or (overdue and entry.nobody)
    role: Role = "red" if red else "amber"
    if entry.nobody:
        return role, tr("no escort")
    return role, tr("overdue") if overdue else tr("call")


def _day(day: date, today: date) -> str:
    ahead = (day - today).days
    if ahead == 0:
        return tr("today")
    return tr("tomorrow") if ahead == 1 else words.day(day, short=True)
