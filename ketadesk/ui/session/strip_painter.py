"""Paints the strip: blood pressure, heart rate, saturation, dose and events over true time.

`paint_strip` is a pure function of its arguments, so that the screen and the paper share it. It
reads no clock and no file; the words on it come in with the data.
"""

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

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
from ketadesk.ui.theme import Tokens
from ketadesk.ui.words import clock

LEAST_TICK_WIDTH = 78
STEPS = (20, 40, 80, 160)
"""Values between the lines of the scale; the first whose figures do not touch is taken."""

TICKS = (5, 10, 15, 30, 60, 120)
"""Minutes between the labels of the time axis; the first that leaves room is taken."""

LEAST_FOR_LEGEND = 100
CARET = 7.5
DOT = 3.0


def paint_strip(painter: QPainter, rectangle: QRectF, data: StripData, tokens: Tokens) -> None:
    """Draws the whole strip."""
    where = places(rectangle, data)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(rectangle)
    _paint_chosen(painter, where, data, tokens)
    _paint_grid(painter, where, data, tokens)
    _paint_lane_words(painter, rectangle, where, data, tokens)
    _paint_earlier(painter, where, data, tokens)
    _paint_dose(painter, where, data, tokens)
    _paint_now(painter, where, data, tokens)
    _paint_pressures(painter, where, data, tokens)
    _paint_heart_rate(painter, where, data, tokens)
    _paint_oxygen(painter, where, data, tokens)
    _paint_marks(painter, where, data, tokens)
    painter.restore()


def _pen(color: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(QColor(color), width, style)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _text(painter: QPainter, rectangle: QRectF, words: str, align: Qt.AlignmentFlag) -> None:
    painter.drawText(rectangle, int(align | Qt.AlignmentFlag.AlignVCenter), words)


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


def _paint_grid(painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens) -> None:
    painter.setFont(theme.font("small"))
    line = QFontMetricsF(painter.font()).height()
    per_step = [where.y(0) - where.y(step) for step in STEPS]
    step = next(
        (step for step, room in zip(STEPS, per_step, strict=True) if room >= 1.4 * line), 160
    )
    for value in range(where.low, where.high + 1, step):
        y = round(where.y(value)) + 0.5
        painter.setPen(_pen(tokens.line))
        painter.drawLine(QPointF(where.plot.left(), y), QPointF(where.plot.right(), y))
        painter.setPen(QColor(tokens.muted))
        label = QRectF(where.plot.left() - theme.px(46), y - 10, theme.px(38), 20)
        _text(painter, label, str(value), Qt.AlignmentFlag.AlignRight)
    for moment in _ticks(where):
        x = round(where.x(moment)) + 0.5
        painter.setPen(_pen(tokens.line))
        painter.drawLine(QPointF(x, where.plot.top()), QPointF(x, where.axis.top()))
        half = theme.px(20)
        under_now = data.now is not None and abs(where.x(data.now) - x) <= 2 * half + 2
        if under_now or x + half > where.plot.right() + theme.px(16):
            continue
        painter.setPen(QColor(tokens.muted))
        label = QRectF(x - theme.px(30), where.axis.top(), theme.px(60), where.axis.height())
        _text(painter, label, clock(moment), Qt.AlignmentFlag.AlignHCenter)


def _paint_lane_words(
    painter: QPainter, rectangle: QRectF, where: StripPlaces, data: StripData, tokens: Tokens
) -> None:
    painter.setFont(theme.font("small"))
    painter.setPen(QColor(tokens.muted))
    for lane, words in ((where.dose, data.words.dose), (where.oxygen, data.words.oxygen)):
        if lane.isEmpty():
            continue
        room = QRectF(rectangle.left(), lane.top(), theme.px(38), lane.height())
        _text(painter, room, words, Qt.AlignmentFlag.AlignRight)
    _paint_legend(painter, where, data, tokens)


def _paint_legend(painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens) -> None:
    """What the signs mean, in the plot's free upper right corner; a low plot has no such room."""
    if where.plot.height() < theme.px(LEAST_FOR_LEGEND):
        return
    metrics = QFontMetricsF(painter.font())
    x, y = where.plot.right() - 8, where.plot.top() + 12.0
    entries = (data.words.heart_rate, data.words.diastolic, data.words.systolic)
    for index, words in enumerate(entries):
        width = metrics.horizontalAdvance(words)
        painter.setPen(QColor(tokens.muted))
        box = QRectF(x - width, y - 10, width + 2, 20)
        _text(painter, box, words, Qt.AlignmentFlag.AlignLeft)
        sign = QPointF(x - width - theme.px(13), y)
        if index == 0:
            _dot(painter, sign, tokens.red.foreground, tokens.surface)
        else:
            painter.setPen(_pen(tokens.ink, 1.8))
            shift = QPointF(0, -2.5 if index == 1 else 2.5)
            _caret(painter, sign + shift, downwards=index == 2)
        x -= width + theme.px(36)


def _paint_earlier(painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens) -> None:
    """The earlier session, dashed, so that it is told apart without colour."""
    if not data.earlier:
        return
    painter.save()
    painter.setClipRect(where.plot)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(tokens.edge, 1.0, Qt.PenStyle.DashLine))
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
        _text(
            painter,
            QRectF(left, above - 10, width + 2, 20),
            data.earlier_words,
            Qt.AlignmentFlag.AlignLeft,
        )


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
        painter.setPen(_pen(tokens.accent.foreground, 1.2, Qt.PenStyle.DashLine))
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
    """Inside the band when they fit, else after it: never cut."""
    if not dose.runs:
        return
    painter.setFont(theme.font("small", strong=True))
    width = QFontMetricsF(painter.font()).horizontalAdvance(dose.words) + 14
    starts, ends = max(dose.runs, key=lambda run: run[1] - run[0])
    band = QRectF(where.x(starts), lane.top(), where.x(ends) - where.x(starts), lane.height())
    if band.width() >= width:
        painter.setPen(QColor(tokens.bg if tokens.dark else tokens.surface))
        _text(painter, band.adjusted(7, 0, 0, 0), dose.words, Qt.AlignmentFlag.AlignLeft)
        return
    painter.setPen(QColor(tokens.accent.foreground))
    last = max(dose.planned_end or dose.runs[-1][1], dose.runs[-1][1])
    after = QRectF(where.x(last) + 8, lane.top(), width, lane.height())
    _text(painter, after, dose.words, Qt.AlignmentFlag.AlignLeft)


