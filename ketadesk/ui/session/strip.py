"""The strip as a widget: grows with the readings, is read by mouse, keyboard and screen reader."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ketadesk.ui import theme
from ketadesk.ui.session.strip_data import StripData, mark_at, nearest_point
from ketadesk.ui.session.strip_painter import paint_strip
from ketadesk.ui.theme import plain_tooltip
from ketadesk.ui.words import clock

LEAST, LEAST_WITH_LARGE_TEXT = 190, 152
"""How low the strip may get and still show every lane."""

ROOMY = 1.15
"""Up to this text scale there is room for both."""


class Strip(QWidget):
    """Left and Right walk through the readings; each is said as the accessible description.

    The readings table beside it shows the same readings, so nothing is only in the picture.
    """

    point_chosen = Signal(int)

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: StripData | None = None
        self.setObjectName("session_strip")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def data(self) -> StripData | None:
        """What is painted."""
        return self._data

    def show_data(self, data: StripData) -> None:
        """Paints other data; a point that is being read out stays chosen."""
        chosen = self._data.chosen if self._data else None
        if chosen is not None and chosen < len(data.points):
            data = replace(data, chosen=chosen)
        if data != self._data:
            self._data = data
            self._describe()
            self.update()

    def choose(self, index: int | None) -> None:
        """Marks a reading and says it; None marks nothing."""
        if self._data is None or index == self._data.chosen:
            return
        self._data = replace(self._data, chosen=index)
        self._describe()
        self.update()
        if index is not None:
            self.point_chosen.emit(index)

    def sizeHint(self) -> QSize:
        """Wide and half as high."""
        return QSize(theme.px(900), theme.px(290))

    def minimumSizeHint(self) -> QSize:
        """Lower than this the carets run into each other."""
        large = theme.current_scale() > ROOMY
        return QSize(theme.px(300), theme.px(LEAST_WITH_LARGE_TEXT if large else LEAST))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip and, with the focus, the place that is read out."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        if self._data is not None:
            paint_strip(painter, self._area(), self._data, theme.current())
        if self.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the readings."""
        count = len(self._data.points) if self._data else 0
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Home: -count,
            Qt.Key.Key_End: count,
        }
        step = steps.get(Qt.Key(event.key()))
        if self._data is None or not count or step is None:
            super().keyPressEvent(event)
            return
        chosen = self._data.chosen
        begin = (count if step < 0 else -1) if chosen is None else chosen
        self.choose(min(max(begin + step, 0), count - 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the reading under the mouse."""
        if self._data is not None:
            self.choose(nearest_point(self._area(), self._data, event.position().x()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing stays marked when the eyes are elsewhere."""
        super().focusOutEvent(event)
        self.choose(None)

    def event(self, event: QEvent) -> bool:
        """A tooltip for the event or reading under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self._words_at(event)
            if words:
                QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _words_at(self, event: QHelpEvent) -> str:
        if self._data is None:
            return ""
        mark = mark_at(self._area(), self._data, event.pos().toPointF())
        if mark is not None:
            return f"{clock(mark.at)}  {mark.words}"
        index = nearest_point(self._area(), self._data, float(event.pos().x()))
        return "" if index is None else self._data.points[index].words

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(4, 4, -4, -2)

    def _describe(self) -> None:
        """The point being read out, or all that is drawn, in words."""
        data = self._data
        if data is None:
            return
        if data.chosen is not None:
            words = data.points[data.chosen].words
        else:
            said = [point.words for point in data.points]
            said += [f"{clock(mark.at)} {mark.words}" for mark in data.marks]
            words = ". ".join(said)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            if self.hasFocus():
                event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
                QAccessible.updateAccessibility(event)
