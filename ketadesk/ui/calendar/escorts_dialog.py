"""The calls about who takes patients home: one after another, the outcome of each by one key."""

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.errors import KnownError
from ketadesk.domain.escort_follow_up import EscortTask, Outcome
from ketadesk.domain.escorts import Urgency
from ketadesk.domain.ids import AppointmentId
from ketadesk.i18n import tr
from ketadesk.services import escort_follow_up
from ketadesk.ui import words
from ketadesk.ui.sending import Sending
from ketadesk.ui.theme import Role
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.card import Card
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.list_dialog import ListDialog
from ketadesk.ui.widgets.rows_model import Column, Look, RowsModel
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace

_URGENCY: dict[Urgency, tuple[str, Role]] = {
    Urgency.TODAY: ("today", "red"),
    Urgency.OVERDUE: ("overdue", "amber"),
    Urgency.DUE: ("to ask", "slate"),
    Urgency.LATER: ("later", "slate"),
}


class EscortsDialog(ListDialog):
    """C: the escort said yes; P: only the patient did; R: no answer; H: there is nobody, on hold.

    W names another escort. The next one is chosen by itself.
    """

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent, name="escorts_dialog", title=tr("Escorts to confirm"))
        self._workplace = workplace
        self._following: AppointmentId | None = None
        self.model = self._make_model()
        self.table = Table(name=self.windowTitle())
        self.table.setObjectName("escorts_table")
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(self._say)
        self.about.hide()
        self.middle.addWidget(self._who_to_call())
        self.middle.addWidget(self.table, 1)
        self._outcomes = [
            self._outcome_button(Outcome.WITH_ESCORT, tr("Escort confirmed"), "C", "check"),
            self._outcome_button(Outcome.WITH_PATIENT, tr("Patient only"), "P", "user"),
            self._outcome_button(Outcome.NO_ANSWER, tr("No answer"), "R", "phone"),
            self._outcome_button(Outcome.NOBODY, tr("Nobody: hold"), "H", "triangle-alert"),
        ]
        self._sending = Sending(
            workplace.desk,
            self,
            buttons=self._outcomes,
            done=self._written,
            refused=self._refused,
        )
        workplace.desk.changed.connect(self._on_changed)

    def _who_to_call(self) -> QWidget:
        card = Card()
        self._name = Label(size="title", strong=True)
        self._phone = Label(size="figure", strong=True)
        self._phone.setObjectName("escorts_phone")
        self._about_visit = ElidedLabel(tone="muted")
        name = Button(tr("Name an escort"), key="W", icon="user-plus")
        name.setObjectName("escorts_name")
        name.clicked.connect(self._ask_who)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._name)
        texts.addWidget(self._about_visit)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(texts, 1)
        row.addWidget(self._phone)
        row.addWidget(name)
        card.body.addLayout(row)
        return card

    def _outcome_button(self, outcome: Outcome, text: str, key: str, icon: str) -> Button:
        role = "primary" if outcome is Outcome.WITH_ESCORT else "plain"
        button = Button(text, key=key, icon=icon, role=role)  # type: ignore[arg-type]
        button.setObjectName(f"outcome_{outcome.value}")
        button.setProperty("outcome", outcome.value)
        button.clicked.connect(self._record)
        self.foot.addWidget(button)
        return button

    def _make_model(self) -> RowsModel[EscortTask]:
        def look(one: EscortTask) -> Look:
            red = one.on_hold or one.urgency is Urgency.TODAY
            return Look("red" if red else _URGENCY[one.urgency][1], strong=True)

        return RowsModel[EscortTask](
            (
                Column(tr("Visit"), self._when),
                Column(
                    tr("Patient"), lambda one: words.person(one.visit.patient_name), strong=True
                ),
                Column(tr("Escort"), _escort),
                Column(tr("So far"), _so_far),
                Column("", lambda one: tr(_URGENCY[one.urgency][0]), look=look),
            ),
            key=lambda one: one.visit.appointment.id,
            parent=self,
        )

    # What it shows

    def show_all(self) -> None:
        """Opens on the most pressing."""
        self._read()
        self.show_wide()
        self.table.setFocus()

    def _read(self) -> None:
        now = self._workplace.now()
        self._workplace.desk.ask(
            lambda db: escort_follow_up.tasks(db, now=now),
            receiver=self,
            done=self._show,
            key="tasks",
        )

    @Slot(object)
    def _on_changed(self, changes: Changes, *_from: object) -> None:
        if changes.tables & {"appointments", "escorts", "escort_contacts", "patients"}:
            self._read()

    def _show(self, tasks: tuple[EscortTask, ...]) -> None:
        self.model.show(tasks)
        place = self.model.place_of(self._following) if self._following is not None else None
        self._following = None
        if place is not None:
            self.table.selectRow(place)
        elif tasks and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._say()

    def current(self) -> EscortTask | None:
        """The one that the keys are about."""
        return self.model.row_at(self.table.currentIndex())

    @Slot(QModelIndex, QModelIndex)
    def _say(self, *_indexes: object) -> None:
        one = self.current()
        for button in self._outcomes:
            button.setEnabled(one is not None)
        if one is None:
            self._name.setText(tr("Every escort is confirmed for now."))
            self._phone.setText("")
            self._about_visit.setText("")
            return
        visit = one.visit
        self._outcomes[0].setEnabled(visit.appointment.escort_id is not None)
        escort = words.person(visit.escort_name)
        relation = f" ({visit.escort_relation})" if visit.escort_relation else ""
        patient = words.person(visit.patient_name)
        self._name.setText(
            f"{escort}{relation}" if escort else tr("No escort: ask {name}", name=patient)
        )
        self._phone.setText((visit.escort_phone if escort else visit.patient_phone) or "–")
        about = tr("takes {name} home", name=patient) if escort else ""
        also = tr("patient {phone}", phone=visit.patient_phone) if visit.patient_phone else ""
        ready = self._workplace.local(visit.appointment.ready_about)
        when = tr("{visit}, ready about {time}", visit=self._when(one), time=words.clock(ready))
        self._about_visit.setText(" · ".join(part for part in (about, when, also) if part))

    def _when(self, one: EscortTask) -> str:
        local = self._workplace.local(one.visit.appointment.starts)
        return f"{words.day(local.date(), short=True)} {words.clock(local)}"

    # Writing

    @Slot()
    def _ask_who(self) -> None:
        one = self.current()
        if one is not None:
            from ketadesk.ui.booking.escort_form import ask_escort

            ask_escort(self._workplace, self, one.visit)

    @Slot()
    def _record(self) -> None:
        one, pressed = self.current(), self.sender()
        if one is None or pressed is None:
            return
        outcome = Outcome(pressed.property("outcome"))
        made = one.visit.appointment
        self._following = self._next_after(one)
        self._sending.send(
            (made.id, made.version, outcome, len(one.contacts)),
            lambda db, stamp: escort_follow_up.record(
                db, stamp, made.id, made.version, outcome=outcome
            ),
        )

    def _next_after(self, one: EscortTask) -> AppointmentId | None:
        """Whom to call next: the one below, from the last one the first again."""
        ids = [row.visit.appointment.id for row in self.model.rows]
        place = ids.index(one.visit.appointment.id) + 1
        following = ids[place % len(ids)]
        return None if following == one.visit.appointment.id else following

    def _written(self, changes: Changes) -> None:
        self.notice.tell(words.done(changes.verb, changes.values))

    def _refused(self, error: KnownError) -> None:
        self._following = None
        self.notice.tell(words.refusal(error), kind="error")
        self._read()


def _escort(one: EscortTask) -> str:
    said = (words.person(one.visit.escort_name), one.visit.escort_phone)
    return " · ".join(part for part in said if part) or tr("nobody named")


def _so_far(one: EscortTask) -> str:
    said = []
    if one.on_hold:
        said.append(tr("on hold: there is nobody"))
    elif one.told_by_patient:
        said.append(tr("the patient says yes"))
    if one.unanswered:
        said.append(tr("no answer {count}×", count=one.unanswered))
    if one.contacts:
        said.append(one.contacts[-1].by_name)
    return " · ".join(said) or tr("not called yet")
