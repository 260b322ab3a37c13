"""Who fits a free place, best first, or where somebody who waits could come: one Enter books."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.errors import KnownError
from ketadesk.domain.fitting import Answer
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.merits import Merit
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Objected, Objection, Override
from ketadesk.domain.places import Place
from ketadesk.domain.waitlist import Fits, OfferAnswer, WaitlistEntry
from ketadesk.i18n import tr
from ketadesk.services import planning, waitlist
from ketadesk.ui import words
from ketadesk.ui.booking.against import ask_to_go_against
from ketadesk.ui.sending import Sending
from ketadesk.ui.waitlist import words as waiting_words
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.keys import on_keys
from ketadesk.ui.widgets.list_dialog import ListDialog
from ketadesk.ui.widgets.rows_model import Column, Look, RowsModel
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace


@dataclass(frozen=True)
class Proposed:
    """Somebody and a place for them, with what speaks for it and what stays to be said."""

    entry: WaitlistEntry
    place: Place
    merits: tuple[Merit, ...]
    objections: tuple[Objection, ...]


class FitsDialog(ListDialog):
    """Enter books the chosen one and takes them off the list; D and R write down that they said no,
    or did not answer. `booked(AppointmentId)`.
    """

    booked = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget, *, title: str) -> None:
        super().__init__(parent, name="fits_dialog", title=title, size=(980, 460))
        self._workplace = workplace
        self._freed: Place | None = None
        self._entry: WaitlistEntry | None = None
        self.model = self._make_model()
        self.table = Table(name=title)
        self.table.setObjectName("fits_table")
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(self._say)
        self.middle.addWidget(self.table, 1)
        self._declined = Button(tr("Declined"), key="D", icon="x")
        self._declined.clicked.connect(self._write_declined)
        self._silent = Button(tr("No answer"), key="R", icon="phone")
        self._silent.clicked.connect(self._write_silent)
        self._book_it = Button(tr("Book"), key="Enter", icon="check", role="primary", bind=False)
        self._book_it.clicked.connect(self._book)
        for name, button in (
            ("fits_declined", self._declined),
            ("fits_silent", self._silent),
            ("fits_book", self._book_it),
        ):
            button.setObjectName(name)
            self.foot.addWidget(button)
        on_keys(self.table, {"Enter": self._book})
        buttons = (self._book_it, self._declined, self._silent)
        self._sending = Sending(workplace.desk, self, buttons=buttons)
        self._booking = Sending(
            workplace.desk, self, buttons=buttons, done=self._booked, refused=self._refused
        )

    def _make_model(self) -> RowsModel[Proposed]:
        local = self._workplace.local

        def look(one: Proposed) -> Look:
            return Look(waiting_words.urgency_role(one.entry.urgency))

        return RowsModel[Proposed](
            (
                Column(tr("Who"), lambda one: words.person(one.entry.patient_name), strong=True),
                Column(tr("Phone"), lambda one: one.entry.patient_phone or "–"),
                Column(tr("When and where"), self._where),
                Column(tr("Why"), lambda one: waiting_words.why(one.merits, local) or "–"),
                Column(
                    tr("Urgency"), lambda one: waiting_words.urgency(one.entry.urgency), look=look
                ),
            ),
            key=lambda one: (one.entry.id, one.place),
            describe=self._described,
            parent=self,
        )

    # What it shows

    def show_freed(self, place: Place) -> None:
        """Who could come there."""
        self._freed = place
        self._read()
        self.show_wide()
        self.table.setFocus()

    def show_places_for(self, entry: WaitlistEntry) -> None:
        """The three best places for one who waits."""
        self._entry = entry
        self._declined.hide()
        self._silent.hide()
        self._read()
        self.show_wide()
        self.table.setFocus()

    def _read(self) -> None:
        freed, entry, now = self._freed, self._entry, self._workplace.now()
        if freed is not None:
            self._workplace.desk.ask(
                lambda db: waitlist.fitting(db, freed, now=now),
                receiver=self,
                done=self._show_who,
                key="fits",
            )
        elif entry is not None:
            request = planning.FitRequest(
                patient_id=entry.patient_id,
                protocol_id=entry.protocol_id,
                wishes=entry.wishes,
                course_id=entry.course_id,
            )
            self._workplace.desk.ask(
                lambda db: planning.fit_in(db, request, now=now),
                receiver=self,
                done=self._show_where,
                key="fits",
            )

    def _show_who(self, fits: tuple[Fits, ...]) -> None:
        self._show([Proposed(one.entry, one.place, one.merits, one.objections) for one in fits])

    def _show_where(self, answer: Answer) -> None:
        entry = self._entry
        assert entry is not None
        self._show(
            [
                Proposed(entry, one.place, one.merits, one.candidate.objections)
                for one in answer.offers
            ]
        )

    def _show(self, rows: Sequence[Proposed]) -> None:
        self.model.show(rows)
        if rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._say()

    def _current(self) -> Proposed | None:
        return self.model.row_at(self.table.currentIndex())

    @Slot(QModelIndex, QModelIndex)
    def _say(self, *_indexes: object) -> None:
        one = self._current()
        for button in (self._book_it, self._declined, self._silent):
            button.setEnabled(one is not None)
        if one is None:
            self.about.setText(tr("Nobody who waits fits there now."))
        else:
            note = one.entry.note
            wished = waiting_words.wished(one.entry.wishes, self._workplace.clinic_frame)
            speaks = waiting_words.against(one.objections)
            said = (tr("Wishes: {wished}", wished=wished), note, speaks)
            self.about.setText(" · ".join(part for part in said if part))

    def _where(self, one: Proposed) -> str:
        return place_text(self._workplace, one.place)

    def _described(self, one: Proposed) -> str:
        local = self._workplace.local
        lines = (
            words.person(one.entry.patient_name),
            self._where(one),
            waiting_words.why(one.merits, local),
            waiting_words.against(one.objections),
        )
        return "\n".join(line for line in lines if line)

    # Writing

    @Slot()
    def _book(self, *_pressed: object, override: Override = NOTHING_OVERRIDDEN) -> None:
        one = self._current()
        if one is None:
            return
        entry, place = one.entry, one.place
        self._booking.send(
            (entry.id, place, override),
            lambda db, stamp: waitlist.book(
                db,
                stamp,
                entry.id,
                entry.version,
                chair_id=place.chair_id,
                starts=place.span.starts,
                override=override,
            ),
        )

    def _booked(self, changes: Changes) -> None:
        self.booked.emit(AppointmentId(changes.row_ids["appointments"]))
        self.accept()

    def _refused(self, error: KnownError) -> None:
        if isinstance(error, Objected):
            ask_to_go_against(
                self._workplace,
                self,
                error.objections,
                lambda override: self._book(override=override),
            )
        else:
            self.notice.tell(words.refusal(error), kind="error")
            self._read()

    @Slot()
    def _write_declined(self) -> None:
        self._write(OfferAnswer.DECLINED)

    @Slot()
    def _write_silent(self) -> None:
        self._write(OfferAnswer.NO_ANSWER)

    def _write(self, answer: OfferAnswer) -> None:
        one = self._current()
        if one is None:
            return
        entry_id, place = one.entry.id, one.place
        self._sending.send(
            (entry_id, place, answer),
            lambda db, stamp: waitlist.offered(
                db,
                stamp,
                entry_id,
                chair_id=place.chair_id,
                starts=place.span.starts,
                answer=answer,
            ),
            done=self._written,
        )

    def _written(self, changes: Changes) -> None:
        """On to the next one: who declined is no longer offered this place."""
        self.notice.tell(words.done(changes.verb, changes.values))
        row = self.table.currentIndex().row()
        if changes.values.get("answer") == OfferAnswer.NO_ANSWER:
            self.table.selectRow(min(row + 1, len(self.model.rows) - 1))
        self._read()


def place_text(workplace: Workplace, place: Place) -> str:
    """ "Tue 10 May 10:00, Chair 2"."""
    local = workplace.local(place.span.starts)
    chairs = {chair.id: chair.name for chair in workplace.clinic_frame.chairs}
    chair = chairs.get(place.chair_id, "").split(" · ")[0]
    return f"{words.day(local.date(), short=True)} {words.clock(local)}, {chair}"
