"""Whether this PySide6 keeps its references: 6.12.0 on Python 3.11 loses some and aborts later."""

import sys

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QImage, QPainter, QPen

REPEATS = 300
# Other threads may move a count a little; references lost at every call move it by REPEATS.
NOISE = REPEATS // 10


class _Bell(QObject):
    rung = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[bool] = []
        self.rung.connect(self.hear)

    @Slot(bool)
    def hear(self, loud: bool) -> None:
        self.heard.append(loud)


def test_emitting_true_keeps_the_references_to_true() -> None:
    bell = _Bell()
    before = sys.getrefcount(True)
    for _ in range(REPEATS):
        bell.rung.emit(True)
    bell.heard.clear()
    assert sys.getrefcount(True) > before - NOISE


def test_painter_setters_keep_the_references_to_none() -> None:
    image = QImage(16, 16, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    pen, brush = QPen(Qt.GlobalColor.black), QBrush(Qt.GlobalColor.white)
    before = sys.getrefcount(None)
    for _ in range(REPEATS):
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.setOpacity(0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.drawRect(QRectF(1, 1, 8, 8))
        painter.drawPoint(QPointF(2, 2))
    painter.end()
    assert sys.getrefcount(None) > before - NOISE


def test_the_counts_mean_something() -> None:
    """Where True is immortal (Python 3.12 on) the two tests above pass whatever PySide6 does."""
    before = sys.getrefcount(True)
    held = [True] * REPEATS
    counted = sys.getrefcount(True) - before
    del held
    assert counted >= REPEATS - NOISE or sys.version_info >= (3, 12)
