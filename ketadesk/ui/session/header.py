"""Who lies in the chair, what to watch for, and three figures to read from across the room."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.dosing import show
from ketadesk.domain.patients import age_on
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Phase, Release, ReleasePath
from ketadesk.i18n import tr
from ketadesk.ui import words as screen_words
from ketadesk.ui.session import words
from ketadesk.ui.theme import Role, Tone
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.chip import Chip
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.figure import Figure
from ketadesk.ui.widgets.flow_layout import FlowLayout
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.workplace import Workplace

SOON = timedelta(minutes=3)
"""From here on "next vitals in" is amber: the width of a walk to the next chair."""


class Header(QFrame):
    """Ticks by itself every second; `show_record` when the session was read again.

    Signal: `left()` for the way back to all sessions.
    """

    left = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setObjectName("session_header")
        self._workplace = workplace
        self._record: SessionRecord | None = None
        self._name = Label("", size="title", strong=True)
        self._name.setObjectName("session_patient")
        self._facts = ElidedLabel("", tone="muted")
        self._chips = FlowLayout(gap=6)
        self._back = Button(
            icon="arrow-left", key="Alt+Left", role="quiet", name=tr("All sessions"), hint=False
        )
        self._back.setObjectName("session_back")
        self._back.clicked.connect(self.left)
        self.running = _figure("figure_running")
        self.vitals = _figure("figure_vitals")
        self.ready = _figure("figure_ready")
        self._lay_out()
        workplace.ticked.connect(self.tick)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._name, 0, Qt.AlignmentFlag.AlignBaseline)
        first.addWidget(self._facts, 1, Qt.AlignmentFlag.AlignBaseline)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(first)
        left.addLayout(self._chips)
        left.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 8, 14, 6)
        row.setSpacing(0)
        row.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(4)
        row.addLayout(left, 1)
        for index, figure in enumerate((self.running, self.vitals, self.ready)):
            if index:
                line = QFrame()
                line.setProperty("look", "line")
                line.setFixedWidth(1)
                row.addSpacing(14)
                row.addWidget(line)
                row.addSpacing(14)
            row.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)

    def show_record(self, record: SessionRecord) -> None:
        self._record = record
        self._name.setText(screen_words.person(record.patient.name))
        self._facts.setText(_facts(record, self._workplace))
        self._show_chips(record)
        self.tick(self._workplace.now())

    @Slot(object)
    def tick(self, _now: object = None) -> None:
        if self._record is None:
            return
        now = self._workplace.desk.clock()
        self._show_running(self._record, now)
        self._show_vitals(self._record, now)
        self._show_ready(self._record, now)

    def _show_running(self, record: SessionRecord, now: datetime) -> None:
        session = record.session
        if session.phase is Phase.PREPARING:
            self.running.set_caption(tr("preparing"))
            self.running.set_value(words.clock(now - session.opened_at), tone="ink")
        elif session.phase is Phase.RECOVERING and session.recovery_started_at:
            self.running.set_caption(words.stage(session))
            self.running.set_value(words.clock(now - session.recovery_started_at))
        elif session.phase is Phase.READY and session.ready_at:
            self.running.set_caption(tr("ready for"))
            self.running.set_value(words.clock(now - session.ready_at), tone="accent")
        else:
            done = session.infusion_ended_at is not None
            caption = tr("infused") if done else words.phase(session.phase)
            self.running.set_caption(caption)
            tone: Tone = "amber" if session.phase is Phase.PAUSED else "ink"
            self.running.set_value(words.clock(session.infusing_for(now)), tone=tone)

    def _show_vitals(self, record: SessionRecord, now: datetime) -> None:
        due = record.next_vitals(now)
        if due is None:
            self.vitals.set_caption(tr("next vitals"))
            self.vitals.set_value("–", tone="muted")
        elif due < now:
            self.vitals.set_caption(tr("vitals late by"))
            self.vitals.set_value(words.clock(now - due), tone="red", urgent=True)
        elif due - now <= SOON:
            self.vitals.set_caption(tr("vitals soon, in"))
            self.vitals.set_value(words.clock(due - now), tone="amber", urgent=True)
        else:
            self.vitals.set_caption(tr("next vitals in"))
            self.vitals.set_value(words.clock(due - now))

    def _show_ready(self, record: SessionRecord, now: datetime) -> None:
        session = record.session
        about: datetime
        if session.released_at is not None:
            self.ready.set_caption(tr("released"))
            about, tone = session.released_at, "muted"
        elif session.ready_at is not None and session.phase is Phase.READY:
            self.ready.set_caption(tr("ready since"))
            about, tone = session.ready_at, "accent"
        else:
            about = record.ready_about(now)
            late = about < now
            self.ready.set_caption(tr("ready, late since") if late else tr("ready about"))
            tone = "amber" if late else "ink"
        shown: Tone = tone  # type: ignore[assignment]
        self.ready.set_value(screen_words.clock(self._workplace.local(about)), tone=shown)

    def _show_chips(self, record: SessionRecord) -> None:
        while self._chips.count():
            item = self._chips.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for text, role, icon in chips(record):
            self._chips.addWidget(Chip(text, role=role, icon=icon))


def chips(record: SessionRecord) -> list[tuple[str, Role, str]]:
    """Allergies, medications as listed, the escort: word, role, icon."""
    found: list[tuple[str, Role, str]] = [
        (tr("allergy: {substance}", substance=allergy.substance), "red", "circle-alert")
        for allergy in record.allergies
        if allergy.active
    ]
    if not found:
        found.append((tr("no allergies listed"), "slate", "circle-check"))
    medications = [entry.name for entry in record.medications if entry.active]
    if medications:
        listed = ", ".join(medications[:3])
        if len(medications) > 3:
            listed = tr("{listed} +{more}", listed=listed, more=len(medications) - 3)
        found.append((listed, "amber", "pill"))
    release = record.session.release
    found.append(_escort_chip(record) if release is None else _gone_chip(release))
    return found


def _gone_chip(release: Release) -> tuple[str, Role, str]:
    """With whom they went, whoever was named before; amber when without an adult."""
    said = {
        ReleasePath.TO_ESCORT: tr("went with {name}", name=screen_words.person(release.to_name)),
        ReleasePath.ALONE: tr("left alone"),
        ReleasePath.AGAINST_ADVICE: tr("left against advice"),
        ReleasePath.TRANSFERRED: tr("transferred"),
    }[release.path]
    if release.path is ReleasePath.TO_ESCORT:
        return said, "slate", "circle-check"
    return tr("{how}: {reason}", how=said, reason=release.reason), "amber", "log-out"


def _escort_chip(record: SessionRecord) -> tuple[str, Role, str]:
    visit = record.visit
    if not visit.escort_name:
        return tr("no escort named"), "red", "user-x"
    name = screen_words.with_relation(visit.escort_name, visit.escort_relation)
    state = visit.appointment.escort_state
    parts = [f"{name} {screen_words.word(state)}"]
    if visit.escort_phone:
        parts.append(visit.escort_phone)
    look = screen_words.escort_look(state)
    return " · ".join(parts), look.role, look.icon


def _facts(record: SessionRecord, workplace: Workplace) -> str:
    parts = []
    if record.patient.birth_date is not None:
        opened = workplace.local(record.session.opened_at).date()
        parts.append(tr("{age} y", age=age_on(record.patient.birth_date, opened)))
    weight = record.weight
    if weight is not None:
        parts.append(tr("{weight} kg", weight=show(weight)))
    visit = record.visit
    number = visit.appointment.course_number
    if number is not None and visit.planned is not None:
        parts.append(tr("session {number} of {planned}", number=number, planned=visit.planned))
    parts += [record.chair_name, record.protocol.name]
    return " · ".join(part for part in parts if part)


def _figure(name: str) -> Figure:
    made = Figure("", align_right=True, caption_size="body")
    made.setObjectName(name)
    return made
