"""Closing a chair, or the whole clinic, for a stretch of time, with those booked there in sight."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes, Span
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import ChairId, ClosureId
from ketadesk.i18n import tr
from ketadesk.services import calendar, clinic
from ketadesk.ui import theme, words
from ketadesk.ui.calendar.moment_fields import MomentFields
from ketadesk.ui.leaving import ask_to_leave
from ketadesk.ui.patients.text_rows import TextRows
from ketadesk.ui.sending import Sending
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.field import TextField, choice_box
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace

WIDTH, HEIGHT = 620, 460
WHEN, CHAIR, PATIENT, STATUS = range(4)


class ClosingDialog(QDialog):
    """Enter closes; whoever is booked there is listed and stays booked until they are moved.

    `closed(ClosureId)`.
    """

    closed = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.setObjectName("closing_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Close for a while"))
        self._chair, self._chair_box = choice_box(tr("What"), name="closing_chair")
        self._reason = TextField(
            tr("Reason"), name="closing_reason", hint=tr("for example: pump in repair")
        )
        self._reason.line.setMaxLength(80)
        self._from = MomentFields(workplace, (tr("From"), tr("at")), names="closing_from")
        self._until = MomentFields(workplace, (tr("Until"), tr("at")), names="closing_until")
        self._count = Label(strong=True)
        self._count.setObjectName("closing_count")
        titles = (tr("When"), tr("Chair"), tr("Patient"), tr("Status"))
        self._rows = TextRows(titles, strong=WHEN, parent=self)
        self._message = Label(size="note", tone="red", wrap=True)
        self._message.setObjectName("closing_message")
        self._lay_out()
        self._chair.activated.connect(self._look)
        for field in (self._from, self._until):
            field.changed.connect(self._look)
        self._reason.changed.connect(self._typed)
        self._sending = Sending(
            workplace.desk,
            self,
            buttons=(self._close,),
            done=self._done,
            refused=self._refused,
        )

    def sizeHint(self) -> QSize:
        """Room for a handful of those who are booked."""
        return super().sizeHint().expandedTo(QSize(theme.px(WIDTH), theme.px(HEIGHT)))

    def _lay_out(self) -> None:
        times, first = QHBoxLayout(), QHBoxLayout()
        for row in (times, first):
            row.setSpacing(12)
        first.addWidget(self._chair_box, 2)
        first.addWidget(self._reason, 3)
        times.addWidget(self._from, 1)
        times.addWidget(self._until, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(12)
        column.addWidget(Label(self.windowTitle(), size="title", strong=True))
        column.addLayout(first)
        column.addLayout(times)
        column.addWidget(self._count)
        column.addWidget(self._make_table(), 1)
        column.addWidget(self._message)
        column.addLayout(self._foot())
        self._message.hide()

    def _make_table(self) -> Table:
        self._table = Table(name=tr("Booked there"))
        self._table.setObjectName("closing_booked")
        self._table.setModel(self._rows)
        policy = self._table.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._table.setSizePolicy(policy)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(PATIENT, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        return self._table

    def _foot(self) -> QHBoxLayout:
        self._leave = Button(tr("Leave it"), key="Esc", bind=False)
        self._leave.setObjectName("closing_leave")
        self._leave.clicked.connect(self.reject)
        self._close = Button(tr("Close it"), key="Enter", icon="lock", role="primary", bind=False)
        self._close.setObjectName("closing_close")
        self._close.clicked.connect(self._send)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._leave)
        foot.addWidget(self._close)
        return foot

    # What it shows

    def open_for(self, chair_id: ChairId | None, starts: datetime, ends: datetime) -> None:
        """For a chair (None for the whole clinic) and a stretch that is proposed."""
        chairs = self._workplace.clinic_frame.chairs
        choices = [(chair.name, chair.id) for chair in chairs]
        self._chair.fill([*choices, (tr("the whole clinic"), None)], chosen=chair_id)
        self._from.show_moment(starts)
        self._until.show_moment(ends)
        self._look()
        self.open()
        self._reason.setFocus()

    @property
    def unsaved(self) -> bool:
        """Whether a reason was typed that would be lost."""
        return self.isVisible() and bool(self._reason.text().strip())

    def _span(self) -> Span | None:
        starts, ends = self._from.moment(), self._until.moment()
        if starts is None or ends is None or ends <= starts:
            return None
        return Span(starts, ends)

    @Slot()
    def _look(self) -> None:
        """Asks who is booked there; the newest answer wins."""
        self._typed()
        span, chair_id = self._span(), self._chair.currentData()
        if span is None:
            self._show(())
            return
        self._workplace.desk.ask(
            lambda db: calendar.booked_in(db, chair_id, span),
            receiver=self,
            done=self._show,
            key="booked",
        )

    def _show(self, visits: tuple[Visit, ...]) -> None:
        chairs = {chair.id: chair.name for chair in self._workplace.clinic_frame.chairs}
        self._rows.show([self._texts(visit, chairs) for visit in visits])
        if self._span() is None:
            text = ""
        elif not visits:
            text = tr("Nobody is booked there.")
        elif len(visits) == 1:
            text = tr("One visit is booked there; once it is closed you can move it:")
        else:
            text = tr(
                "{count} visits are booked there; once it is closed you can move them:",
                count=len(visits),
            )
        self._count.setText(text)
        self._table.setVisible(bool(visits))

    def _texts(self, visit: Visit, chairs: dict[ChairId, str]) -> tuple[str, ...]:
        made = visit.appointment
        local = self._workplace.local(made.starts)
        day = words.day(local.date(), short=True)
        chair = chairs.get(made.chair_id, "–").split(" · ")[0]
        return (f"{day} {words.clock(local)}", chair, visit.patient_name, words.word(made.status))

    # Writing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter closes, wherever the focus is; a button with the focus is pressed instead."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            focused.click() if isinstance(focused, Button) else self._send()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _send(self) -> None:
        if self._sending.busy or self._refused_here():
            return
        starts, ends = self._from.moment(), self._until.moment()
        assert starts is not None and ends is not None
        chair_id, span, reason = self._chair.currentData(), Span(starts, ends), self._reason.text()
        self._sending.send(
            (chair_id, span, reason),
            lambda db, stamp: clinic.close(db, stamp, chair_id=chair_id, span=span, reason=reason),
        )

    def _refused_here(self) -> bool:
        """Says what is missing or cannot be, and goes there."""
        for field in (self._from, self._until):
            problem = field.problem()
            if problem is not None:
                self._say(words.refusal(problem))
                field.reject()
                return True
        if not self._reason.text().strip():
            self._say(tr("Say why, in a word or two: it is shown in the calendar."))
            self._reason.reject()
            return True
        return False

    def _done(self, changes: Changes) -> None:
        self.accept()
        self.closed.emit(ClosureId(changes.row_ids["closures"]))

    def _refused(self, error: KnownError) -> None:
        self._say(words.refusal(error))
        self._until.time.reject()

    @Slot()
    def _typed(self) -> None:
        self._say("")

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))

    def reject(self) -> None:
        """Esc leaves; a typed reason is never thrown away without asking."""
        if self.unsaved:
            sentence = tr("Nothing is closed yet, and the reason you typed would be lost.")
            ask_to_leave(self, sentence, super().reject)
        else:
            super().reject()
