"""A sheet and its pages for the screen, drawn beside the clinic file."""

from dataclasses import dataclass

from ketadesk.paper import raster
from ketadesk.paper.raster import PageImage
from ketadesk.paper.render import Sheet
from ketadesk.services import sheets
from ketadesk.services.sheets import Gathered, KeptSheet


@dataclass(frozen=True)
class Prepared:
    """A sheet and its pages, drawn for the screen."""

    sheet: Sheet
    pages: list[PageImage]


def prepare(gathered: Gathered | KeptSheet, *, width: int) -> Prepared:
    """Sets the sheet and draws its pages this many pixels wide."""
    return draw(sheets.draw(gathered), width=width)


def draw(sheet: Sheet, *, width: int) -> Prepared:
    """Draws the pages of a sheet that is set already."""
    return Prepared(sheet, raster.pages_of_width(sheet.pdf, width=width))
