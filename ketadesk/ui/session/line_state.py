"""What belongs to one session's entry line while another session is on the screen."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from ketadesk.domain.changes import Stamp
from ketadesk.domain.reading_line import ParsedLine
from ketadesk.domain.readings import Reading, ReadingDraft

REMEMBERED = 50


@dataclass(frozen=True)
class Attempt:
    """A line that was sent, until it is known to be in the file or is given up."""

    line: str
    reason: str
    amends: int | None
    stamp: Stamp
    draft: ReadingDraft


@dataclass(frozen=True)
class Earlier:
    """A line that was typed before: in the file already, or cleared without being saved."""

    text: str
    saved: bool


@dataclass
class LineState:
    """A session's own draft and its memory, for as long as the program runs.

    `aside` is what stood in the line before a reading was amended in it; `trouble` what became of
    the line while the nurse was at another chair.
    """

    text: str = ""
    reason: str = ""
    amended: Reading | None = None
    withdrawing: bool = False
    aside: str = ""
    saving: bool = False
    sending: str = ""
    trouble: str = ""
    earlier: list[Earlier] = field(default_factory=list)
    place: int = 0
    """Where Up and Down stand in `earlier`; at its end stands what is being typed."""
    typing: str = ""
    just_kept: ReadingDraft | None = None
    """The reading that is in the file, until the session's record shows it."""
    _attempt: Attempt | None = None

    @property
    def attempted_at(self) -> datetime | None:
        """The time that Enter would keep for the line that was sent and may not be in the file."""
        if self._attempt is None or self._attempt.amends is not None or self.saving:
            return None
        return self._attempt.draft.taken_at

    def typed(self, text: str) -> None:
        """Whatever else stands in the line now is another reading, at another time."""
        if self._attempt is not None and not self.saving and text != self._attempt.line:
            self._attempt = None

    def give_up(self) -> None:
        """Whoever refused wrote nothing: Enter begins anew."""
        self._attempt = None

    def remember(self, text: str, *, saved: bool) -> None:
        """Keeps a line for Up."""
        known = Earlier(text, saved)
        self.earlier = [one for one in self.earlier[-REMEMBERED:] if one != known] + [known]
        self.place, self.typing = len(self.earlier), ""

    def walk(self, step: int, typed: str) -> Earlier | None:
        """One step back or forth; None at the end, where `typing` is what was being typed."""
        if self.place >= len(self.earlier):
            self.typing = typed
        self.place = min(max(self.place + step, 0), len(self.earlier))
        return self.earlier[self.place] if self.place < len(self.earlier) else None

    def last_saved(self, line: Earlier) -> bool:
        """Whether this is the newest of the lines that are in the file."""
        saved = [one for one in self.earlier if one.saved]
        return bool(saved) and line == saved[-1]

    def prepare(
        self, parsed: ParsedLine | None, *, line: str, reason: str, stamp: Stamp
    ) -> tuple[Stamp, ReadingDraft]:
        """The draft of this very line: sent again after a failure it is still the same draft.

        Sent again by another person it carries their stamp: the file knows a draft it has.
        """
        amended = self.amended
        amends = amended.id if amended else None
        again = self._attempt
        if again is not None and (again.line, again.reason, again.amends) == (line, reason, amends):
            if again.stamp.staff_id != stamp.staff_id:
                again = self._attempt = replace(again, stamp=stamp)
            return again.stamp, again.draft
        if parsed is None:
            assert amended is not None
            taken_at, vitals = amended.taken_at, amended.vitals
        else:
            taken_at, vitals = parsed.taken_at, parsed.vitals
        draft = ReadingDraft(
            taken_at=taken_at,
            vitals=vitals,
            amends_id=amends,
            amend_reason=reason.strip() if amended else "",
            withdrawn=self.withdrawing,
        )
        self._attempt = Attempt(line, reason, amends, stamp, draft)
        return stamp, draft

    def kept(self) -> None:
        """The line is in the file."""
        draft = self._attempt.draft if self._attempt is not None else None
        self.saving, self._attempt = False, None
        if self.amended is None:
            self.just_kept = draft
            self.remember(self.sending, saved=True)
        self.leave_amending()

    def leave_amending(self) -> None:
        """From now on the line is a new reading's again."""
        self.amended, self.withdrawing, self.reason, self.aside = None, False, "", ""
