"""What an import would do: the first rows as read, who is refused, who is there, who resembles."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTabWidget, QVBoxLayout, QWidget

from ketadesk.domain.errors import Refused
from ketadesk.domain.importing.source import ImportReport
from ketadesk.i18n import tr
from ketadesk.services.importing.preview import Preview, PreviewRow
from ketadesk.ui import theme, words
from ketadesk.ui.patients.identity import language_word
from ketadesk.ui.patients.import_words import known_word, like_word
from ketadesk.ui.patients.text_rows import TextRows
from ketadesk.ui.widgets.table import Table

MOST_SHOWN = 500
LINE_WIDTH = 58
READ_WIDTHS = {2: 110, 3: 122, 4: 92, 5: 90}
LEAST_NAME = 150
GIVE_WAY = (5, 4)
"""Language and record number leave first where the name would be cut."""


class ImportFindings(QWidget):
    """Four lists in tabs, each with its number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read = TextRows(
            (tr("Line"), tr("Name"), tr("Born"), tr("Phone"), tr("Record"), tr("Reads")), strong=1
        )
        self._refused = TextRows((tr("Line"), tr("Why"), tr("The row")))
        self._known = TextRows((tr("Line"), tr("Name"), tr("What it is")), strong=1)
        self._alike = TextRows((tr("Line"), tr("Name"), tr("Resembles"), tr("Has")), strong=1)
        self._titles = (
            tr("As they are read"),
            tr("Refused"),
            tr("Already there"),
            tr("Look at these"),
        )
        self._tabs = QTabWidget()
        self._tabs.setObjectName("import_findings")
        models = (self._read, self._refused, self._known, self._alike)
        for title, model in zip(self._titles, models, strict=True):
            widths = READ_WIDTHS if model is self._read else {}
            self._tabs.addTab(_table(title, model, widths), title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._tabs)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name of who would be added keeps its room."""
        super().resizeEvent(event)
        table, shown = self._tabs.widget(0), {0: LINE_WIDTH, **READ_WIDTHS}
        for column in GIVE_WAY:
            if theme.px(sum(shown.values()) + LEAST_NAME) > event.size().width():
                del shown[column]
        if isinstance(table, Table):
            for column in READ_WIDTHS:
                table.setColumnHidden(column, column not in shown)

    def show_preview(self, preview: Preview) -> None:
        """The first rows, and what would become of all of them."""
        self._tabs.setCurrentIndex(0)
        self._read.show([_read_row(row) for row in preview.rows])
        self.show_report(preview.report)

    def show_report(self, report: ImportReport | None) -> None:
        """What became, or would become, of every row."""
        refused = report.refused if report else ()
        known = report.known if report else ()
        alike = report.look_at if report else ()
        self._refused.show(
            [
                (
                    str(row.line),
                    _why(row.code, row.values),
                    " · ".join(filter(None, row.row.values)),
                )
                for row in refused[:MOST_SHOWN]
            ]
        )
        self._known.show(
            [(str(row.line), row.patient, known_word(row)) for row in known[:MOST_SHOWN]]
        )
        self._alike.show(
            [(str(row.line), row.patient, row.other, like_word(row)) for row in alike[:MOST_SHOWN]]
        )
        for index, number in enumerate((len(refused), len(known), len(alike)), start=1):
            title = self._titles[index]
            self._tabs.setTabText(index, f"{title} {number:,}" if number else title)


def _why(code: str, values) -> str:
    return words.refusal(Refused(code, **values))


def _read_row(row: PreviewRow) -> tuple[str, ...]:
    draft = row.draft
    if draft is None:
        why = words.refusal(row.refused) if row.refused else ""
        return (str(row.line), tr("refused: {why}", why=why), "–", "–", "–", "–")
    return (
        str(row.line),
        f"{draft.given_name} {draft.family_name}".strip(),
        words.date_text(draft.birth_date, short=True) if draft.birth_date else "–",
        draft.phone or "–",
        draft.record_number or "–",
        language_word(draft.written_language),
    )


def _table(name: str, model: TextRows, widths: dict[int, int]) -> Table:
    table = Table(name=name)
    table.setModel(model)
    header = table.horizontalHeader()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    for column, width in {0: LINE_WIDTH, **widths}.items():
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        table.setColumnWidth(column, theme.px(width))
    return table
