"""The line that takes the place of the entry line while an event is added or amended.

What is typed stays with its own session when the nurse goes to another chair meanwhile.
"""

from datetime import datetime

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.errors import KnownError, Refused
from ketadesk.domain.events import Event
from ketadesk.domain.ids import SessionId
from ketadesk.i18n import tr
from ketadesk.services import recording
from ketadesk.ui import theme
from ketadesk.ui.leaving import ask_to_leave
from ketadesk.ui.sending import Sending
from ketadesk.ui.session import words
from ketadesk.ui.session.event_asking import lack, usually_written
from ketadesk.ui.session.event_fields import EventFields, first_field
from ketadesk.ui.session.event_forms import (
    GRADED,
    Addition,
    EventForm,
    draft,
    empty_form,
    form_of,
)
from ketadesk.ui.session.read_back import ROOMY
from ketadesk.ui.session.times import meant
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.workplace import Workplace

HEIGHT = 68
HEIGHT_IN_TWO = 80
"""With large text the fields stand over the time and the buttons."""


class EventLine(QFrame):
    """Signals: `saved(Changes)` and `left()`; both give the room back to the entry line."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setObjectName("event_line")
        self._workplace = workplace
        self._session_id: SessionId | None = None
        self._form: EventForm | None = None
        self._kept: dict[SessionId, EventForm] = {}
        self._confirmed: tuple[str, ...] = ()
        self._sent_for: SessionId | None = None
        self._build()
        self._sending = Sending(
            workplace.desk, self, refused=self._on_refused, failed=self._on_failed
        )

    def _build(self) -> None:
        self._title = Label("", strong=True)
        self.fields = EventFields()
        self.fields.entered.connect(self._save)
        self.fields.left.connect(self._leave)
        self.fields.edited.connect(self._on_edited)
        self._save_button = Button(tr("Add"), key="Return", role="primary", bind=False)
        self._save_button.setObjectName("event_save")
        self._save_button.clicked.connect(self._save)
        leave = Button(icon="x", key="Esc", role="quiet", name=tr("Cancel"), bind=False, hint=False)
        leave.clicked.connect(self._leave)
        self._said = Label("", size="note", tone="red", wrap=True)
        self._said.setObjectName("event_said")
        self._said.hide()
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self._title)
        fields.addWidget(self.fields, 1)
        ending = QHBoxLayout()
        ending.setSpacing(8)
        ending.addWidget(Label(tr("at"), tone="muted"))
        ending.addWidget(self.fields.time)
        ending.addWidget(self._said, 1)
        self._gap = QWidget()
        ending.addWidget(self._gap, 1)
        ending.addWidget(self._save_button)
        ending.addWidget(leave)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(14, 4, 14, 4)
        self._rows.setSpacing(8)
        self._rows.addLayout(fields, 1)
        self._rows.addLayout(ending)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_rows"):
            self._fit()

    def _fit(self) -> None:
        """One row, or with large text two, so that no field is too short for its words."""
        large = theme.current_scale() > ROOMY
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._rows.setDirection(down if large else right)
        self._gap.setVisible(large)
        self._said.setFixedWidth(theme.px(150 if not large else 300))
        self.setFixedHeight(self.wanted_height())

    def wanted_height(self) -> int:
        """What one row or two take, in pixels."""
        return theme.px(HEIGHT_IN_TWO if theme.current_scale() > ROOMY else HEIGHT)

    # whose form it is

    def begin(self, session_id: SessionId, addition: Addition) -> None:
        """Opens the form of an addition with empty fields and the present time."""
        self._show(session_id, empty_form(addition, self._workplace.now()))
        self.fields.go_to(first_field(addition))

    def amend(self, session_id: SessionId, event: Event) -> None:
        """Opens a kept event in its own form, to be replaced with a reason."""
        form = form_of(event, self._workplace.local(event.at))
        self._show(session_id, form)
        self.fields.go_to("grade" if form.addition.form in GRADED else "detail")

    def put_aside(self) -> None:
        """Keeps what is typed for its own session, and shows nothing of it any more."""
        if self._session_id is not None and self._form is not None:
            self._kept[self._session_id] = self.fields.filled(self._form)
        self._session_id = self._form = None

    def bring_back(self, session_id: SessionId) -> bool:
        """Shows again what was put aside for a session, if anything was."""
        form = self._kept.pop(session_id, None)
        if form is None:
            return False
        self._show(session_id, form)
        return True

    @property
    def unsaved(self) -> bool:
        """Whether an event is half written, for this session or for another chair's."""
        here = self._form is not None and self.fields.begun
        return (here and not self._sending.busy) or bool(self._kept)

    def take_keys(self) -> None:
        """The keys go where they were in the form, else to its first field."""
        last = self.focusWidget()
        if last is not None and last.isVisible():
            last.setFocus()
        elif self._form is not None:
            self.fields.go_to(first_field(self._form.addition))

    @Slot()
    def _leave(self) -> None:
        """Escape gives up at once what is as it was opened, and asks about what was typed."""
        if self._form is not None and self.fields.filled(self._form) != self._form:
            ask_to_leave(self, tr("This was not added to the record yet."), self.left.emit)
        else:
            self.left.emit()

    @Slot()
    def end(self) -> None:
        """Forgets the form: it is in the file, or was left."""
        self._session_id = self._form = None

    def _show(self, session_id: SessionId, form: EventForm) -> None:
        self._session_id, self._form, self._confirmed = session_id, form, ()
        self._title.setText(form.addition.text.rstrip("…"))
        self._save_button.set_text(tr("Add") if form.amended is None else tr("Amend"))
        self.fields.show_form(form)
        self._say("")

    @Slot()
    def _on_edited(self) -> None:
        """What was asked for is being typed."""
        self._say("")

    # saving

    @Slot()
    def _save(self) -> None:
        session_id = self._session_id
        if self._form is None or session_id is None or self._sending.busy:
            return
        self.fields.settle_code()
        form = self.fields.filled(self._form)
        if self._asked(form):
            return
        try:
            made = draft(form, at=self._at(form))
        except Refused as refused:
            self._say(words.coded(refused.code, refused.values))
            self.fields.go_to("time")
            return
        write = recording.record_event if form.amended is None else recording.amend_event
        self._sent_for = session_id
        self._sending.send(
            (session_id, form),
            lambda db, stamp: write(db, stamp, session_id, made),
            done=lambda changes: self._on_saved(session_id, changes),
        )

    def _asked(self, form: EventForm) -> bool:
        """Whether the form lacks something; it is said, and the keys are where it is missing."""
        missing = lack(form)
        if missing is not None:
            self._say(missing.sentence)
            self.fields.go_to(missing.field)
            return True
        empty = usually_written(form)
        if not empty or tuple(empty) == self._confirmed:
            return False
        self._confirmed = tuple(empty)
        self._say(
            tr("No {missing}. Enter once more keeps it so.", missing=", ".join(empty.values()))
        )
        self.fields.go_to(self._confirmed[0])
        return True

    def _at(self, form: EventForm) -> datetime:
        """The typed time; an event whose minute was left alone keeps its second."""
        if form.amended is not None:
            local = self._workplace.local(form.amended.at)
            if (form.hour, form.minute) == (local.hour, local.minute):
                return form.amended.at
        return meant(self._workplace, self.fields.time)

    def _on_saved(self, session_id: SessionId, changes: Changes) -> None:
        """In the file; when another session is shown by now, its own form stays as it is."""
        self._kept.pop(session_id, None)
        if session_id == self._session_id:
            self.saved.emit(changes)

    def _on_refused(self, error: KnownError) -> None:
        if self._sent_for == self._session_id:
            self._say(words.coded(error.code, error.values))
        else:
            self._workplace.tell_error(error)

    def _on_failed(self, _error: BaseException) -> None:
        if self._sent_for == self._session_id:
            self._say(tr("Not saved. What you typed is still here."))

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))
        roomy = theme.current_scale() <= ROOMY
        self._gap.setVisible(not text and not roomy)
        self._title.setVisible(not text or not roomy)
        self.fields.detail.setAccessibleDescription(text)
