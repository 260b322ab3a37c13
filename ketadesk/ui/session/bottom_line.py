"""The bottom of a session: the entry line, and in its place the form of an event."""

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from ketadesk.domain.events import Event
from ketadesk.domain.ids import SessionId
from ketadesk.domain.readings import Reading
from ketadesk.domain.session_record import SessionRecord
from ketadesk.ui import theme
from ketadesk.ui.session.entry_line import EntryLine
from ketadesk.ui.session.event_forms import Addition
from ketadesk.ui.session.event_line import EventLine
from ketadesk.ui.workplace import Workplace


class BottomLine(QStackedWidget):
    """Keeps both lines with the session that is shown; `reading_saved` as soon as one is kept."""

    reading_saved = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session_id: SessionId | None = None
        self.entry = EntryLine(workplace)
        self.event_line = EventLine(workplace)
        for line in (self.entry, self.event_line):
            self.addWidget(line)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fit()
        self.currentChanged.connect(self._fit)
        self.entry.height_changed.connect(self._fit)
        self.event_line.saved.connect(self._end_event)
        self.event_line.left.connect(self._end_event)
        self.entry.saved.connect(self.reading_saved)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "event_line"):
            self._fit()

    @Slot()
    def _fit(self, _index: int = 0) -> None:
        """As high as the line that is up: what is said of a reading is never cut off."""
        in_form = self.currentWidget() is self.event_line
        wanted = self.event_line.wanted_height() if in_form else self.entry.wanted_height()
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def show_record(self, record: SessionRecord) -> None:
        """Another session brings its own lines, as they were left."""
        session = record.session
        if session.id != self._session_id:
            if self.currentWidget() is self.event_line:
                self.event_line.put_aside()
            self._session_id = session.id
            back = self.event_line.bring_back(session.id)
            self.setCurrentWidget(self.event_line if back else self.entry)
        self.entry.set_session(session.id, record.standing_readings)
        self.entry.lock(signed=session.signed)

    def take_keys(self) -> bool:
        """The keys go where one types; False when a signed record takes nothing."""
        if self.currentWidget() is self.event_line:
            self.event_line.take_keys()
            return True
        self.entry.line.setFocus()
        return self.entry.line.isEnabled()

    def amend(self, reading: Reading, *, withdraw: bool = False) -> None:
        """Takes a kept reading into the entry line."""
        self.setCurrentWidget(self.entry)
        if withdraw:
            self.entry.withdraw(reading)
        else:
            self.entry.amend(reading)

    def add_event(self, addition: Addition) -> None:
        """Opens the form of an addition."""
        if self._session_id is not None:
            self.setCurrentWidget(self.event_line)
            self.event_line.begin(self._session_id, addition)

    def amend_event(self, event: Event) -> None:
        """Opens the form of a kept event."""
        if self._session_id is not None:
            self.setCurrentWidget(self.event_line)
            self.event_line.amend(self._session_id, event)

    @Slot()
    def _end_event(self, _changes: object = None) -> None:
        self.event_line.end()
        self.setCurrentWidget(self.entry)
        QTimer.singleShot(0, self, self.entry.line.setFocus)
