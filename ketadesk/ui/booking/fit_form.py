""" "Can I fit her in?": a name and a protocol in, the three best places out, each with its reasons.

Wishes are optional; the answer follows while one types, and of several questions only the newest
is answered. 1, 2 and 3 book, and so does Enter the first.
"""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.appointments import AppointmentDraft
from ketadesk.domain.changes import Changes
from ketadesk.domain.errors import KnownError
from ketadesk.domain.fitting import Answer, Offer
from ketadesk.domain.ids import CourseId, PatientId, ProtocolId, new_uuid
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Guard, Objected, Override
from ketadesk.domain.wishes import NO_WISHES
from ketadesk.i18n import tr
from ketadesk.services import booking, planning, proposing
from ketadesk.services.planning import FitRequest
from ketadesk.services.proposing import Proposal
from ketadesk.ui import words
from ketadesk.ui.booking import fit_words
from ketadesk.ui.booking.against import ask_to_go_against
from ketadesk.ui.booking.growing import GrowingDialog
from ketadesk.ui.booking.patient_picker import PatientPicker
from ketadesk.ui.booking.wish_fields import WishFields
from ketadesk.ui.patients.identity import told_apart
from ketadesk.ui.sending import Sending
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.field import ChoiceField, tab_in_order
from ketadesk.ui.widgets.keys import is_enter
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.workplace import Workplace

WIDTH, HEIGHT = 900, 580
OFFERS = 3
TOLD = 4
"""So many refused times are read out; more would not be read."""


