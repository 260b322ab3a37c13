"""Visits that did not happen, by who gave them up and why, month by month."""

from dataclasses import dataclass

from PySide6.QtWidgets import QHeaderView, QWidget

from ketadesk.domain.missed import MissedCount, MissedReport
from ketadesk.i18n import tr
from ketadesk.services import missed
from ketadesk.ui import words
from ketadesk.ui.table_file import TableFile
from ketadesk.ui.widgets.list_dialog import ListDialog
from ketadesk.ui.widgets.rows_model import Column, RowsModel
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace

KEY = "Shift+X"


@dataclass(frozen=True)
class Line:
    """One line of the report: what it counts, and how many in each month and in all."""

    what: str
    why: str
    numbers: tuple[str, ...]


class MissedDialog(ListDialog):
    """The last months side by side, the most frequent reasons first; all of them at the end."""

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        title = tr("Cancelled and missed")
        super().__init__(parent, name="missed_dialog", title=title, size=(900, 560))
        self._workplace = workplace
        self.table = Table(name=title)
        self.table.setObjectName("missed_table")
        self.middle.addWidget(self.table, 1)
        table_file = TableFile(workplace, self.table, suggestion=lambda: "missed.csv", parent=self)
        self.foot.addWidget(table_file.button())

    def show_report(self) -> None:
        """Opens with the months up to today."""
        today = self._workplace.today()
        self._workplace.desk.ask(
            lambda db: missed.report(db, today), receiver=self, done=self._show, key="missed"
        )
        self.show_wide()
        self.table.setFocus()

    def _show(self, report: MissedReport) -> None:
        months = [words.month(one.month, short=True) for one in report.months]
        columns = [
            Column[Line](tr("What"), lambda one: one.what, strong=True),
            Column[Line](tr("Why"), lambda one: one.why),
            *(_number(title, place) for place, title in enumerate([*months, tr("All")])),
        ]
        model = RowsModel[Line](columns, key=lambda one: (one.what, one.why), parent=self)
        self.table.setModel(model)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        model.show(lines(report))
        self.table.selectRow(0)
        self.about.setText(
            tr(
                "{missed} of {booked} visits booked in these months did not happen. "
                "What was booked by mistake is not counted.",
                missed=sum(report.by_month),
                booked=sum(report.booked),
            )
        )


def lines(report: MissedReport) -> list[Line]:
    """The report as it is read: a line a reason, then all, then their share of what was booked."""
    counted = [_line(one) for one in report.counts]
    every = (*report.by_month, sum(report.by_month))
    booked = (*report.booked, sum(report.booked))
    shares = tuple(
        f"{100 * number / of:.0f} %" if of else "–"
        for number, of in zip(every, booked, strict=True)
    )
    return [
        *counted,
        Line(tr("all"), "", tuple(str(number) for number in every)),
        Line(tr("of all booked"), "", shares),
    ]


def _line(one: MissedCount) -> Line:
    numbers = tuple(str(number or "–") for number in (*one.by_month, one.total))
    return Line(words.word(one.status), words.word(one.reason) if one.reason else "", numbers)


def _number(title: str, place: int) -> Column[Line]:
    return Column[Line](title, lambda one: one.numbers[place])
