"""Those booked where it is closed, each with another place: all that are ok move by one key."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.clinic import Closure
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import KnownError
from ketadesk.domain.fitting import Offer
from ketadesk.domain.ids import AppointmentId, ClosureId
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Objected, Override
from ketadesk.i18n import tr
from ketadesk.services import booking, closures
from ketadesk.services.closures import Affected, Clearing
from ketadesk.services.planning import Move
from ketadesk.ui import words
from ketadesk.ui.booking.against import ask_to_go_against
from ketadesk.ui.sending import Sending
from ketadesk.ui.waitlist import words as waiting_words
from ketadesk.ui.waitlist.fits_dialog import place_text
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.field import ChoiceField
from ketadesk.ui.widgets.keys import on_keys
from ketadesk.ui.widgets.list_dialog import ListDialog
from ketadesk.ui.widgets.rows_model import Column, Look, RowsModel
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace


@dataclass(frozen=True)
class ToMove:
    """Somebody booked there, and which of the places proposed is looked at now."""

    affected: Affected
    number: int

    @property
    def visit(self) -> Visit:
        return self.affected.visit

    @property
    def offer(self) -> Offer | None:
        offers = self.affected.instead.offers
        return offers[self.number % len(offers)] if offers else None

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against that place."""
        return self.offer is not None and self.affected.acceptable(self.offer)


