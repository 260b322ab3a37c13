"""A finished sheet as pictures for preview and printer: the same bytes, never laid out again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from typing import Any

_ONE_THREAD = RLock()


@dataclass(frozen=True)
class PageImage:
    """One page as rows of red, green and blue bytes; `stride` is the length of a row in bytes."""

    width: int
    height: int
    rgb: bytes
    stride: int


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """The document as pdfium reads it, for one thread at a time: two would corrupt its memory."""
    import pypdfium2  # late: only a preview or a print needs it

    with _ONE_THREAD:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def pages(pdf: bytes, *, dpi: float) -> list[PageImage]:
    """Every page drawn at this many dots per inch."""
    with opened(pdf) as document:
        # pdfium rounds up; a hair less keeps it from adding a pixel to a page of whole pixels.
        return [_draw(page, (dpi - 0.001) / 72) for page in document]


def pages_of_width(pdf: bytes, *, width: int) -> list[PageImage]:
    """Every page drawn exactly this many pixels wide, for a screen that must not scale again."""
    with opened(pdf) as document:
        return [_draw(page, (width - 0.01) / page.get_width()) for page in document]


def _draw(page: Any, scale: float) -> PageImage:
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    image = PageImage(bitmap.width, bitmap.height, bytes(bitmap.buffer), bitmap.stride)
    bitmap.close()
    page.close()
    return image
