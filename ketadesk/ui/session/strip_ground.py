"""The ground of the strip: its two scales, the names of its lanes and signs, the present moment."""

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from ketadesk.ui import theme
from ketadesk.ui.session.strip_data import LABELS, StripData, StripPlaces
from ketadesk.ui.session.strip_signs import draw_caret, draw_dot, draw_text, pen
from ketadesk.ui.theme import Tokens
from ketadesk.ui.words import clock

LEAST_TICK_WIDTH = 78
STEPS = (20, 40, 80, 160)
"""Values between the lines of the scale; the first whose figures do not touch is taken."""

TICKS = (5, 10, 15, 30, 60, 120)
"""Minutes between the labels of the time axis; the first that leaves room is taken."""

LEAST_FOR_LEGEND = 100


def paint_chosen(painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens) -> None:
    """The ground under everything else: it hides neither the dose nor the present moment."""
    if data.chosen is None:
        return
    x = where.x(data.points[data.chosen].at)
    column = QRectF(x - 11, where.plot.top(), 22, where.oxygen.bottom() - where.plot.top())
    painter.fillRect(column, QColor(tokens.accent.background))


def paint_grid(painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens) -> None:
    painter.setFont(theme.font("small"))
    line = QFontMetricsF(painter.font()).height()
    per_step = [where.y(0) - where.y(step) for step in STEPS]
    step = next(
        (step for step, room in zip(STEPS, per_step, strict=True) if room >= 1.4 * line), 160
    )
    for value in range(where.low, where.high + 1, step):
        y = round(where.y(value)) + 0.5
        painter.setPen(pen(tokens.line))
        painter.drawLine(QPointF(where.plot.left(), y), QPointF(where.plot.right(), y))
        painter.setPen(QColor(tokens.muted))
        label = QRectF(where.plot.left() - theme.px(LABELS), y - 10, theme.px(LABELS - 8), 20)
        draw_text(painter, label, str(value), Qt.AlignmentFlag.AlignRight)
    for moment in _ticks(where):
        x = round(where.x(moment)) + 0.5
        painter.setPen(pen(tokens.line))
        painter.drawLine(QPointF(x, where.plot.top()), QPointF(x, where.axis.top()))
        half = theme.px(20)
        under_now = data.now is not None and abs(where.x(data.now) - x) <= 2 * half + 2
        if under_now or x > where.plot.right() + 1:
            continue
        painter.setPen(QColor(tokens.muted))
        label = QRectF(x - theme.px(30), where.axis.top(), theme.px(60), where.axis.height())
        draw_text(painter, label, clock(moment), Qt.AlignmentFlag.AlignHCenter)


def _ticks(where: StripPlaces) -> list[datetime]:
    minutes = (where.ends - where.starts).total_seconds() / 60
    room = where.plot.width() / max(minutes, 1)
    step = next((tick for tick in TICKS if tick * room >= theme.px(LEAST_TICK_WIDTH)), TICKS[-1])
    first = where.starts.replace(second=0, microsecond=0)
    first += timedelta(minutes=-first.minute % 5 if step < 60 else -first.minute % 60)
    ticks = []
    moment = first
    while moment <= where.ends:
        ticks.append(moment)
        moment += timedelta(minutes=step)
    return ticks


def paint_lane_words(
    painter: QPainter, rectangle: QRectF, where: StripPlaces, data: StripData, tokens: Tokens
) -> None:
    painter.setFont(theme.font("small"))
    painter.setPen(QColor(tokens.muted))
    for lane, words in (
        (where.events, data.words.unit),
        (where.dose, data.words.dose),
        (where.oxygen, data.words.oxygen),
    ):
        if lane.isEmpty():
            continue
        room = QRectF(rectangle.left(), lane.top(), theme.px(LABELS - 8), lane.height())
        draw_text(painter, room, words, Qt.AlignmentFlag.AlignRight)


def paint_legend(painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens) -> None:
    """What the signs mean, in the plot's upper right corner; a low plot has no such room.

    It lies on a ground of its own over the scale and the earlier session, under this one's values.
    """
    if where.plot.height() < theme.px(LEAST_FOR_LEGEND):
        return
    painter.setFont(theme.font("small"))
    metrics = QFontMetricsF(painter.font())
    x, y = where.plot.right() - 8, where.plot.top() + 12.0
    entries = (data.words.heart_rate, data.words.diastolic, data.words.systolic)
    whole = sum(metrics.horizontalAdvance(words) + theme.px(36) for words in entries)
    ground = QRectF(x - whole + theme.px(8), y - 10, whole - theme.px(4), 20)
    painter.fillRect(ground, QColor(tokens.surface))
    for index, words in enumerate(entries):
        width = metrics.horizontalAdvance(words)
        painter.setPen(QColor(tokens.muted))
        box = QRectF(x - width, y - 10, width + 2, 20)
        draw_text(painter, box, words, Qt.AlignmentFlag.AlignLeft)
        sign = QPointF(x - width - theme.px(13), y)
        if index == 0:
            draw_dot(painter, sign, tokens.red.foreground, tokens.surface)
        else:
            painter.setPen(pen(tokens.ink, 1.8))
            shift = QPointF(0, -2.5 if index == 1 else 2.5)
            draw_caret(painter, sign + shift, downwards=index == 2)
        x -= width + theme.px(36)


def paint_now(painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens) -> None:
    if data.now is None or not where.starts <= data.now <= where.ends:
        return
    x = round(where.x(data.now)) + 0.5
    painter.setPen(pen(tokens.red.foreground, 1.6))
    painter.drawLine(QPointF(x, where.plot.top() - 4), QPointF(x, where.axis.top()))
    words = clock(data.now)
    painter.setFont(theme.font("small", strong=True))
    width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 10
    flag = QRectF(x - width / 2, where.axis.top() + 1, width, where.axis.height() - 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.red.foreground))
    painter.drawRoundedRect(flag, 3, 3)
    painter.setPen(QColor(tokens.bg if tokens.dark else tokens.surface))
    draw_text(painter, flag, words, Qt.AlignmentFlag.AlignHCenter)
