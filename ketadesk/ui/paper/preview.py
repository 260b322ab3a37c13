"""The sheet as it will lie on paper: the PDF's own pixels, at the screen's own resolution."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ketadesk.paper.raster import PageImage
from ketadesk.ui import theme

Fit = Literal["page", "width"]
MARGIN = 16
GAP = 12
WIDEST = 1000
"""Wider than this a page is read like a poster; more room stays empty."""
SCROLL_BAR = 12
RESIZE_MILLISECONDS = 90
WAIT_MILLISECONDS = 120
"""A sheet comes in a few hundredths of a second; dimming at once would only flicker."""
DIMMED = 0.4
LETTER_SHAPE = 8.5 / 11


def picture(page: PageImage) -> QImage:
    """A page as Qt draws it; keeps its own copy of the pixels."""
    image = QImage(page.rgb, page.width, page.height, page.stride, QImage.Format.Format_RGB888)
    return image.copy()


class Preview(QScrollArea):
    """`width_wanted(pixels)` when pages are needed at another width, in the screen's pixels."""

    width_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet_preview")
        self._fit: Fit = "page"
        self._sheet = _Pages()
        self.setWidget(self._sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(RESIZE_MILLISECONDS)
        self._resized.timeout.connect(self._ask_for_width)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(WAIT_MILLISECONDS)
        self._waiting.timeout.connect(self._dim)

    def fit(self) -> Fit:
        return self._fit

    def set_fit(self, fit: Fit) -> None:
        """Whole page, or as wide as there is room."""
        self._fit = fit
        self._lay_out()
        self._ask_for_width()

    def pixel_width(self) -> int:
        """How wide a page is to be drawn, in the screen's own pixels."""
        return round(self._page_width() * self.devicePixelRatioF())

    def wait(self) -> None:
        """Another sheet is on its way: what is shown is no longer it."""
        if not self._waiting.isActive() and not self._sheet.dimmed:
            self._waiting.start()

    def is_dimmed(self) -> bool:
        return self._sheet.dimmed

    def show_pages(self, pages: Sequence[PageImage], *, name: str) -> None:
        """Shows a sheet; `name` is what a screen reader calls it."""
        self._waiting.stop()
        self._sheet.dimmed = False
        self._sheet.pages = [picture(page) for page in pages]
        self._sheet.setAccessibleName(name)
        self.setAccessibleName(name)
        self._lay_out()
        if pages and pages[0].width != self.pixel_width():
            self._resized.start()

    def pages(self) -> list[QImage]:
        """What is shown, page by page."""
        return list(self._sheet.pages)

    def page_rectangles(self) -> list[QRect]:
        """Where the pages lie on the scrolled area, in logical pixels."""
        return list(self._sheet.places)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self._resized.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._resized.start()

    def _dim(self) -> None:
        self._sheet.dimmed = True
        self._sheet.update()

    def _ask_for_width(self) -> None:
        pages = self._sheet.pages
        if pages and pages[0].width() != self.pixel_width():
            self.width_wanted.emit(self.pixel_width())

    def _shape(self) -> float:
        pages = self._sheet.pages
        return pages[0].width() / pages[0].height() if pages else LETTER_SHAPE

    def _page_width(self) -> int:
        """Never from the viewport: scroll bars that come and go would make it swing."""
        across = min(self.width() - 2 * MARGIN - SCROLL_BAR, WIDEST)
        if self._fit == "page":
            across = min(across, int((self.height() - 2 * MARGIN) * self._shape()))
        return max(across, 50)

    def _lay_out(self) -> None:
        width = self._page_width()
        top = MARGIN
        places = []
        for page in self._sheet.pages:
            height = round(width * page.height() / page.width())
            places.append(QRect(0, top, width, height))
            top += height + GAP
        self._sheet.places = places
        self._sheet.setFixedSize(QSize(width, top - GAP + MARGIN if places else 1))
        self._sheet.update()


class _Pages(QWidget):
    """The paper itself, pages one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[QImage] = []
        self.places: list[QRect] = []
        self.dimmed = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(DIMMED if self.dimmed else 1.0)
        ratio = self.devicePixelRatioF()
        for page, place in zip(self.pages, self.places, strict=True):
            if not place.intersects(event.rect()):
                continue
            if page.width() == round(place.width() * ratio):
                page.setDevicePixelRatio(ratio)
                painter.drawImage(place.topLeft(), page)
            else:
                page.setDevicePixelRatio(1)
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(place, page)
            painter.setPen(QColor(theme.current().line))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.end()
