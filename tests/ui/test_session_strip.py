"""The strip and the table: pure painting, words for screen readers, flags, nothing hidden."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ketadesk.ui import theme
from ketadesk.ui.session.strip import Strip
from ketadesk.ui.session.strip_data import (
    StripData,
    StripDose,
    StripMark,
    StripPoint,
    StripWords,
    mark_places,
    nearest_point,
    places,
)
from ketadesk.ui.session.strip_painter import paint_strip
from ketadesk.ui.theme import DARK, LIGHT, Tokens

TEN = datetime(2027, 5, 14, 10, 0, tzinfo=UTC)
WORDS = StripWords("systolic", "diastolic", "heart rate", "SpO₂", "dose")
AREA = QRectF(0, 0, 900, 300)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, dark=False)
    yield


def minute(number: float) -> datetime:
    return TEN + timedelta(minutes=number)


def point(number: float, systolic: int = 132, diastolic: int = 84) -> StripPoint:
    words = f"10:{round(number):02} BP {systolic}/{diastolic}"
    return StripPoint(minute(number), systolic, diastolic, 78, 98, words)


def data(*points: StripPoint) -> StripData:
    return StripData(
        starts=minute(-5),
        ends=minute(95),
        words=WORDS,
        points=points,
        marks=(StripMark(minute(12), "N", "nausea, grade 1", "amber"),),
        dose=StripDose(((minute(0), minute(15)),), minute(40), "ketamine 35 mg"),
        now=minute(15),
    )


def image(shown: StripData, tokens: Tokens = LIGHT, size: tuple[int, int] = (900, 300)) -> QImage:
    made = QImage(*size, QImage.Format.Format_RGB32)
    made.fill(QColor(tokens.surface))
    painter = QPainter(made)
    paint_strip(painter, QRectF(made.rect()), shown, tokens)
    painter.end()
    return made


def test_the_same_data_paints_the_same_picture() -> None:
    assert image(data(point(0))) == image(data(point(0)))


def test_a_reading_more_changes_the_picture() -> None:
    assert image(data(point(0))) != image(data(point(0), point(5)))


@pytest.mark.parametrize("field", ["systolic", "diastolic", "heart_rate", "oxygen_saturation"])
def test_every_vital_sign_is_drawn(field: str) -> None:
    changed = replace(point(5), **{field: getattr(point(5), field) - 9})
    assert image(data(point(0), point(5))) != image(data(point(0), changed))


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_signs_can_be_told_apart_in_grey(tokens: Tokens) -> None:
    """Without colour the carets still stand out from the page."""
    shown = data(point(5, 160, 60))
    grey = image(shown, tokens).convertToFormat(QImage.Format.Format_Grayscale8)
    where = places(AREA, shown)
    page = QColor(tokens.surface).lightness()
    for value in (160, 60):
        x, y = round(where.x(minute(5))), round(where.y(value))
        nearby = [
            abs(grey.pixelColor(x + dx, y + dy).lightness() - page)
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
        ]
        assert max(nearby) > 90


def test_time_is_true_to_scale() -> None:
    where = places(AREA, data())
    assert where.x(minute(45)) - where.x(minute(0)) == pytest.approx(
        where.x(minute(90)) - where.x(minute(45))
    )


def test_the_scale_grows_with_what_was_measured() -> None:
    calm, high = places(AREA, data(point(0))), places(AREA, data(point(0, 238, 30)))
    assert (calm.low, calm.high) == (40, 200)
    assert high.low < 30 and high.high > 238


def test_no_letter_covers_another() -> None:
    crowded = replace(
        data(), marks=tuple(StripMark(minute(10 + n / 5), "N", "nausea") for n in range(6))
    )
    placed = [x for _, x in mark_places(places(AREA, crowded), crowded)]
    assert all(after - before >= 20 for before, after in pairwise(placed))


def test_a_strip_with_nothing_in_it_paints() -> None:
    empty = StripData(starts=minute(0), ends=minute(60), words=WORDS)
    assert image(empty) != image(data(point(0)))
    assert nearest_point(AREA, empty, 100) is None


@pytest.mark.parametrize("size", [(1, 1), (60, 40), (2400, 1200)])
def test_any_size_paints(size: tuple[int, int]) -> None:
    image(data(point(0), point(5)), size=size)


def test_the_keys_read_the_points(qtbot) -> None:
    strip = Strip(name="Strip")
    qtbot.addWidget(strip)
    strip.show_data(data(point(0), point(5, 144, 90)))
    assert "BP 132/84" in strip.accessibleDescription()
    assert "nausea" in strip.accessibleDescription()
    with qtbot.waitExposed(strip):
        strip.show()
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert strip.accessibleDescription() == "10:05 BP 144/90"
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert strip.accessibleDescription() == "10:00 BP 132/84"
    strip.show_data(data(point(0), point(5, 144, 90), point(10)))
    assert strip.accessibleDescription() == "10:00 BP 132/84"
