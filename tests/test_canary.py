"""Whether this PySide6 keeps its references: 6.12.0 on Python 3.11 loses some and aborts later."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QImage, QPainter, QPen

REPEATS = 300
# Other threads may move a count a little; references lost at every call move it by REPEATS.
NOISE = REPEATS // 10

counts_have_a_meaning = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="True and None are immortal, so their counts say nothing"
)

LIVE_AND_LEAVE = """
import gc
from tests.test_canary import Bell, paint
bell = Bell()
for _ in range(20_000):
    bell.rung.emit(True)
paint(20_000)
bell.heard.clear()
gc.collect()
"""


class Bell(QObject):
    """Emits a truth and keeps what arrives."""

    rung = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[bool] = []
        self.rung.connect(self.hear)

    @Slot(bool)
    def hear(self, loud: bool) -> None:
        self.heard.append(loud)


def paint(times: int) -> None:
    """Call the painter's setters, each of which returns None, and draw once between them."""
    image = QImage(16, 16, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    pen, brush = QPen(Qt.GlobalColor.black), QBrush(Qt.GlobalColor.white)
    for _ in range(times):
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.setOpacity(0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.drawRect(QRectF(1, 1, 8, 8))
    painter.end()


@counts_have_a_meaning
def test_emitting_true_keeps_the_references_to_true() -> None:
    bell = Bell()
    before = sys.getrefcount(True)
    for _ in range(REPEATS):
        bell.rung.emit(True)
    bell.heard.clear()
    assert sys.getrefcount(True) > before - NOISE


@counts_have_a_meaning
def test_painter_setters_keep_the_references_to_none() -> None:
    before = sys.getrefcount(None)
    paint(REPEATS)
    assert sys.getrefcount(None) > before - NOISE


def test_a_program_that_emits_and_paints_a_lot_ends_well() -> None:
    """On every Python: lost references show as an abort, at the latest when the program ends."""
    life = subprocess.run(
        [sys.executable, "-c", LIVE_AND_LEAVE],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert life.returncode == 0, life.stderr
