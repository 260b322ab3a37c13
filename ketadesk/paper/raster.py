"""A finished sheet as pictures for preview and printer: the same bytes, never laid out again."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageImage:
    """One page as rows of red, green and blue bytes; `stride` is the length of a row in bytes."""

    width: int
    height: int
    rgb: bytes
    stride: int


def pages(pdf: bytes, *, dpi: float) -> list[PageImage]:
    """Every page drawn at this many dots per inch."""
    import pypdfium2  # late: only a preview or a print needs it

    document = pypdfium2.PdfDocument(pdf)
    try:
        # pdfium rounds up; a hair less keeps it from adding a pixel to a page of whole pixels.
        return [_draw(page, (dpi - 0.001) / 72) for page in document]
    finally:
        document.close()


def pages_of_width(pdf: bytes, *, width: int) -> list[PageImage]:
    """Every page drawn exactly this many pixels wide, for a screen that must not scale again."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_draw(page, (width - 0.01) / page.get_width()) for page in document]
    finally:
        document.close()


def _draw(page, scale: float) -> PageImage:  # type: ignore[no-untyped-def]
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    image = PageImage(bitmap.width, bitmap.height, bytes(bitmap.buffer), bitmap.stride)
    bitmap.close()
    page.close()
    return image


def page_count(pdf: bytes) -> int:
    """How many pages a sheet has."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
