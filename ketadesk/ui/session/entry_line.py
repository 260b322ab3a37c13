"""The one line in which readings are typed: read back while typing, saved by Enter.

It never loses what was typed: the line is emptied only when the clinic file has the reading, and
what stands in it stays with its own session when the nurse goes to another chair.
"""

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import SessionId
from ketadesk.domain.reading_line import ParsedLine, parse
from ketadesk.domain.readings import Reading
from ketadesk.i18n import tr
from ketadesk.ui.session.amending import Amending
from ketadesk.ui.session.entry_field import EntryField
from ketadesk.ui.session.line_sending import LineSending
from ketadesk.ui.session.line_state import LineState
from ketadesk.ui.session.line_words import (
    ask_why,
    counted_from,
    recalled_words,
    remarks,
    said_back,
    understood,
)
from ketadesk.ui.session.read_back import ReadBack
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.theme import Tone
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.words import clock
from ketadesk.ui.workplace import Workplace

SIDES, ABOVE, BETWEEN, BELOW = 14, 4, 2, 4


class EntryLine(QFrame):
    """Signals: `saved(Changes)` when a reading is in the file; `height_changed()` when the words
    over the line need another `wanted_height`.
    """

    saved = Signal(object)
    height_changed = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._workplace = workplace
        self._session_id: SessionId | None = None
        self._states: dict[SessionId, LineState] = {}
        self._state = LineState()
        self._standing: tuple[Reading, ...] = ()
        self._confirmed = ""
        self._recalled = ""
        self._sending = LineSending(workplace, self)
        self._build()
        workplace.ticked.connect(self._tick)

    def _build(self) -> None:
        self._time = Label("", size="body", strong=True)
        self.line = EntryField()
        self._amending = Amending(self.line, self._workplace)
        self.reason = self._amending.reason
        self._read = ReadBack()
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._time)
        row.addWidget(self.line, 5)
        row.addWidget(self.reason, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDES, ABOVE, SIDES, BELOW)
        column.setSpacing(BETWEEN)
        column.addWidget(self._read)
        column.addLayout(row)
        self.line.textChanged.connect(self._on_typed)
        self.line.entered.connect(self._enter)
        self.line.recalled.connect(self._on_recalled)
        self.line.left.connect(self.leave)
        self.reason.returnPressed.connect(self._enter)
        self.reason.left.connect(self.leave)
        self._amending.turned.connect(self._placeholder)
        self._sending.kept.connect(self._on_kept)
        self._sending.not_kept.connect(self._on_not_kept)
        self._amending.show(self._state)

    def wanted_height(self) -> int:
        """What the line takes with all that is said over it, in pixels."""
        words_height = self._read.wanted_height(self.width() - 2 * SIDES)
        return ABOVE + words_height + BETWEEN + self.line.sizeHint().height() + BELOW

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.height_changed.emit()

    # whose line it is

    def set_session(self, session_id: SessionId, standing: tuple[Reading, ...]) -> None:
        """Which session the readings belong to, and its readings that count, earliest first.

        Another session brings its own draft, and nothing of the one before: no words beside the
        line, no text that Ctrl+Z could bring back.
        """
        self._standing = standing
        if session_id == self._session_id:
            return
        self._state.text, self._state.reason = self.line.text(), self.reason.text()
        self._session_id = session_id
        self._state = self._states.setdefault(session_id, LineState())
        self._confirmed = self._recalled = ""
        self.line.setText(self._state.text)
        self.reason.setText(self._state.reason)
        self._amending.show(self._state)
        self._on_typed(self._state.text)
        trouble, self._state.trouble = self._state.trouble, ""
        if trouble:
            self._say("", trouble, tone="red")
        elif self._state.text.strip():
            self._recalled = tr("typed before, not saved yet")
            self._on_typed(self._state.text)

    def empty(self) -> bool:
        return not self.line.text().strip() and self._state.amended is None

    @property
    def unsaved(self) -> bool:
        """Whether a line is half typed, for this session or for another chair's."""
        here = not self.empty() and not self._state.saving
        others = (state for state in self._states.values() if state is not self._state)
        return here or any(state.text.strip() and not state.saving for state in others)

    def said(self) -> str:
        """What stands over the field."""
        return self._read.text()

    def lock(self, *, signed: bool) -> None:
        """A signed record takes no readings any more."""
        self.line.setEnabled(not signed)
        self._read.guide(not signed)
        self._placeholder()

    # amending

    def amend(self, reading: Reading) -> None:
        """Takes a kept reading into the line, to be replaced with a reason."""
        self._amending.amend(self._state, reading)

    def withdraw(self, reading: Reading) -> None:
        """Asks why a reading should no longer count."""
        self._amending.withdraw(self._state, reading)

    @Slot()
    def leave(self) -> None:
        """Escape: leaves off amending, or clears the line so that Up brings it back."""
        if self._state.amended is not None:
            self._amending.leave(self._state)
        elif self.line.text().strip():
            self._state.remember(self.line.text(), saved=False)
            self.line.setText("")
            self._say(tr("Cleared, not saved. Up brings it back."))
        self.line.setFocus()

    @Slot()
    def _placeholder(self) -> None:
        example = tr("132/84 78 98 16 m5 d0")
        locked = tr("signed and locked")
        self.line.setPlaceholderText(example if self.line.isEnabled() else locked)
        self._tick()

    @Slot(object)
    def _tick(self, _now: object = None) -> None:
        if self._state.amended is None:
            sent = self._state.attempted_at
            shown = clock(self._workplace.now() if sent is None else self._workplace.local(sent))
        elif self._state.withdrawing:
            shown = tr("withdraw")
        else:
            shown = tr("amend")
        self._time.setText(shown)

    # reading back

    def _parsed(self) -> ParsedLine:
        frame, amended = self._workplace.frame, self._state.amended
        return parse(
            self.line.text(),
            now=self._workplace.now(),
            rules=frame.rules if frame else None,
            previous=counted_from(self._standing, amended, self._state.just_kept),
            amended_at=amended.taken_at if amended is not None else None,
        )

    def _at(self, parsed: ParsedLine) -> datetime | None:
        """The reading's time on the clinic's clock, when it is another than now."""
        if not parsed.time_typed and self._state.amended is None:
            return None
        return self._workplace.local(parsed.taken_at)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._confirmed = ""
        self._state.typed(text)
        self._tick()
        self.line.mark(())
        set_look(self.line, invalid=False, attention=False)
        if not text.strip():
            self._recalled = ""
            self._say("")
            return
        self._read_back(self._parsed())

    def _read_back(self, parsed: ParsedLine, *, entered: bool = False) -> None:
        """What was understood, and under it what was not."""
        said = said_back(
            parsed,
            self.line.text(),
            at=self._at(parsed),
            recalled=self._recalled,
            entered=entered,
        )
        self.line.mark(said.marks)
        if said.attention:
            set_look(self.line, attention=True)
        self._say(said.understood, said.remark, tone=said.tone)
        self._read.show_saves(said.saves)

    # saving

    @Slot()
    def _enter(self) -> None:
        if self._session_id is None or self._state.saving or not self.line.text().strip():
            return
        parsed = None if self._state.withdrawing else self._parsed()
        if parsed is not None and not parsed.ok:
            self._read_back(parsed, entered=True)
            set_look(self.line, invalid=True)
            self._announce()
            self.line.setFocus()
        elif self._state.amended is not None and not self.reason.text().strip():
            self._say("", ask_why(withdrawing=self._state.withdrawing), tone="amber")
            self.reason.setFocus()
        elif parsed is not None and parsed.unusual and self._confirmed != self.line.text():
            self._confirmed = self.line.text()
            set_look(self.line, attention=True)
            again = tr("Enter once more saves it: {unusual}.", unusual=remarks(parsed.unusual))
            self._say(understood(parsed, at=self._at(parsed)), again, tone="amber")
            self._announce()
        else:
            self._save(parsed)

    def _save(self, parsed: ParsedLine | None) -> None:
        if self._session_id is not None:
            line, reason = self.line.text(), self.reason.text()
            self._sending.send(self._session_id, self._state, parsed, line=line, reason=reason)

    @Slot(object, object)
    def _on_kept(self, state: LineState, changes: Changes) -> None:
        """Only now is the reading in the file, and only now the line is emptied."""
        if state is self._state:
            had_keys = self.reason.hasFocus()
            rest = self.line.text().removeprefix(state.sending)
            aside = state.aside
            state.kept()
            if rest and aside.strip():
                state.remember(aside, saved=False)
            self._recalled = ""
            self.reason.setText("")
            self.line.setText(rest or aside)
            self._amending.show(self._state)
            if not self.line.text().strip():
                at = clock(self._workplace.local(changes.at))
                self._say(tr("saved {at}", at=at), tone="accent")
                self._announce()
            if had_keys:
                self.line.setFocus()
        else:
            state.text = state.text.removeprefix(state.sending) or state.aside
            state.kept()
        self.saved.emit(changes)

    @Slot(object, str, object)
    def _on_not_kept(self, state: LineState, said: str, error: KnownError | None) -> None:
        """What was typed stays; the reason stands beside it, or waits in its own session."""
        if state is self._state:
            state.typed(self.line.text())
            self._tick()
            self._say("", said, tone="red")
        else:
            state.trouble = said
        if error is not None and state is self._state:
            set_look(self.line, invalid=True)
            self._announce()
        elif error is not None:
            self._workplace.tell_error(error)

    @Slot(int)
    def _on_recalled(self, step: int) -> None:
        """Up and Down walk through what was sent or cleared, and back to what was being typed."""
        state = self._state
        if not state.earlier or state.amended is not None:
            return
        found = state.walk(step, self.line.text())
        self._recalled = (
            "" if found is None else recalled_words(found, last_saved=state.last_saved(found))
        )
        self.line.setText(state.typing if found is None else found.text)
        self._on_typed(self.line.text())

    def _say(self, first: str, second: str = "", *, tone: Tone = "muted") -> None:
        self._read.say(first, second, tone=tone)
        self.line.setAccessibleDescription(self.said())
        self.height_changed.emit()

    def _announce(self) -> None:
        event = QAccessibleEvent(self.line, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)
