"""Paints how many infusions the nurses watch through the day, in a strip beside the chairs.

Each quarter hour is a bar as long as its share of what the nurses may watch; where they are too
many the bar is full, hatched and has a number like "3/2", so that colour does not speak alone.
"""

from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ketadesk.domain.nurse_load import LoadStep
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.calendar.colours import hatched
from ketadesk.ui.calendar.day_layout import DayPlan
from ketadesk.ui.calendar.geometry import ROW, Geometry
from ketadesk.ui.words import clock

MARGIN = 5
BAR = 14


def describe_load(plan: DayPlan, row: int) -> str:
    """A quarter hour in words: how many infusions, how many the nurses may watch."""
    moment = plan.axis.moment(row)
    step = next((step for step in plan.load if step.starts <= moment < step.starts + ROW), None)
    if step is None:
        return ""
    time = clock(plan.axis.local(row))
    if step.over:
        return tr(
            "{time}: {infusing} infusions at once, the nurses may watch {capacity}",
            time=time,
            infusing=step.infusing,
            capacity=step.capacity,
        )
    return tr(
        "{time}: {infusing} of {capacity} infusions that the nurses may watch",
        time=time,
        infusing=step.infusing,
        capacity=step.capacity,
    )


def over_capacity(load: tuple[LoadStep, ...]) -> list[tuple[LoadStep, LoadStep]]:
    """The stretches with more infusions than may be watched: first and last quarter hour."""
    stretches = []
    for over, steps in groupby(load, key=lambda step: step.over):
        if over:
            stretch = list(steps)
            stretches.append((stretch[0], stretch[-1]))
    return stretches


def paint_load(painter: QPainter, geometry: Geometry, load: tuple[LoadStep, ...]) -> None:
    """The strip and its heading."""
    tokens = theme.current()
    strip = QRectF(geometry.right, 0, geometry.strip, geometry.height)
    painter.fillRect(strip, QColor(tokens.surface))
    for step in load:
        _paint_step(painter, geometry, step)
    _paint_numbers(painter, geometry, load)
    _paint_heading(painter, geometry, load)


def _paint_step(painter: QPainter, geometry: Geometry, step: LoadStep) -> None:
    tokens = theme.current()
    top, bottom = round(geometry.y(step.starts)), round(geometry.y(step.starts + ROW))
    if bottom <= geometry.header or top >= geometry.height:
        return
    box = QRectF(geometry.right + MARGIN, top, theme.px(BAR), bottom - top)
    painter.fillRect(box, QColor(tokens.line))
    if step.over:
        painter.fillRect(box, QColor(tokens.red.background))
        painter.fillRect(box, hatched(QColor(tokens.red.foreground)))
    elif step.infusing:
        box.setWidth(box.width() * step.infusing / step.capacity)
        painter.fillRect(box, QColor(tokens.accent.foreground))


def _paint_numbers(painter: QPainter, geometry: Geometry, load: tuple[LoadStep, ...]) -> None:
    """ "2/4" where a number begins, beside the bar; what has no room is in the tooltip."""
    height, kept = theme.px(14), geometry.header
    left = geometry.right + MARGIN + theme.px(BAR) + MARGIN
    for (infusing, over), steps in groupby(load, key=lambda step: (step.infusing, step.over)):
        first = next(steps)
        top = round(geometry.y(first.starts)) - 1
        if not infusing or top < kept:
            continue
        kept = top + height
        painter.setFont(theme.font("small", strong=over))
        painter.setPen(theme.color("red" if over else "muted"))
        box = QRectF(left, top, geometry.width - left, height)
        word = f"{infusing}/{first.capacity}"
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, word)


def _paint_heading(painter: QPainter, geometry: Geometry, load: tuple[LoadStep, ...]) -> None:
    tokens = theme.current()
    head = QRectF(geometry.right, 0, geometry.strip, geometry.header)
    painter.fillRect(head, QColor(tokens.surface))
    over = bool(over_capacity(load))
    painter.setFont(theme.font("small", strong=over))
    painter.setPen(theme.color("red" if over else "muted"))
    painter.drawText(head, Qt.AlignmentFlag.AlignCenter, tr("over") if over else tr("load"))
    painter.setPen(QPen(QColor(tokens.line), 1))
    x = round(geometry.right) + 0.5
    painter.drawLine(QPointF(x, 0), QPointF(x, geometry.height))
    bottom = geometry.header - 0.5
    painter.drawLine(QPointF(geometry.right, bottom), QPointF(geometry.width, bottom))
