"""Everybody who waits for a place, the most urgent first: add, find them a place, take them off."""

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.i18n import tr
from ketadesk.services import waitlist
from ketadesk.services.waitlist import Waits
from ketadesk.ui import words
from ketadesk.ui.sending import Sending
from ketadesk.ui.table_file import TableFile
from ketadesk.ui.waitlist import words as waiting_words
from ketadesk.ui.waitlist.add_form import ask_to_add
from ketadesk.ui.waitlist.fits_dialog import FitsDialog
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.keys import on_keys
from ketadesk.ui.widgets.list_dialog import ListDialog
from ketadesk.ui.widgets.rows_model import Column, Look, RowsModel
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace


class WaitlistDialog(ListDialog):
    """`booked(AppointmentId)` when somebody got a place from here."""

    booked = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent, name="waitlist_dialog", title=tr("Waitlist"))
        self._workplace = workplace
        self.model = self._make_model()
        self.table = Table(name=tr("Waitlist"))
        self.table.setObjectName("waitlist_table")
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(self._say)
        self.middle.addWidget(self.table, 1)
        self._add = Button(tr("Add"), key="A", icon="plus")
        self._add.clicked.connect(self._ask_to_add)
        self._off = Button(tr("Take off"), key="Del", icon="x")
        self._off.clicked.connect(self._take_off)
        self._find = Button(
            tr("Find a place"), key="Enter", icon="search", role="primary", bind=False
        )
        self._find.clicked.connect(self._find_place)
        table_file = TableFile(
            workplace, self.table, suggestion=lambda: "waitlist.csv", parent=self
        )
        self.foot.addWidget(table_file.button())
        for name, button in (
            ("waitlist_add", self._add),
            ("waitlist_off", self._off),
            ("waitlist_find", self._find),
        ):
            button.setObjectName(name)
            self.foot.addWidget(button)
        on_keys(self.table, {"Enter": self._find_place})
        self._sending = Sending(workplace.desk, self, buttons=(self._off,))
        workplace.desk.changed.connect(self._on_changed)
        workplace.names_turned.connect(self.model.refresh)

    def _make_model(self) -> RowsModel[Waits]:
        frame, local = self._workplace.clinic_frame, self._workplace.local
        protocols = {one.id: f"{one.name} · {words.word(one.tier)}" for one in frame.protocols}

        def urgent(one: Waits) -> Look:
            return Look(waiting_words.urgency_role(one.entry.urgency), strong=True)

        return RowsModel[Waits](
            (
                Column(
                    tr("Urgency"), lambda one: waiting_words.urgency(one.entry.urgency), look=urgent
                ),
                Column(tr("Who"), lambda one: words.person(one.entry.patient_name), strong=True),
                Column(tr("Phone"), lambda one: one.entry.patient_phone or "–"),
                Column(tr("Protocol"), lambda one: protocols.get(one.entry.protocol_id, "–")),
                Column(tr("Wishes"), lambda one: waiting_words.wished(one.entry.wishes, frame)),
                Column(tr("Waits since"), lambda one: _day(local(one.entry.since).date())),
                Column(tr("Until"), lambda one: _day(one.entry.until) if one.entry.until else "–"),
                Column(
                    tr("Last offered"),
                    lambda one: waiting_words.offered(one.offers, local) or "–",
                ),
            ),
            key=lambda one: one.entry.id,
            parent=self,
        )

    def show_all(self) -> None:
        """Opens with everybody who waits now."""
        self.reload()
        self.show_wide()
        self.table.setFocus()

    @Slot()
    def reload(self) -> None:
        self._workplace.desk.ask(waitlist.waiting, receiver=self, done=self._show, key="waiting")

    @Slot(object, object)
    def _on_changed(self, changes: Changes, *_from: object) -> None:
        if changes.tables & {"waitlist", "waitlist_offers", "patients"}:
            self.reload()

    def _show(self, rows: tuple[Waits, ...]) -> None:
        self.model.show(rows)
        if rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._say()

    def current(self) -> Waits | None:
        """The one that the keys are about."""
        return self.model.row_at(self.table.currentIndex())

    @Slot(QModelIndex, QModelIndex)
    def _say(self, *_indexes: object) -> None:
        one = self.current()
        self._off.setEnabled(one is not None)
        self._find.setEnabled(one is not None)
        if one is None:
            self.about.setText(tr("Nobody waits. A puts somebody on the list."))
        else:
            self.about.setText(one.entry.note)

    @Slot()
    def _ask_to_add(self) -> None:
        ask_to_add(self._workplace, self)

    @Slot()
    def _find_place(self) -> None:
        one = self.current()
        if one is None:
            return
        title = tr("A place for {name}", name=words.person(one.entry.patient_name))
        dialog = FitsDialog(self._workplace, self, title=title)
        dialog.booked.connect(self.booked)
        dialog.show_places_for(one.entry)

    @Slot()
    def _take_off(self) -> None:
        one = self.current()
        if one is None:
            return
        entry_id, version = one.entry.id, one.entry.version
        self._sending.send(
            entry_id,
            lambda db, stamp: waitlist.remove(db, stamp, entry_id, version),
            done=lambda changes: self.notice.tell(words.done(changes.verb, changes.values)),
        )


def _day(day: object) -> str:
    return words.day(day, short=True)  # type: ignore[arg-type]
