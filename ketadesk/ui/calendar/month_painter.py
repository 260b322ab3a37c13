"""Paints the days of a month: number, load as bar and words, missing escorts, closures."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.calendar import month_words
from ketadesk.ui.calendar.colours import blend, hatched
from ketadesk.ui.calendar.letters import Letters
from ketadesk.ui.calendar.overview import MonthDay
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import Tone

HEADER = 26
PADDING = 8
LINE = 18
BAR = 6
ICON = 14


class Seen(NamedTuple):
    """How a day is seen; `beside` is of the month before or after."""

    today: bool
    chosen: bool
    focused: bool
    beside: bool


class MonthPainter:
    """Keeps the measured letters of the size in force."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Forgets what was measured."""
        self._note: Letters | None = None
        self._strong: Letters | None = None

    def paint_ground(self, painter: QPainter, whole: QRectF) -> None:
        """The weekdays over an empty ground."""
        tokens = theme.current()
        painter.fillRect(whole, QColor(tokens.surface))
        painter.setFont(theme.font("note", strong=True))
        painter.setPen(theme.color("muted"))
        width, height = whole.width() / 7, theme.px(HEADER)
        for column in range(7):
            place = QRectF(column * width + theme.px(PADDING), 0, width, height)
            name = words.weekday(column, short=True)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)

    def paint_day(self, painter: QPainter, box: QRectF, one: MonthDay, seen: Seen) -> None:
        """One day in its box."""
        tokens = theme.current()
        closed = not one.load.room
        if closed or seen.beside:
            painter.fillRect(box, QColor(tokens.bg))
        if closed:
            painter.fillRect(box, hatched(blend(tokens.bg, tokens.line, 0.75)))
        painter.setPen(QPen(QColor(tokens.line), 1))
        left, top = round(box.left()) + 0.5, round(box.top()) + 0.5
        painter.drawLine(QPointF(left, top), QPointF(box.right(), top))
        painter.drawLine(QPointF(left, top), QPointF(left, box.bottom()))
        inside = box.adjusted(theme.px(PADDING), theme.px(4), -theme.px(PADDING), -theme.px(3))
        self._paint_number(painter, inside, one, seen)
        self._paint_load(painter, inside, one, closed=closed)
        if seen.chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent" if seen.focused else "muted"), 2))
            painter.drawRoundedRect(box.adjusted(2, 2, -1, -1), 5, 5)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _letters(self, *, strong: bool = False) -> Letters:
        if self._note is None or self._strong is None:
            self._note = Letters(theme.font("note"))
            self._strong = Letters(theme.font("note", strong=True))
        return self._strong if strong else self._note

    def _paint_number(self, painter: QPainter, inside: QRectF, one: MonthDay, seen: Seen) -> None:
        number = str(one.day.day)
        if one.day.day == 1:
            number = f"{number} {words.month(one.day.month, short=True)}"
        line = theme.px(LINE)
        letters = self._letters(strong=True)
        tone: Tone = "muted" if seen.beside else "ink"
        if seen.today:
            number = tr("{number} today", number=number)
            width = letters.width(number) + theme.px(12)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            chip = QRectF(inside.left() - theme.px(3), inside.top(), width, line)
            painter.drawRoundedRect(chip, 4, 4)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            tone = "bg" if theme.current().dark else "surface"
        left = inside.left() + (theme.px(3) if seen.today else 0)
        self._words(painter, left, inside.top(), number, tone, room=inside.width(), strong=True)
        share = month_words.percent(one.load)
        width = self._letters().width(share)
        used = letters.width(number) + theme.px(12)
        if one.load.booked and one.load.room and used + width < inside.width():
            self._words(painter, inside.right() - width, inside.top(), share, "muted", room=width)

    def _paint_load(
        self, painter: QPainter, inside: QRectF, one: MonthDay, *, closed: bool
    ) -> None:
        tokens, load = theme.current(), one.load
        line = theme.px(LINE)
        top = inside.top() + line + theme.px(3)
        if not closed:
            height = theme.px(BAR)
            bar = QRectF(inside.left(), round(top), inside.width(), height)
            painter.fillRect(bar, QColor(tokens.line))
            bar.setWidth(max(inside.width() * load.share, 3.0) if load.booked else 0.0)
            painter.fillRect(bar, theme.color("accent"))
            top += height + theme.px(3)
        for icon, tone, texts in _lines(one, closed=closed):
            if top + line > inside.bottom() + 2:
                break
            left = inside.left()
            if icon:
                y = round(top + (line - theme.px(ICON)) / 2)
                painter.drawPixmap(round(left), y, pixmap(icon, role=tone, size=ICON))
                left += theme.px(ICON) + theme.px(4)
            room = inside.right() - left
            fits = (text for text in texts if self._letters().width(text) <= room)
            self._words(painter, left, top, next(fits, texts[-1]), tone, room=room)
            top += line

    def _words(
        self,
        painter: QPainter,
        left: float,
        top: float,
        text: str,
        tone: Tone,
        *,
        room: float,
        strong: bool = False,
    ) -> None:
        letters = self._letters(strong=strong)
        painter.setFont(letters.font)
        painter.setPen(theme.color(tone))
        baseline = round(top) + letters.baseline(theme.px(LINE))
        painter.drawText(QPointF(left, baseline), letters.cut(text, room + 1))


def _lines(one: MonthDay, *, closed: bool) -> list[tuple[str, Tone, tuple[str, ...]]]:
    """Icon, tone and words, the longest first; what must be acted on comes first."""
    load = one.load
    lines: list[tuple[str, Tone, tuple[str, ...]]] = []
    if one.short:
        count = len(one.short)
        long, less = tr("{number} without escort", number=count), tr("{n} no escort", n=count)
        lines.append(("triangle-alert", "red", (long, less, str(count))))
    if load.booked:
        booked = month_words.booked(load)
        capacity = month_words.of_capacity(load)
        texts = (f"{booked} · {capacity}", f"{load.booked} · {capacity}", booked, str(load.booked))
        lines.append(("", "ink", (booked,) if closed else texts))
    for closure in one.closures:
        lines.append(("wrench", "muted", (closure.reason or tr("closed"),)))
    if closed and not one.closures:
        lines.append(("", "muted", (tr("closed"),)))
    return lines