class FitForm(GrowingDialog):
    """Lives for one showing; `booked(Changes)` when a place was taken."""

    booked = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(QSize(WIDTH, HEIGHT), parent)
        self._workplace = workplace
        self._patient_id: PatientId | None = None
        self._proposal: Proposal | None = None
        self._answer: Answer | None = None
        self._taken: Offer | None = None
        self._take_when_answered: int | None = None
        self._uuid = new_uuid()
        self.setObjectName("fit_form")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Can I fit them in?"))
        self._picker = PatientPicker(workplace)
        self._picker.line.setObjectName("fit_patient")
        self._who = ElidedLabel(size="note", tone="muted")
        self._who.setObjectName("fit_who")
        self._protocol = ChoiceField(tr("Protocol"), name="fit_protocol")
        self._wishes = WishFields(workplace, "fit", across=3, not_before=True)
        self._said = Label(tone="muted", wrap=True)
        self._said.setObjectName("fit_said")
        self._offers = [_OfferRow(number, self) for number in range(1, OFFERS + 1)]
        self._refused_title = Label(tr("Not then"), size="note", tone="muted")
        self._refusals = [ElidedLabel(size="note") for _ in range(TOLD)]
        self._notice = Notice(close_name=tr("Close this message"))
        self._notice.setObjectName("fit_notice")
        self._leave = Button(tr("Leave it"), key="Esc", bind=False)
        self._book = Button(tr("Book the first"), key="Enter", role="primary", bind=False)
        self._lay_out()
        self._sending = Sending(
            workplace.desk,
            self,
            buttons=(self._book, *(row.button for row in self._offers)),
            done=self._done,
            refused=self._was_refused,
        )
        self._connect()
        self._fill_protocols(None)
        self._wishes.show_wishes(NO_WISHES)
        self._show_answer(None)

    def _lay_out(self) -> None:
        self._leave.setObjectName("leave")
        self._book.setObjectName("fit_book")
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(self._picker)
        column.addWidget(self._who)
        column.addWidget(self._protocol)
        column.addWidget(self._wishes)
        column.addWidget(self._said)
        for row in self._offers:
            column.addWidget(row)
        column.addWidget(self._refused_title)
        for number, label in enumerate(self._refusals):
            label.setObjectName(f"fit_not_then_{number}")
            column.addWidget(label)
        column.addStretch(1)
        column.addWidget(self._notice)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._leave)
        foot.addWidget(self._book)
        column.addLayout(foot)
        buttons = (row.button for row in self._offers)
        fields = (self._picker.line, self._protocol, *self._wishes.tab_widgets())
        tab_in_order((*fields, *buttons, self._leave, self._book))

    def _connect(self) -> None:
        self._picker.taken.connect(self.take)
        self._picker.cleared.connect(self._clear)
        self._picker.new_wanted.connect(self._nobody)
        self._protocol.changed.connect(self.look)
        self._wishes.changed.connect(self.look)
        self._leave.clicked.connect(self.reject)
        self._book.clicked.connect(self._take_first)
        for row in self._offers:
            row.button.clicked.connect(self._take_offered)

    def start(self, patient_id: PatientId | None = None) -> None:
        """Opens it, for somebody who is known already or for whoever is typed."""
        self.resize(self.sizeHint())
        self.open()
        self._picker.start()
        if patient_id is not None:
            self.take(patient_id)

    # Who, and what for

    @Slot(object)
    def take(self, patient_id: PatientId) -> None:
        """Asks what they come for; the places follow."""
        self._patient_id, self._proposal = patient_id, None
        now = self._workplace.now()
        self._workplace.desk.ask(
            lambda db: proposing.propose(db, patient_id, now=now),
            receiver=self,
            done=self._fill,
            key="proposal",
        )

    def _fill(self, proposal: Proposal) -> None:
        patient = proposal.record.patient
        if patient.id != self._patient_id:
            return
        self._proposal = proposal
        self._picker.show_name(patient.name)
        self._who.setText(told_apart(patient, self._workplace.today()))
        self._fill_protocols(proposal.protocol_id)
        if proposal.course is not None and self._wishes.wishes() == NO_WISHES:
            self._wishes.show_wishes(proposal.course.wishes)
        self._protocol.setFocus()
        self.look()

    def _fill_protocols(self, chosen: ProtocolId | None) -> None:
        protocols = self._workplace.clinic_frame.protocols
        named = [(f"{p.name} · {words.word(p.tier)}", p.id) for p in protocols if p.active]
        self._protocol.fill(named, chosen=chosen)

    @Slot()
    def _clear(self) -> None:
        self._patient_id = self._proposal = self._take_when_answered = None
        self._who.setText("")
        self._show_answer(None)

    @Slot()
    def _nobody(self) -> None:
        self._said.setText(tr("Nobody is called so. Add them in the booking form, with N."))

    # The places

    @Slot()
    def look(self) -> None:
        """Asks for the places; the newest question wins."""
        self._answer = None
        request = self._request()
        if request is None:
            return
        now = self._workplace.now()
        self._workplace.desk.ask(
            lambda db: planning.fit_in(db, request, now=now),
            receiver=self,
            done=self._show_answer,
            key="fit",
        )

    def _request(self) -> FitRequest | None:
        proposal, protocol_id = self._proposal, self._protocol.chosen()
        if proposal is None or protocol_id is None:
            return None
        return FitRequest(
            patient_id=proposal.record.patient.id,
            protocol_id=protocol_id,
            wishes=self._wishes.wishes(),
            course_id=self._course_id(),
            escort_id=proposal.escort_id,
        )

    def _course_id(self) -> CourseId | None:
        course = None if self._proposal is None else self._proposal.course
        same = course is not None and course.protocol_id == self._protocol.chosen()
        return course.id if course is not None and same else None

    def _show_answer(self, answer: Answer | None) -> None:
        self._answer = answer
        offers = () if answer is None else answer.offers
        for number, row in enumerate(self._offers):
            offer = offers[number] if number < len(offers) else None
            row.show_offer(self._workplace, offer)
        refused = () if answer is None else answer.refused[:TOLD]
        self._refused_title.setVisible(bool(refused))
        for number, label in enumerate(self._refusals):
            told = number < len(refused)
            label.setText(fit_words.not_then_text(self._workplace, refused[number]) if told else "")
            label.setVisible(told)
        self._said.setText(self._how_it_stands(answer))
        self._said.setVisible(not offers)
        self._book.setEnabled(bool(offers) and not self._sending_now())
        if self._take_when_answered is not None and answer is not None:
            number, self._take_when_answered = self._take_when_answered, None
            self._take_number(number)

    def _how_it_stands(self, answer: Answer | None) -> str:
        if answer is None:
            return tr("Type a name: the three best places follow.")
        return tr("No place in the next four weeks. Wish for less, or book against a rule with N.")

    # Booking

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the first place; a button with the focus is pressed instead."""
        focused = self.focusWidget()
        if not is_enter(event):
            super().keyPressEvent(event)
        elif isinstance(focused, Button):
            focused.click()
        else:
            self._take_first()

    @Slot()
    def _take_first(self) -> None:
        if self._patient_id is None and not self._picker.searching:
            self._picker.reject()
        else:
            self._take_number(1)

    @Slot()
    def _take_offered(self) -> None:
        self._take_number(int(self.sender().property("number")))

    def _take_number(self, number: int) -> None:
        """An Enter that comes before the answer is kept, so that fast typing is never lost."""
        wrong = self._wishes.problem()
        if wrong is not None:
            wrong.reject()
        elif self._answer is None:
            self._take_when_answered = number
        elif number <= len(self._answer.offers):
            self._taken = self._answer.offers[number - 1]
            self._send()

    def _sending_now(self) -> bool:
        return hasattr(self, "_sending") and self._sending.busy

    def _send(self, override: Override = NOTHING_OVERRIDDEN) -> None:
        offer, proposal = self._taken, self._proposal
        protocols = {one.id: one for one in self._workplace.clinic_frame.protocols}
        protocol = protocols.get(self._protocol.chosen())
        if offer is None or proposal is None or protocol is None:
            return
        draft = AppointmentDraft(
            patient_id=proposal.record.patient.id,
            chair_id=offer.place.chair_id,
            protocol_id=protocol.id,
            starts=offer.place.span.starts,
            segments=protocol.segments,
            nurse_id=offer.candidate.nurse_id,
            escort_id=proposal.escort_id,
            course_id=self._course_id(),
            uuid=self._uuid,
        )
        self._sending.send(
            (draft, override),
            lambda db, stamp: booking.book(db, stamp, draft, override=override),
        )

    def _done(self, changes: Changes) -> None:
        self.accept()
        self.booked.emit(changes)

    def _was_refused(self, error: KnownError) -> None:
        if not isinstance(error, Objected):
            self._notice.tell(words.refusal(error), kind="error")
        elif any(one.guard is Guard.CHAIR_TAKEN for one in error.objections):
            self._notice.tell(
                tr("Taken by {name} meanwhile. These are the best now.", name=_name(error)),
                kind="warning",
            )
            self.look()
        else:
            ask_to_go_against(self._workplace, self, error.objections, self._send)


class _OfferRow(QWidget):
    """A place as a button with its number, and what speaks for it beside."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = Button("", key=str(number))
        self.button.setObjectName(f"fit_offer_{number}")
        self.button.setProperty("number", number)
        self._why = Label(size="note", tone="muted", wrap=True)
        self._why.setObjectName(f"fit_why_{number}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.button, 4, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._why, 7)

    def show_offer(self, workplace: Workplace, offer: Offer | None) -> None:
        """This place, or nothing."""
        self.setVisible(offer is not None)
        if offer is None:
            return
        place = offer.place
        when, chair = (
            fit_words.when_text(workplace, place),
            fit_words.chair_text(workplace, place),
        )
        self.button.set_text(f"{when} · {chair}")
        against = fit_words.rules_text(offer.candidate.objections)
        parts = (
            fit_words.merits_text(workplace, offer.merits),
            fit_words.missed_text(offer.candidate.missed),
            tr("to decide: {rules}", rules=against) if against else "",
        )
        why = " · ".join(part for part in parts if part)
        self._why.setText(why)
        self.button.setAccessibleDescription(why)


def _name(error: Objected) -> str:
    taken = next(one for one in error.objections if one.guard is Guard.CHAIR_TAKEN)
    return words.person(str(taken.values["patient"]))
