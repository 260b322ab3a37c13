"""The strip over the table of its readings; choosing a reading in one shows it in the other."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from ketadesk.domain.ids import ReadingId, SessionId
from ketadesk.domain.session_record import SessionRecord
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.session.readings_table import ReadingsTable
from ketadesk.ui.session.strip import ROOMY, Strip
from ketadesk.ui.session.strip_story import reading_rows, strip_data
from ketadesk.ui.workplace import Workplace

TABLE_HEIGHT = 200
"""Room for the titles and six readings; the splitter above it gives more."""

LEAST_TABLE = 108
"""The titles and three readings, whatever the window leaves."""

LEAST_WITH_LARGE_TEXT = 80
"""The titles and two readings: it scrolls, the strip cannot."""


class Chart(QSplitter):
    """`strip` and `table`; the table says what is to be amended."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._workplace = workplace
        self._record: SessionRecord | None = None
        self._session_id: SessionId | None = None
        self.strip = Strip(name=tr("Strip of the session"))
        self.table = ReadingsTable(workplace.local)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(5)
        self.addWidget(self.strip)
        self.addWidget(self.table)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self._share_height()
        self.table.row_chosen.connect(self._on_row)
        self.strip.point_chosen.connect(self._on_point)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "table"):
            self._share_height()

    def _share_height(self) -> None:
        """The table gets what six readings need, with large text two; the strip all the rest."""
        roomy = theme.current_scale() <= ROOMY
        self.table.setMinimumHeight(theme.px(LEAST_TABLE if roomy else LEAST_WITH_LARGE_TEXT))
        self.setSizes([theme.px(2000), theme.px(TABLE_HEIGHT if roomy else LEAST_WITH_LARGE_TEXT)])

    def show_record(self, record: SessionRecord) -> None:
        """Another session begins with nothing chosen."""
        if self._session_id != record.session.id:
            self._session_id = record.session.id
            self.table.clearSelection()
            self.strip.choose(None)
        self._record = record
        rows = reading_rows(record, self._workplace)
        self.table.show_rows(rows, locked=record.session.signed)
        self.show_time()

    def show_time(self) -> None:
        """The strip as it is now."""
        if self._record is not None:
            self.strip.show_data(strip_data(self._record, self._workplace))

    def _drawn(self) -> list[ReadingId]:
        record = self._record
        standing = () if record is None else record.standing_readings
        return [kept.id for kept in standing if kept.vitals.measured]

    @Slot(int)
    def _on_point(self, index: int) -> None:
        """The table shows which reading the strip reads out."""
        if self.strip.hasFocus():
            self.table.choose(self._drawn()[index])

    @Slot(object)
    def _on_row(self, reading_id: ReadingId) -> None:
        if self.table.hasFocus():
            drawn = self._drawn()
            self.strip.choose(drawn.index(reading_id) if reading_id in drawn else None)
