"""The day, the week and the agenda on paper: whole, on one page where they belong, and readable."""

from dataclasses import replace
from itertools import combinations

import pytest

from ketadesk.domain.list_sheets import ListKind
from ketadesk.paper import raster
from ketadesk.paper.errors import PaperRefused
from ketadesk.paper.list_facts import ListFacts
from ketadesk.paper.raster import opened
from ketadesk.paper.render import Sheet, render_list, sheet_again
from tests.paper.reading_pdfs import (
    font_sizes,
    is_tagged,
    letter_boxes,
    metadata,
    squeezed,
    tags,
    text,
)
from tests.paper.sample_lists import list_facts

LEAST_SIZE = 7.0
"""Points: as small as the type in which a day of seventy visits is still read at the desk."""
ALL = [(kind, paper) for kind in ListKind for paper in ("letter", "a4")]


def busy(kind: ListKind) -> ListFacts:
    return list_facts(kind) if kind is not ListKind.WEEK else list_facts(kind, chairs=4, each=3)


def page_texts(sheet: Sheet) -> list[str]:
    with opened(sheet.pdf) as document:
        return [squeezed(page.get_textpage().get_text_range()) for page in document]


@pytest.mark.parametrize(("kind", "paper"), ALL)
def test_everybody_stands_on_it_and_nothing_is_cut(kind: ListKind, paper: str) -> None:
    facts = busy(kind)
    sheet = render_list(facts, paper=paper)
    said = text(sheet.pdf)
    for visit in facts.visits:
        span = squeezed(f"{visit.starts:%H:%M}–{visit.ends:%H:%M}")
        assert said.count(span) >= 1
    for name in {visit.name for visit in facts.visits if "ễ" not in visit.name}:
        wanted = sum(1 for visit in facts.visits if visit.name == name)
        assert said.count(squeezed(name)) >= wanted, name
    assert min(min(room) for room in letter_boxes(sheet.pdf)) > 18
    assert min(font_sizes(sheet.pdf)) >= LEAST_SIZE
    assert is_tagged(sheet.pdf)
    assert "Table" in [tag for tag, _ in tags(sheet.pdf)]


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_six_chairs_and_twelve_visits_each_stand_on_one_page(paper: str) -> None:
    sheet = render_list(list_facts(), paper=paper)
    assert sheet.pages == 1
    (said,) = page_texts(sheet)
    assert "72visits" in said
    assert "Page1of1" in said
    assert all(squeezed(chair) in said for chair in list_facts().chairs)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_no_two_words_lie_over_each_other(paper: str) -> None:
    """Runs of text share no more than a hair: the tail of a letter may touch the line below."""
    sheet = render_list(list_facts(), paper=paper)
    with opened(sheet.pdf) as document:
        for page in document:
            words = page.get_textpage()
            boxes = [words.get_rect(place) for place in range(words.count_rects())]
            assert len(boxes) > 250
            for one, other in combinations(boxes, 2):
                across = min(one[2], other[2]) - max(one[0], other[0])
                upright = min(one[3], other[3]) - max(one[1], other[1])
                assert across <= 1 or upright <= 1, (one, other)


def test_few_chairs_stand_upright_and_many_across_the_paper() -> None:
    for chairs, wide in ((2, False), (6, True)):
        sheet = render_list(list_facts(chairs=chairs, each=3))
        with opened(sheet.pdf) as document:
            width, height = document[0].get_size()
        assert (width > height) is wide


def test_an_agenda_goes_on_over_pages_each_with_its_head() -> None:
    sheet = render_list(list_facts(ListKind.AGENDA))
    said = page_texts(sheet)
    assert len(said) == sheet.pages > 1
    for number, page in enumerate(said, start=1):
        assert "Wednesday12May2027" in page
        assert "Patient" in page
        assert f"Page{number}of{sheet.pages}" in page
        assert "HarborClinic·printed14May2027,11:52byRosaM." in page


def test_a_day_with_more_than_a_page_holds_goes_on_too() -> None:
    facts = list_facts(chairs=6, each=20)
    sheet = render_list(facts)
    said = page_texts(sheet)
    assert sheet.pages > 1
    assert all("Chair6·north" in page for page in said)
    assert min(font_sizes(sheet.pdf)) >= 8


def test_a_list_for_the_door_says_so() -> None:
    assert "Initialsonly" in text(render_list(list_facts(initials=True)).pdf)
    assert "Initialsonly" not in text(render_list(list_facts()).pdf)


def test_nobody_booked_is_said() -> None:
    for kind in ListKind:
        sheet = render_list(replace(list_facts(kind), visits=()))
        assert "Nobodyisbooked." in text(sheet.pdf)


def test_letters_that_the_font_lacks_are_set_plainer() -> None:
    facts = list_facts(chairs=1, each=1)
    (visit,) = facts.visits
    odd = replace(visit, name="Nguyễn Thị #sys.inputs 李 $x$")
    assert "NguyenThi#sys.inputs?$x$" in text(render_list(replace(facts, visits=(odd,))).pdf)


@pytest.mark.parametrize("kind", ListKind)
def test_the_same_facts_make_the_same_bytes_and_again_from_what_was_kept(kind: ListKind) -> None:
    sheet = render_list(busy(kind))
    assert sheet.pdf == render_list(busy(kind)).pdf == sheet_again(sheet.input_json).pdf
    assert not {"Ana", "García"} & {*" ".join(metadata(sheet.pdf).values()).split()}


def test_it_reads_the_same_in_grey() -> None:
    """Ink on white stays far darker than its ground when a printer has no colour."""
    (page,) = raster.pages(render_list(list_facts()).pdf, dpi=50)
    greys = {
        (299 * page.rgb[at] + 587 * page.rgb[at + 1] + 114 * page.rgb[at + 2]) // 1000
        for at in range(0, len(page.rgb) - 2, 3)
    }
    assert min(greys) < 90
    assert max(greys) == 255


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(PaperRefused, match="paper_unknown"):
        render_list(list_facts(), paper="a0")