def _paint_now(painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens) -> None:
    if data.now is None or not where.starts <= data.now <= where.ends:
        return
    x = round(where.x(data.now)) + 0.5
    painter.setPen(_pen(tokens.red.foreground, 1.6))
    painter.drawLine(QPointF(x, where.plot.top() - 4), QPointF(x, where.axis.top()))
    words = clock(data.now)
    painter.setFont(theme.font("small", strong=True))
    width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 10
    flag = QRectF(x - width / 2, where.axis.top() + 1, width, where.axis.height() - 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.red.foreground))
    painter.drawRoundedRect(flag, 3, 3)
    painter.setPen(QColor(tokens.bg if tokens.dark else tokens.surface))
    _text(painter, flag, words, Qt.AlignmentFlag.AlignHCenter)


def _paint_chosen(painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens) -> None:
    """The ground under everything else: it hides neither the dose nor the present moment."""
    if data.chosen is None:
        return
    x = where.x(data.points[data.chosen].at)
    column = QRectF(x - 11, where.plot.top(), 22, where.oxygen.bottom() - where.plot.top())
    painter.fillRect(column, QColor(tokens.accent.background))


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
        painter.setPen(_pen(tokens.edge, 1.0))
        painter.drawLine(high, low)
        painter.setPen(_pen(color, 2.2))
        _caret(painter, high, downwards=True)
        _caret(painter, low, downwards=False)
        if point.attention is not None:
            _warning_triangle(painter, QPointF(x, high.y() - 13), color)


def _caret(painter: QPainter, tip: QPointF, *, downwards: bool) -> None:
    wide = CARET * theme.current_scale()
    rise = -wide if downwards else wide
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(tip + QPointF(-wide, rise))
    path.lineTo(tip)
    path.lineTo(tip + QPointF(wide, rise))
    painter.drawPath(path)


def _warning_triangle(painter: QPainter, middle: QPointF, color: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    corners = (QPointF(0, -4), QPointF(4.5, 3.5), QPointF(-4.5, 3.5))
    painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))


def _paint_heart_rate(
    painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens
) -> None:
    """Small, with a rim of the page, over the wider carets: where both meet, both can be told."""
    dots = [
        QPointF(where.x(point.at), where.y(point.heart_rate))
        for point in data.points
        if point.heart_rate is not None
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(tokens.red.foreground, 1.5))
    painter.drawPolyline(QPolygonF(dots))
    for dot in dots:
        _dot(painter, dot, tokens.red.foreground, tokens.surface)


def _dot(painter: QPainter, middle: QPointF, color: str, halo: str) -> None:
    painter.setPen(_pen(halo, 1.6))
    painter.setBrush(QColor(color))
    radius = (DOT + 0.6) * theme.current_scale()
    painter.drawEllipse(middle, radius, radius)


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
        _text(painter, room, words, Qt.AlignmentFlag.AlignHCenter)


def _paint_marks(painter: QPainter, where: StripPlaces, data: StripData, tokens: Tokens) -> None:
    """Each event's letter at its time; its words as far as the next letter leaves room."""
    placed = mark_places(where, data)
    middle, radius = where.events.center().y(), mark_radius()
    letter_font: QFont = theme.font("small", strong=True)
    for index, (mark, x) in enumerate(placed):
        pair = tokens.pair(mark.role)
        painter.setPen(_pen(pair.foreground, 1.2))
        foot = QPointF(where.x(mark.at), where.plot.top())
        painter.drawLine(QPointF(x, middle + radius), foot)
        painter.setBrush(QColor(pair.background))
        painter.drawEllipse(QPointF(x, middle), radius, radius)
        painter.setFont(letter_font)
        painter.setPen(QColor(pair.foreground))
        circle = QRectF(x - radius, middle - radius, 2 * radius, 2 * radius)
        _text(painter, circle, mark.letter, Qt.AlignmentFlag.AlignHCenter)
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
        _text(painter, left, mark.words, Qt.AlignmentFlag.AlignRight)
    elif min(width, right.width()) >= metrics.horizontalAdvance("nnn…"):
        shown = metrics.elidedText(mark.words, Qt.TextElideMode.ElideRight, right.width())
        _text(painter, right, shown, Qt.AlignmentFlag.AlignLeft)
