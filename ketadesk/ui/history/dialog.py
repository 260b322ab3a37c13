"""All that was done, newest first, over restarts: who, when, from where to where, and its undo."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QWidget

from ketadesk.domain.changes import Changes, HistoryEntry
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import ActionId, StaffId
from ketadesk.i18n import tr
from ketadesk.services import undo
from ketadesk.ui import words
from ketadesk.ui.sending import Sending
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.field import ChoiceField, TextField
from ketadesk.ui.widgets.list_dialog import ListDialog
from ketadesk.ui.widgets.rows_model import Column, Look, RowsModel
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace

NEAR_THE_END = 8
"""So many rows before the last one the next page is asked for."""


@dataclass(frozen=True)
class Past:
    """One action as a row: when on the clinic's clock, and what was done in words."""

    entry: HistoryEntry
    when: datetime
    sentence: str

    @property
    def can_undo(self) -> bool:
        return self.entry.undoable and not self.entry.undone


class HistoryDialog(ListDialog):
    """Ctrl Z takes back the chosen one; what cannot be taken back says why. The list grows as one
    goes down, page by page.
    """

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent, name="history_dialog", title=tr("What was done"))
        self._workplace = workplace
        self._whole = False
        self._going_on = False
        self._who = ChoiceField(tr("By whom"), name="history_who")
        self._which = ChoiceField(
            tr("Which"),
            ((tr("Everything"), False), (tr("What can be undone"), True)),
            name="history_which",
        )
        self._patient = TextField(
            tr("Patient"), name="history_patient", hint=tr("begins with, for example Ana")
        )
        self.model = self._make_model()
        self.table = self._make_table()
        self._undo = Button(tr("Undo this"), key="Ctrl+Z", icon="undo-2", role="primary")
        self._undo.setObjectName("history_undo")
        self._undo.clicked.connect(self._take_back)
        self._lay_out()
        self._sending = Sending(
            workplace.desk, self, buttons=(), done=self._taken_back, refused=self._refused
        )
        for field in (self._who, self._which, self._patient):
            field.changed.connect(self._begin)
        workplace.desk.changed.connect(self._read)
        workplace.names_turned.connect(self._read)

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(12)
        for field, share in ((self._who, 2), (self._which, 2), (self._patient, 3)):
            fields.addWidget(field, share)
        self.foot.addWidget(self._undo)
        self.middle.addLayout(fields)
        self.middle.addWidget(self.table, 1)

    def _make_model(self) -> RowsModel[Past]:
        return RowsModel[Past](
            (
                Column(tr("When"), self._when),
                Column(tr("Who"), lambda one: one.entry.staff_name or "–"),
                Column(tr("What was done"), lambda one: one.sentence, look=_look),
                Column(tr("State"), _state, tone="muted"),
            ),
            key=lambda one: one.entry.action_id,
            describe=lambda one: f"{self._when(one)}\n{one.entry.staff_name}\n{one.sentence}",
            parent=self,
        )

    def _make_table(self) -> Table:
        table = Table(name=tr("What was done, newest first"))
        table.setObjectName("history_table")
        table.setModel(self.model)
        header = table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._chosen)
        table.verticalScrollBar().valueChanged.connect(self._near_the_end)
        return table

    # What it shows

    def show_all(self) -> None:
        """Opens on the newest."""
        staff = self._workplace.clinic_frame.staff
        people = [(member.name, member.id) for member in staff]
        self._who.fill([(tr("Everybody"), None), *people], chosen=None)
        self._begin()
        self.show_wide()
        self.table.setFocus()

    @Slot()
    def _begin(self) -> None:
        self._ask(self._show, most=undo.PAGE)

    @Slot()
    def _read(self, *_changed: object) -> None:
        """What is shown, again: what was done meanwhile comes on top, what was undone says so."""
        self._ask(self._show, most=max(undo.PAGE, len(self.model.rows)))

    def _ask(
        self,
        done: Callable[[tuple[HistoryEntry, ...]], None],
        *,
        most: int,
        before: ActionId | None = None,
    ) -> None:
        staff_id: StaffId | None = self._who.chosen()
        undoable, patient = bool(self._which.chosen()), self._patient.text()
        self._going_on = before is not None
        self._workplace.desk.ask(
            lambda db: undo.past(
                db,
                before=before,
                staff_id=staff_id,
                undoable=undoable,
                patient=patient,
                most=most,
            ),
            receiver=self,
            done=done,
            key="history",
        )

    def _show(self, entries: tuple[HistoryEntry, ...]) -> None:
        self._whole = len(entries) < undo.PAGE
        self.model.show([self._past(entry) for entry in entries])
        if entries and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._say()

    def _show_more(self, entries: tuple[HistoryEntry, ...]) -> None:
        self._going_on = False
        self._whole = len(entries) < undo.PAGE
        self.model.show([*self.model.rows, *(self._past(entry) for entry in entries)])

    def _past(self, entry: HistoryEntry) -> Past:
        sentence = words.done(entry.verb, entry.values)
        return Past(entry, self._workplace.local(entry.at), sentence)

    @Slot(int)
    def _near_the_end(self, value: int) -> None:
        bar = self.table.verticalScrollBar()
        row_height = self.table.verticalHeader().defaultSectionSize()
        if value >= bar.maximum() - NEAR_THE_END * row_height:
            self._go_on()

    def _go_on(self) -> None:
        """The next page, unless it is asked for already or there is none."""
        if self.model.rows and not self._whole and not self._going_on:
            last = self.model.rows[-1].entry.action_id
            self._ask(self._show_more, most=undo.PAGE, before=last)

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.notice.hide()
        if current.row() >= len(self.model.rows) - NEAR_THE_END:
            self._go_on()
        self._say()

    def _current(self) -> Past | None:
        return self.model.row_at(self.table.currentIndex())

    def _say(self) -> None:
        one = self._current()
        self._undo.setEnabled(one is not None and one.can_undo)
        if one is None:
            self.about.setText("" if self.model.rows else tr("Nothing was done that fits this."))
        elif one.entry.undone:
            self.about.setText(tr("This was undone already."))
        elif not one.entry.undoable:
            self.about.setText(tr("This stays as written; clinical entries are amended instead."))
        else:
            self.about.setText(tr("Undo puts back what was there before; it can be undone too."))

    def _when(self, one: Past) -> str:
        today = self._workplace.today()
        day = words.day(one.when.date(), short=True, year=one.when.year != today.year)
        return f"{tr('today') if one.when.date() == today else day} {words.clock(one.when)}"

    # Taking back

    @Slot()
    def _take_back(self) -> None:
        one = self._current()
        if one is None or not one.can_undo:
            return
        action_id: ActionId = one.entry.action_id
        self._sending.send(
            action_id, lambda db, stamp: undo.undo(db, stamp, action_id), done=self._taken_back
        )

    def _taken_back(self, changes: Changes) -> None:
        self.notice.tell(words.done(changes.verb, changes.values))

    def _refused(self, error: KnownError) -> None:
        self.notice.tell(words.refusal(error), kind="error")


def _look(one: Past) -> Look | None:
    return Look(tone="muted", struck=True) if one.entry.undone else None


def _state(one: Past) -> str:
    if one.entry.undone:
        return tr("undone")
    return "" if one.entry.undoable else tr("stays")
