"""The one line in which readings are typed: read back while typing, saved by Enter.

It never loses what was typed: the line is emptied only when the clinic file has the reading.
"""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import SessionId
from ketadesk.domain.reading_line import ParsedLine, parse
from ketadesk.domain.readings import Reading, ReadingDraft, Vitals
from ketadesk.i18n import tr
from ketadesk.services import recording
from ketadesk.ui import theme
from ketadesk.ui.session import words
from ketadesk.ui.session.entry_field import EntryField
from ketadesk.ui.session.line_text import written
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.theme import Tone
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.key_hint import KeyHint
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.words import clock
from ketadesk.ui.workplace import Workplace

REMEMBERED = 50


def _unusual(parsed: ParsedLine) -> str:
    """The first two remarks; more than that nobody reads."""
    return "; ".join(words.coded(one.code, one.values) for one in parsed.unusual[:2])


class EntryLine(QFrame):
    """Signals: `saved(Changes)` when a reading is in the file; `left()` on Escape."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._workplace = workplace
        self._session_id: SessionId | None = None
        self._previous: Vitals | None = None
        self._amended: Reading | None = None
        self._withdrawing = False
        self._confirmed = ""
        self._attempt: tuple[tuple[str, ...], Stamp, ReadingDraft] | None = None
        self._saving = False
        self._sending = ""
        self._sent: list[str] = []
        self._recall = 0
        self._build()
        workplace.ticked.connect(self._tick)
        workplace.desk.failed.connect(self._on_failed)

    def _build(self) -> None:
        self._time = Label("", size="body", strong=True)
        self.line = EntryField()
        self.reason = QLineEdit()
        self.reason.setObjectName("entry_reason")
        self.reason.setAccessibleName(tr("Why the reading is amended"))
        self.reason.setPlaceholderText(tr("why"))
        self.reason.setMaxLength(200)
        self.reason.hide()
        self._first = Label("", size="note", tone="muted", wrap=True)
        self._brief = ElidedLabel("", size="note", tone="muted")
        self._second = Label("", size="note", tone="muted", wrap=True)
        for label, name in ((self._first, "entry_said"), (self._second, "entry_said_more")):
            label.setObjectName(name)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint, self._hint_words = (
            KeyHint("Enter"),
            Label(tr("saves"), size="note", tone="muted"),
        )
        for part in (self._hint, self._hint_words):
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            part.setSizePolicy(policy)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._first)
        said.addWidget(self._brief)
        said.addWidget(self._second)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 2, 14, 2)
        row.setSpacing(10)
        row.addWidget(self._time)
        row.addWidget(self.line, 5)
        row.addWidget(self.reason, 2)
        row.addLayout(said, 5)
        row.addWidget(self._hint)
        row.addWidget(self._hint_words)
        self.setFixedHeight(theme.px(58))
        self.line.textChanged.connect(self._on_typed)
        self.line.entered.connect(self._enter)
        self.line.recalled.connect(self._on_recalled)
        self.line.left.connect(self._on_left)
        self.reason.returnPressed.connect(self._enter)
        self._placeholder()
        self._say("", "")

    def set_session(self, session_id: SessionId, previous: Vitals | None) -> None:
        """Which session the readings belong to, and what was read last."""
        if session_id != self._session_id:
            self._session_id = session_id
            self._sent = []
            self.cancel()
            self.line.clear()
        self._previous = previous

    def empty(self) -> bool:
        return not self.line.text().strip() and self._amended is None

    def said(self) -> str:
        """What stands beside the field."""
        understood = self._first.text() or self._brief.full_text()
        return f"{understood} {self._second.text()}".strip()

    def amend(self, reading: Reading) -> None:
        """Takes a kept reading into the line, to be replaced with a reason."""
        self._begin_amending(reading, withdrawing=False)
        self.line.setText(written(reading.vitals, self._workplace.local(reading.taken_at)))
        self.line.setFocus()
        self.line.selectAll()

    def withdraw(self, reading: Reading) -> None:
        """Asks why a reading should no longer count."""
        self._begin_amending(reading, withdrawing=True)
        self.line.setText(written(reading.vitals, self._workplace.local(reading.taken_at)))
        self.reason.setFocus()

    def cancel(self) -> None:
        """Leaves off amending."""
        self._amended, self._withdrawing = None, False
        self.reason.hide()
        self.reason.clear()
        self.line.setReadOnly(False)
        self._placeholder()

    def _begin_amending(self, reading: Reading, *, withdrawing: bool) -> None:
        self._amended, self._withdrawing = reading, withdrawing
        self.line.setReadOnly(withdrawing)
        self.reason.clear()
        self.reason.show()
        self._placeholder()

    def lock(self, *, signed: bool) -> None:
        """A signed record takes no readings any more."""
        self.line.setEnabled(not signed)
        self._placeholder()

    def _placeholder(self) -> None:
        example = tr("132/84 78 98 16 m5 d0")
        locked = tr("signed and locked")
        self.line.setPlaceholderText(example if self.line.isEnabled() else locked)
        self._tick()

    @Slot(object)
    def _tick(self, _now: object = None) -> None:
        if self._amended is None:
            shown = clock(self._workplace.now())
        elif self._withdrawing:
            shown = tr("withdraw")
        else:
            shown = tr("amend")
        self._time.setText(shown)

    def _parsed(self) -> ParsedLine:
        frame = self._workplace.frame
        return parse(
            self.line.text(),
            now=self._workplace.now(),
            rules=frame.rules if frame else None,
            previous=self._previous,
        )

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._confirmed = ""
        self.line.mark(())
        set_look(self.line, invalid=False)
        if not text.strip():
            self._say("", "")
            return
        parsed = self._parsed()
        self._read_back(parsed)

    def _read_back(self, parsed: ParsedLine, *, entered: bool = False) -> None:
        """What was understood, and under it what was not; an unfinished line is no problem yet."""
        understood = words.reading(parsed.vitals)
        if parsed.time_typed:
            at = clock(self._workplace.local(parsed.taken_at))
            understood = tr("at {at}: {reading}", at=at, reading=understood)
        real = [one for one in parsed.problems if entered or one.code != "line_empty"]
        if real:
            self.line.mark(tuple(real))
            self._say(understood, words.coded(real[0].code, real[0].values), tone="red")
        elif parsed.unusual:
            self._say(understood, _unusual(parsed), tone="amber")
        else:
            self._say(understood, "")
            self._show_hint(True)

    @Slot()
    def _enter(self) -> None:
        if self._session_id is None or self._saving or not self.line.text().strip():
            return
        if self._withdrawing:
            self._save(None)
            return
        parsed = self._parsed()
        if not parsed.ok:
            self._read_back(parsed, entered=True)
            set_look(self.line, invalid=True)
            self._announce()
            return
        if parsed.unusual and self._confirmed != self.line.text():
            self._confirmed = self.line.text()
            again = tr("{unusual}. Enter once more saves it.", unusual=_unusual(parsed))
            self._say(words.reading(parsed.vitals), again, tone="amber")
            self._announce()
            return
        self._save(parsed)

    def _save(self, parsed: ParsedLine | None) -> None:
        if self._amended is not None and not self.reason.text().strip():
            self._say(tr("Say why this reading is amended."), "", tone="amber")
            self.reason.setFocus()
            return
        session_id = self._session_id
        if session_id is None:
            return
        stamp, draft = self._prepare(parsed)
        amending = self._amended is not None
        self._saving = True
        self._sending = self.line.text()
        write = recording.amend_reading if amending else recording.record_reading
        self._workplace.desk.do(
            lambda db: write(db, stamp, session_id, draft),
            initiator=self,
            done=self._on_saved,
            refused=self._on_refused,
        )

    def _prepare(self, parsed: ParsedLine | None) -> tuple[Stamp, ReadingDraft]:
        """The draft of this very line: sent again after a failure it is still the same draft."""
        amended = self._amended
        key = (self.line.text(), self.reason.text(), str(amended.id if amended else ""))
        if self._attempt is not None and self._attempt[0] == key:
            return self._attempt[1], self._attempt[2]
        if parsed is None:
            assert amended is not None
            taken_at, vitals = amended.taken_at, amended.vitals
        else:
            taken_at, vitals = parsed.taken_at, parsed.vitals
        draft = ReadingDraft(
            taken_at=taken_at,
            vitals=vitals,
            amends_id=amended.id if amended else None,
            amend_reason=self.reason.text().strip() if amended else "",
            withdrawn=self._withdrawing,
        )
        self._attempt = (key, self._workplace.desk.stamp(), draft)
        return self._attempt[1], self._attempt[2]

    def _on_saved(self, changes: Changes) -> None:
        """Only now is the reading in the file, and only now the line is emptied."""
        self._saving = False
        self._attempt = None
        if self._amended is None:
            self._sent = [*self._sent[-REMEMBERED:], self._sending]
        self._recall = len(self._sent)
        self.cancel()
        self.line.setText(self.line.text().removeprefix(self._sending))
        at = clock(self._workplace.local(changes.at))
        self._say(tr("saved {at}", at=at), "", tone="accent")
        self._announce()
        self.line.setFocus()
        self.saved.emit(changes)

    def _on_refused(self, error: KnownError) -> None:
        """What was typed stays; the reason stands beside it."""
        self._release()
        self._say("", words.coded(error.code, error.values), tone="red")
        set_look(self.line, invalid=True)
        self._announce()

    @Slot(object)
    def _on_failed(self, _error: object) -> None:
        if self._saving:
            self._release()
            self._say("", tr("Not saved. What you typed is still here."), tone="red")

    def _release(self) -> None:
        self._saving = False

    @Slot(int)
    def _on_recalled(self, step: int) -> None:
        """Up and Down walk through what was sent before."""
        if not self._sent or self._amended is not None:
            return
        self._recall = min(max(self._recall + step, 0), len(self._sent))
        recalled = self._sent[self._recall] if self._recall < len(self._sent) else ""
        self.line.setText(recalled)

    @Slot()
    def _on_left(self) -> None:
        if self._amended is not None:
            self.cancel()
            self.line.clear()
        else:
            self.left.emit()

    def _say(self, first: str, second: str, *, tone: Tone = "muted") -> None:
        """What was understood has two lines for itself, or one when there is more to say."""
        self._first.setText("" if second else first)
        self._brief.setText(first if second else "")
        self._second.setText(second)
        self._first.set_tone(tone)
        self._second.set_tone(tone)
        self._first.setVisible(not second)
        self._brief.setVisible(bool(first and second))
        self._second.setVisible(bool(second))
        self._show_hint(False)
        self.line.setAccessibleDescription(self.said())

    def _show_hint(self, shown: bool) -> None:
        self._hint.setVisible(shown)
        self._hint_words.setVisible(shown)

    def _announce(self) -> None:
        event = QAccessibleEvent(self.line, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)
