"""What is said beside the entry line: what was understood, and what is wrong or unusual in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from ketadesk.domain.reading_line import ParsedLine, Problem
from ketadesk.domain.readings import Reading, ReadingDraft, Vitals
from ketadesk.domain.unfinished_line import settled
from ketadesk.i18n import tr
from ketadesk.ui.session import words
from ketadesk.ui.session.line_state import Earlier
from ketadesk.ui.theme import Tone
from ketadesk.ui.words import clock


class SaidBack(NamedTuple):
    """What was understood and what is remarked on it; `marks` are what is not understood."""

    understood: str
    remark: str = ""
    tone: Tone = "muted"
    marks: tuple[Problem, ...] = ()
    attention: bool = False
    saves: bool = False
    """Whether Enter would save now."""


def said_back(
    parsed: ParsedLine, text: str, *, at: datetime | None, recalled: str, entered: bool
) -> SaidBack:
    """An unfinished word is no problem yet, unless Enter was pressed; `at` as in `understood`."""
    taken = understood(parsed, at=at)
    wrong = tuple(one for one in parsed.problems if entered or one.code != "line_empty")
    unusual = parsed.unusual
    if not entered:
        wrong, unusual = settled(wrong, text), settled(unusual, text)
    if wrong:
        said = words.coded(wrong[0].code, wrong[0].values)
        return SaidBack(taken, said, "red", marks=wrong)
    if unusual:
        return SaidBack(taken, remarks(unusual), "amber", attention=True)
    saves = parsed.ok and not parsed.unusual
    return SaidBack(taken, recalled, "amber" if recalled else "muted", saves=saves)


def understood(parsed: ParsedLine, *, at: datetime | None) -> str:
    """The values that were read, with their time on the clinic's clock when it is not now."""
    said = words.reading(parsed.vitals)
    return said if at is None else tr("at {at}: {reading}", at=clock(at), reading=said)


def remarks(unusual: Sequence[Problem]) -> str:
    """Every one of them: what is not named is saved unseen."""
    return "; ".join(words.coded(one.code, one.values) for one in unusual)


def ask_why(*, withdrawing: bool) -> str:
    """Asks for the reason without which nothing is amended."""
    if withdrawing:
        return tr("Say why this reading is withdrawn, then Enter.")
    return tr("Say why this reading is amended, then Enter.")


def recalled_words(found: Earlier, *, last_saved: bool) -> str:
    """What a line is that Up brought back: never an amendment."""
    if not found.saved:
        return tr("cleared before, not saved yet")
    if last_saved:
        return tr("last reading again, not an amendment")
    return tr("an earlier reading again, not an amendment")


def counted_from(
    standing: Sequence[Reading], amended: Reading | None, just_kept: ReadingDraft | None
) -> Vitals | None:
    """What a jump is counted from: never from the reading that is being corrected.

    A line may be typed before the record shows the one that was saved a moment ago.
    """
    if (
        amended is None
        and just_kept is not None
        and just_kept.vitals.measured
        and all(
            one.uuid != just_kept.uuid and one.taken_at <= just_kept.taken_at for one in standing
        )
    ):
        return just_kept.vitals
    before = [
        one.vitals
        for one in standing
        if one.vitals.measured
        and (amended is None or (one.id != amended.id and one.taken_at <= amended.taken_at))
    ]
    return before[-1] if before else None
