"""Paints the strip: blood pressure, heart rate, saturation, dose and events over true time.

`paint_strip` is a pure function of its arguments, so that the screen and the paper share it. It
reads no clock and no file; the words on it come in with the data.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPolygonF

from ketadesk.ui import theme
from ketadesk.ui.session.strip_data import (
    StripData,
    StripDose,
    StripMark,
    StripPlaces,
    mark_places,
    mark_radius,
    places,
)
from ketadesk.ui.session.strip_ground import (
    paint_chosen,
    paint_grid,
    paint_lane_words,
    paint_legend,
    paint_now,
)
from ketadesk.ui.session.strip_signs import draw_caret, draw_dot, draw_text, draw_warning, pen
from ketadesk.ui.theme import Tokens

LEFT = Qt.AlignmentFlag.AlignLeft


def paint_strip(painter: QPainter, rectangle: QRectF, data: StripData, tokens: Tokens) -> None:
    """Draws the whole strip."""
    where = places(rectangle, data)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(rectangle)
    paint_chosen(painter, where, data, tokens)
    paint_grid(painter, where, data, tokens)
    paint_lane_words(painter, rectangle, where, data, tokens)
    _paint_earlier(painter, where, data, tokens)
    paint_legend(painter, where, data, tokens)
    _paint_dose(painter, where, data, tokens)
    paint_now(painter, where, data, tokens)
    _paint_heart_rate(painter, where, data, tokens)
    _paint_pressures(painter, where, data, tokens)
    _paint_oxygen(painter, where, data, tokens)
    _paint_marks(painter, where, data, tokens)
    painter.restore()


def _paint_earlier(painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens) -> None:
    """The earlier session, dashed, so that it is told apart without colour."""
    if not data.earlier:
        return
    painter.save()
    painter.setClipRect(where.plot)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(tokens.edge, 1.0, Qt.PenStyle.DashLine))
    ends: list[QPointF] = []
    for name in ("systolic", "diastolic"):
        places_ = [
            QPointF(where.x(point.at), where.y(getattr(point, name)))
            for point in data.earlier
            if getattr(point, name) is not None
        ]
        painter.drawPolyline(QPolygonF(places_))
        ends += places_[-1:]
    painter.restore()
    if ends and data.earlier_words:
        painter.setPen(QColor(tokens.muted))
        painter.setFont(theme.font("small"))
        width = QFontMetricsF(painter.font()).horizontalAdvance(data.earlier_words)
        left = min(ends[0].x() + 6, where.plot.right() - width - 2)
        above = ends[0].y() - (0 if ends[0].x() + 6 <= left else 12)
        room = QRectF(left, above - 10, width + 2, 20)
        painter.fillRect(room.adjusted(-2, 3, 0, -3), QColor(tokens.surface))
        draw_text(painter, room, data.earlier_words, Qt.AlignmentFlag.AlignLeft)


def _paint_dose(painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens) -> None:
    """Filled where it ran, dashed where it is planned to run on."""
    dose = data.dose
    if dose is None:
        return
    lane = where.dose.adjusted(0, 1, 0, -1)
    accent = QColor(tokens.accent.foreground)
    last = dose.runs[-1][1] if dose.runs else where.starts
    if dose.planned_end is not None and dose.planned_end > last:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(tokens.accent.foreground, 1.2, Qt.PenStyle.DashLine))
        left = where.x(last)
        box = QRectF(left, lane.top(), where.x(dose.planned_end) - left, lane.height())
        painter.drawRoundedRect(box, 3, 3)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(accent)
    for starts, ends in dose.runs:
        left = where.x(starts)
        width = max(where.x(ends) - left, 2.0)
        painter.drawRoundedRect(QRectF(left, lane.top(), width, lane.height()), 3, 3)
    _paint_dose_words(painter, where, dose, lane, tokens)


def _paint_dose_words(
    painter: QPainter, where: StripPlaces, dose: StripDose, lane: QRectF, tokens: Tokens
) -> None:
    """Inside the band when they fit, else after it, as far as they go."""
    if not dose.runs:
        return
    painter.setFont(theme.font("small", strong=True))
    width = QFontMetricsF(painter.font()).horizontalAdvance(dose.words) + 14
    starts, ends = max(dose.runs, key=lambda run: run[1] - run[0])
    band = QRectF(where.x(starts), lane.top(), where.x(ends) - where.x(starts), lane.height())
    if band.width() >= width:
        painter.setPen(QColor(tokens.bg if tokens.dark else tokens.surface))
        draw_text(painter, band.adjusted(7, 0, 0, 0), dose.words, Qt.AlignmentFlag.AlignLeft)
        return
    painter.setPen(QColor(tokens.accent.foreground))
    last = max(dose.planned_end or dose.runs[-1][1], dose.runs[-1][1])
    left = where.x(last) + 8
    words = QFontMetricsF(painter.font()).elidedText(
        dose.words, Qt.TextElideMode.ElideRight, lane.right() - left
    )
    draw_text(painter, QRectF(left, lane.top(), width, lane.height()), words, LEFT)


def _paint_pressures(
    painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens
) -> None:
    """V at the systolic, inverted V at the diastolic, a thin line between them."""
    for point in data.points:
        x = where.x(point.at)
        if point.systolic is None or point.diastolic is None:
            continue
        color = tokens.ink if point.attention is None else tokens.pair(point.attention).foreground
        high, low = QPointF(x, where.y(point.systolic)), QPointF(x, where.y(point.diastolic))
        painter.setPen(pen(tokens.edge, 1.0))
        painter.drawLine(high, low)
        painter.setPen(pen(color, 2.2))
        draw_caret(painter, high, downwards=True)
        draw_caret(painter, low, downwards=False)
        if point.attention is not None:
            draw_warning(painter, QPointF(x, high.y() - 13), color, downwards=point.low)


def _paint_heart_rate(
    painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens
) -> None:
    """Small, with a rim of the page, under the wider carets: where both meet, both can be told."""
    dots = [
        QPointF(where.x(point.at), where.y(point.heart_rate))
        for point in data.points
        if point.heart_rate is not None
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(tokens.red.foreground, 1.5))
    painter.drawPolyline(QPolygonF(dots))
    for dot in dots:
        draw_dot(painter, dot, tokens.red.foreground, tokens.surface)


def _paint_oxygen(painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens) -> None:
    """The saturation as figures; one that would run into the last one drawn is left out."""
    if where.oxygen.isEmpty():
        return
    painter.setFont(theme.font("small", strong=True))
    painter.setPen(QColor(tokens.blue.foreground))
    metrics = QFontMetricsF(painter.font())
    taken = float("-inf")
    for point in data.points:
        if point.oxygen_saturation is None:
            continue
        words = str(point.oxygen_saturation)
        half = metrics.horizontalAdvance(words) / 2
        x = where.x(point.at)
        if x - half < taken + 3:
            continue
        taken = x + half
        room = QRectF(x - half - 2, where.oxygen.top(), 2 * half + 4, where.oxygen.height())
        draw_text(painter, room, words, Qt.AlignmentFlag.AlignHCenter)


def _paint_marks(painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens) -> None:
    """Each event's letter at its time; its words as far as the next letter leaves room."""
    placed = mark_places(where, data)
    middle, radius = where.events.center().y(), mark_radius()
    letter_font: QFont = theme.font("small", strong=True)
    for index, (mark, x) in enumerate(placed):
        pair = tokens.pair(mark.role)
        painter.setPen(pen(pair.foreground, 1.2))
        foot = QPointF(where.x(mark.at), where.plot.top())
        painter.drawLine(QPointF(x, middle + radius), foot)
        painter.setBrush(QColor(pair.background))
        painter.drawEllipse(QPointF(x, middle), radius, radius)
        painter.setFont(letter_font)
        painter.setPen(QColor(pair.foreground))
        circle = QRectF(x - radius, middle - radius, 2 * radius, 2 * radius)
        draw_text(painter, circle, mark.letter, Qt.AlignmentFlag.AlignHCenter)
        if mark.quiet:
            continue
        before = placed[index - 1][1] + radius if index else where.events.left() - radius
        after = placed[index + 1][1] - radius if index + 1 < len(placed) else None
        right = QRectF(x + radius + 5, middle - 10, 0, 20)
        right.setRight(where.events.right() if after is None else after - 4)
        left = QRectF(before + 6, middle - 10, x - radius - 5 - before - 6, 20)
        _paint_mark_words(painter, mark, right, left, tokens)


def _paint_mark_words(
    painter: QPainter, mark: StripMark, right: QRectF, left: QRectF, tokens: Tokens
) -> None:
    """After the letter, or before it when only there they fit whole; else as far as they go."""
    painter.setFont(theme.font("small"))
    painter.setPen(QColor(tokens.pair(mark.role).foreground))
    metrics = QFontMetricsF(painter.font())
    width = metrics.horizontalAdvance(mark.words) + 2
    if width > right.width() and width <= left.width():
        draw_text(painter, left, mark.words, Qt.AlignmentFlag.AlignRight)
    elif min(width, right.width()) >= metrics.horizontalAdvance("nnn…"):
        shown = metrics.elidedText(mark.words, Qt.TextElideMode.ElideRight, right.width())
        draw_text(painter, right, shown, Qt.AlignmentFlag.AlignLeft)
