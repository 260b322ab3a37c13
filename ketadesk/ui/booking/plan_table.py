"""A planned course as a list: each visit with its day, place and verdict, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QHeaderView, QWidget

from ketadesk.domain.course_plan import CoursePlan, Proposal, Verdict
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.booking import fit_words
from ketadesk.ui.widgets.rows_model import Column, Look, RowsModel
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace

STANDS, WHY = 3, 4


@dataclass(frozen=True)
class PlanRow:
    """One number of the course, in words; without a verdict it is to be cancelled."""

    number: int
    when: str
    chair: str
    verdict: Verdict | None
    why: str
    before: str = ""
    fixed: bool = False


def rows_of(
    workplace: Workplace, plan: CoursePlan, before: Mapping[int, str] | None = None
) -> tuple[PlanRow, ...]:
    """The plan as rows; `before` says when a visit is now, by number."""
    return tuple(_row(workplace, one, (before or {}).get(one.number, "")) for one in plan.proposals)


def _row(workplace: Workplace, one: Proposal, before: str) -> PlanRow:
    place = one.place
    day = words.day(one.day, short=True)
    return PlanRow(
        number=one.number,
        when=day if place is None else fit_words.when_text(workplace, place),
        chair="" if place is None else fit_words.chair_text(workplace, place),
        verdict=one.verdict,
        why=_why(workplace, one),
        before=before,
        fixed=one.fixed,
    )


def _why(workplace: Workplace, one: Proposal) -> str:
    """What speaks against it, what it goes without, and why it is not earlier."""
    parts = [fit_words.sentences(one.objections), fit_words.missed_text(one.missed)]
    if one.skipped and one.verdict in (Verdict.MOVED, Verdict.IMPOSSIBLE):
        parts.append(fit_words.not_then_text(workplace, one.skipped[0]))
    if one.fixed:
        parts.append(tr("chosen by hand"))
    return " · ".join(part for part in parts if part)


def verdict_word(row: PlanRow) -> str:
    """What is said of a row."""
    if row.verdict is None:
        return tr("cancelled")
    return {
        Verdict.OK: tr("ok"),
        Verdict.MOVED: tr("moved"),
        Verdict.IMPOSSIBLE: tr("impossible"),
        Verdict.KEPT: tr("stays"),
    }[row.verdict]


def _look(row: PlanRow) -> Look:
    if row.verdict is None:
        return Look("red", "calendar-x")
    return {
        Verdict.OK: Look("accent", "check"),
        Verdict.MOVED: Look("amber", "calendar-days"),
        Verdict.IMPOSSIBLE: Look("red", "triangle-alert"),
        Verdict.KEPT: Look("muted"),
    }[row.verdict]


class PlanTable(Table):
    """The rows, with a column for when they are now where `changes` are previewed."""

    def __init__(self, name: str, *, changes: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name=tr("Plan"), parent=parent)
        self.setObjectName(name)
        first = Column[PlanRow](tr("No."), lambda row: str(row.number))
        now = Column[PlanRow](tr("Now"), lambda row: row.before or "–", tone="muted")
        rest = (
            Column[PlanRow](tr("Then") if changes else tr("When"), lambda r: r.when, strong=True),
            Column[PlanRow](tr("Chair"), lambda row: row.chair or "–"),
            Column[PlanRow](tr("Stands"), verdict_word, look=_look),
            Column[PlanRow](tr("Why"), lambda row: row.why, tone="muted", tip=lambda row: row.why),
        )
        self.rows = RowsModel[PlanRow](
            (first, now, *rest) if changes else (first, *rest),
            key=lambda row: row.number,
            parent=self,
        )
        self.setModel(self.rows)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(rest) + changes, QHeaderView.ResizeMode.Stretch)

    def number(self) -> int | None:
        """The visit that is chosen."""
        row = self.rows.row_at(self.currentIndex())
        return None if row is None else row.number
