"""How a session shares the window: the page of a step over the line, the side panel beside them."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ketadesk.ui import theme
from ketadesk.ui.session.events_panel import WIDTH as SIDE_WIDTH
from ketadesk.ui.session.read_back import ROOMY
from ketadesk.ui.widgets.hairline import Hairline


class PageRooms(QWidget):
    """One page at a time; the side is as wide as the text needs, and gives way to forms."""

    def __init__(
        self,
        *,
        checklist: QWidget,
        order: QWidget,
        chart: QWidget,
        bottom: QWidget,
        side: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chart_room = _scrolling(chart)
        self._rooms = {"checklist": checklist, "order": _scrolling(order)}
        self._pages = QStackedWidget()
        for page in (*self._rooms.values(), self._chart_room):
            self._pages.addWidget(page)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._pages, 1)
        left.addWidget(Hairline())
        left.addWidget(bottom)
        body = QHBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(left, 1)
        self._side_line = Hairline(upright=True)
        body.addWidget(self._side_line)
        self._side = _scrolling(side)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setFixedWidth(_side_width())
        body.addWidget(self._side)

    def show_page(self, page: str) -> None:
        """One of "checklist" and "order"; whatever else is the chart."""
        self._pages.setCurrentWidget(self._rooms.get(page, self._chart_room))
        self._share_width()

    def on_page(self, widget: QWidget) -> bool:
        """Whether this widget is on the page that is up, rather than below or beside it."""
        page = self._pages.currentWidget()
        return page is not None and page.isAncestorOf(widget)

    def changeEvent(self, event: QEvent) -> None:
        """Keeps the side as wide as the text needs."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_side"):
            self._share_width()

    def _share_width(self) -> None:
        """With large text the forms before the start need the room of the side."""
        self._side.setFixedWidth(_side_width())
        on_chart = self._pages.currentWidget() is self._chart_room
        shown = on_chart or theme.current_scale() <= ROOMY
        self._side.setVisible(shown)
        self._side_line.setVisible(shown)


def _side_width() -> int:
    """Grows with the text, but leaves most of the room to the strip."""
    return min(theme.px(SIDE_WIDTH), round(SIDE_WIDTH * 1.44))


def _scrolling(inner: QWidget) -> QScrollArea:
    """Room that scrolls only when large text needs more than there is."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(inner)
    return made