class ClearingDialog(ListDialog):
    """Ctrl Enter moves all that are ok in one action, Enter the chosen one, N looks at its next
    place, V puts it on the pinboard. `pinned(Visit)`.
    """

    pinned = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent, name="clearing_dialog", title=tr("Booked where it is closed"))
        self._workplace = workplace
        self._closure_id: ClosureId | None = None
        self._numbers: dict[AppointmentId, int] = {}
        self._which = ChoiceField(tr("Closure"), name="clearing_closure")
        self.model = self._make_model()
        self.table = Table(name=self.windowTitle())
        self.table.setObjectName("clearing_table")
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.middle.addWidget(self._which)
        self.middle.addWidget(self.table, 1)
        self._add_buttons()
        on_keys(self.table, {"Enter": self._move_one, "Ctrl+Enter": self._move_all})
        self._sending = Sending(
            workplace.desk,
            self,
            buttons=(self._all, self._one),
            done=self._done,
            refused=self._refused,
        )
        self._which.changed.connect(self._choose_closure)
        self.table.selectionModel().currentRowChanged.connect(self._say)

    def _add_buttons(self) -> None:
        self._pin = Button(tr("To the pinboard"), key="V", icon="clipboard-list")
        self._pin.clicked.connect(self._put_aside)
        self._next = Button(tr("Next place"), key="N", icon="arrow-right")
        self._next.clicked.connect(self._look_further)
        self._one = Button(tr("Move"), key="Enter", bind=False)
        self._one.clicked.connect(self._move_one)
        self._all = Button("", key="Ctrl+Enter", icon="check", role="primary", bind=False)
        self._all.clicked.connect(self._move_all)
        for name, button in (
            ("clearing_pin", self._pin),
            ("clearing_next", self._next),
            ("clearing_one", self._one),
            ("clearing_all", self._all),
        ):
            button.setObjectName(name)
            self.foot.addWidget(button)

    def _make_model(self) -> RowsModel[ToMove]:
        return RowsModel[ToMove](
            (
                Column(tr("Booked"), self._booked),
                Column(tr("Who"), lambda one: words.person(one.visit.patient_name), strong=True),
                Column(tr("Phone"), lambda one: one.visit.patient_phone or "–"),
                Column(tr("Instead"), self._instead),
                Column("", _state, look=_look),
            ),
            key=lambda one: one.visit.appointment.id,
            parent=self,
        )

    # What it shows

    def show_closures(self, found: tuple[Closure, ...], chosen: ClosureId | None = None) -> None:
        """Opens on one of the closures in which somebody is still booked."""
        self._which.fill([(self._named(one), one.id) for one in found], chosen=chosen)
        self._choose_closure()
        self.show_wide()
        self.table.setFocus()

    @Slot()
    def _choose_closure(self) -> None:
        self._closure_id = self._which.chosen()
        self._numbers.clear()
        self._read()

    def _read(self) -> None:
        closure_id, now = self._closure_id, self._workplace.now()
        if closure_id is None:
            return
        self._workplace.desk.ask(
            lambda db: closures.to_clear(db, closure_id, now=now),
            receiver=self,
            done=self._show,
            key="clearing",
        )

    def _show(self, cleared: Clearing) -> None:
        self.model.show([ToMove(one, self._number(one)) for one in cleared.affected])
        if cleared.affected and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._say()

    def _number(self, one: Affected) -> int:
        """The place a person turned to, else the one proposed."""
        offers = one.instead.offers
        proposed = offers.index(one.proposed) if one.proposed is not None else 0
        return self._numbers.get(one.visit.appointment.id, proposed)

    def current(self) -> ToMove | None:
        """The one that the keys are about."""
        return self.model.row_at(self.table.currentIndex())

    def _ready(self) -> list[ToMove]:
        return [one for one in self.model.rows if one.ok]

    @Slot(QModelIndex, QModelIndex)
    def _say(self, *_indexes: object) -> None:
        one, ready = self.current(), self._ready()
        self._all.set_text(tr("Move all that are ok: {count}", count=len(ready)))
        self._all.setEnabled(bool(ready))
        self._one.setEnabled(one is not None and one.offer is not None)
        self._next.setEnabled(one is not None and len(one.affected.instead.offers) > 1)
        self._pin.setEnabled(one is not None)
        if one is None:
            self.about.setText(tr("Nobody is booked there any more."))
        elif one.offer is not None:
            speaks = waiting_words.against(one.offer.candidate.objections)
            self.about.setText(speaks or waiting_words.why(one.offer.merits, self._workplace.local))

    def _named(self, closure: Closure) -> str:
        local, span = self._workplace.local, closure.span
        starts, ends = local(span.starts), local(span.ends)
        return tr(
            "{first} to {last}: {reason}",
            first=f"{words.day(starts.date(), short=True)} {words.clock(starts)}",
            last=f"{words.day(ends.date(), short=True)} {words.clock(ends)}",
            reason=closure.reason,
        )

    def _booked(self, one: ToMove) -> str:
        local = self._workplace.local(one.visit.appointment.starts)
        return f"{words.day(local.date(), short=True)} {words.clock(local)}"

    def _instead(self, one: ToMove) -> str:
        return "–" if one.offer is None else place_text(self._workplace, one.offer.place)

    # Writing

    @Slot()
    def _look_further(self) -> None:
        one = self.current()
        if one is not None:
            self._numbers[one.visit.appointment.id] = one.number + 1
            changed = [ToMove(row.affected, row.number + (row is one)) for row in self.model.rows]
            self.model.show(changed)
            self._say()

    @Slot()
    def _put_aside(self) -> None:
        one = self.current()
        if one is not None:
            self.pinned.emit(one.visit)
            self.accept()

    @Slot()
    def _move_all(self) -> None:
        closure_id = self._closure_id
        moves = tuple(
            Move(row.visit.appointment.id, row.visit.appointment.version, row.offer.place)
            for row in self._ready()
            if row.offer is not None
        )
        if closure_id is not None and moves:
            self._sending.send(
                moves, lambda db, stamp: closures.move_away(db, stamp, closure_id, moves)
            )

    @Slot()
    def _move_one(self, *_pressed: object, override: Override = NOTHING_OVERRIDDEN) -> None:
        one = self.current()
        if one is None or one.offer is None:
            return
        made, place = one.visit.appointment, one.offer.place
        self._sending.send(
            (made.id, made.version, place, override),
            lambda db, stamp: booking.move(
                db,
                stamp,
                made.id,
                made.version,
                chair_id=place.chair_id,
                starts=place.span.starts,
                override=override,
            ),
        )

    def _done(self, changes: Changes) -> None:
        self.notice.tell(words.done(changes.verb, changes.values))
        self._numbers.clear()
        self._read()

    def _refused(self, error: KnownError) -> None:
        one = self.current()
        if isinstance(error, Objected) and one is not None and not one.ok:
            ask_to_go_against(
                self._workplace,
                self,
                error.objections,
                lambda override: self._move_one(override=override),
            )
        else:
            self.notice.tell(words.refusal(error), kind="error")
            self._read()


def _state(one: ToMove) -> str:
    if one.offer is None:
        return tr("no place in the next weeks: call")
    if one.ok:
        return tr("ok")
    return waiting_words.against(one.offer.candidate.objections)


def _look(one: ToMove) -> Look:
    return Look("accent", "check") if one.ok else Look("amber", "triangle-alert")
