"""The sheets as pictures: drawn like the pictures that a person looked at and kept.

`KETADESK_KEEP_PICTURES=1` draws them anew; then look at each before committing it.
"""

import os
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from ketadesk.paper import raster
from ketadesk.paper.render import render
from tests.paper.sample_facts import AFTERCARE, PICKUP

GOLDEN = Path(__file__).parent.parent / "golden" / "sheets"
SHEETS = {"aftercare": AFTERCARE, "pickup": PICKUP}
DOTS_PER_INCH = 60
MOST_MEAN_DIFFERENCE = 2.0
"""Of 255 grey levels: another pdfium shifts edges by less than this, a lost line by more."""


def picture(kind: str, language: str) -> QImage:
    """The first page in grey."""
    page = raster.pages(render(SHEETS[kind], language=language).pdf, dpi=DOTS_PER_INCH)[0]
    colour = QImage(page.rgb, page.width, page.height, page.stride, QImage.Format.Format_RGB888)
    return colour.convertToFormat(QImage.Format.Format_Grayscale8).copy()


def mean_difference(one: QImage, other: QImage) -> float:
    """The mean difference of two grey pictures of the same size, of 255."""
    assert one.size() == other.size()
    rows = [bytes(image.constBits()) for image in (one, other)]
    return sum(abs(a - b) for a, b in zip(*rows, strict=True)) / len(rows[0])


@pytest.mark.parametrize(("kind", "language"), list(product(SHEETS, ("en", "es"))))
def test_a_sheet_looks_as_it_was_approved(kind: str, language: str) -> None:
    drawn = picture(kind, language)
    file = GOLDEN / f"{kind}-{language}.png"
    if os.environ.get("KETADESK_KEEP_PICTURES"):
        assert drawn.save(str(file))
    approved = QImage(str(file)).convertToFormat(QImage.Format.Format_Grayscale8)
    assert mean_difference(drawn, approved) < MOST_MEAN_DIFFERENCE


def test_the_comparison_notices_another_sheet() -> None:
    drawn = picture("aftercare", "en")
    approved = QImage(str(GOLDEN / "aftercare-es.png"))
    other = approved.convertToFormat(QImage.Format.Format_Grayscale8)
    assert mean_difference(drawn, other) > 2 * MOST_MEAN_DIFFERENCE


def test_pages_come_in_the_asked_resolution_and_true_colours() -> None:
    pdf = render(AFTERCARE).pdf
    page = raster.pages(pdf, dpi=96)[0]
    assert (page.width, page.height) == (816, 1056)
    assert len(page.rgb) == page.stride * page.height and page.stride >= 3 * page.width
    pixels = {page.rgb[at : at + 3] for at in range(0, len(page.rgb) - 2, 3)}
    assert bytes((0xB3, 0x26, 0x1E)) in pixels
    assert bytes((0x0B, 0x6E, 0x69)) in pixels
