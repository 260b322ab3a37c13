"""What a finished PDF says about itself, read with pdfium as a viewer would."""

import ctypes
import re
from collections.abc import Iterator

import pypdfium2.raw as pdfium

from ketadesk.paper.raster import opened


def squeezed(text: str) -> str:
    """Text without any white space or invisible marks: line breaks fall anywhere on paper."""
    return re.sub(r"[\s\u200b\ufffe\u0002]", "", text)


def text(pdf: bytes) -> str:
    """All text of all pages, squeezed."""
    with opened(pdf) as document:
        return squeezed("".join(page.get_textpage().get_text_range() for page in document))


def letter_boxes(pdf: bytes) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right and top room in points between each letter and the edge of its page."""
    with opened(pdf) as document:
        for page in document:
            width, height = page.get_size()
            letters = page.get_textpage()
            for index in range(letters.count_chars()):
                left, bottom, right, top = letters.get_charbox(index)
                if right > left:
                    yield left, bottom, width - right, height - top


def font_sizes(pdf: bytes) -> dict[float, int]:
    """How many letters are set in each size, in points."""
    sizes: dict[float, int] = {}
    with opened(pdf) as document:
        for page in document:
            letters = page.get_textpage()
            for index in range(letters.count_chars()):
                if not pdfium.FPDFText_IsGenerated(letters.raw, index):
                    size = round(pdfium.FPDFText_GetFontSize(letters.raw, index), 1)
                    sizes[size] = sizes.get(size, 0) + 1
    return sizes


def is_tagged(pdf: bytes) -> bool:
    """Whether the file carries a structure for screen readers."""
    with opened(pdf) as document:
        return bool(pdfium.FPDFCatalog_IsTagged(document.raw))


def language(pdf: bytes) -> str:
    """The language that the file declares."""
    with opened(pdf) as document:
        length = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFCatalog_GetLanguage(
            document.raw, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length
        )
        return buffer.raw.decode("utf-16-le").rstrip("\0")


def metadata(pdf: bytes) -> dict[str, str]:
    """The entries of the information dictionary."""
    with opened(pdf) as document:
        return dict(document.get_metadata_dict(skip_empty=True))


def tags(pdf: bytes) -> list[tuple[str, str]]:
    """Every structure element's type and alternative text, in reading order."""
    found: list[tuple[str, str]] = []
    with opened(pdf) as document:
        for page in document:
            tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
            for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
                _walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), found)
            pdfium.FPDF_StructTree_Close(tree)
    return found


def _walk(element: object, found: list[tuple[str, str]]) -> None:
    kind = _string(pdfium.FPDF_StructElement_GetType, element)
    found.append((kind, _string(pdfium.FPDF_StructElement_GetAltText, element)))
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            _walk(child, found)


def _string(function: object, element: object) -> str:
    length = function(element, None, 0)  # type: ignore[operator]
    buffer = ctypes.create_string_buffer(max(length, 2))
    function(element, buffer, length)  # type: ignore[operator]
    return buffer.raw.decode("utf-16-le").rstrip("\0")
