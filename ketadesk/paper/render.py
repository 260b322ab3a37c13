"""A sheet from its facts, or again from what was kept of it: same input, same bytes."""

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ketadesk import resources
from ketadesk.domain.list_sheets import ListKind
from ketadesk.domain.sheets import SheetKind
from ketadesk.paper import composition, conditions, glyphs, list_document, looks, wording
from ketadesk.paper.errors import PaperError, PaperRefused
from ketadesk.paper.facts import SheetFacts
from ketadesk.paper.list_facts import ListFacts

if TYPE_CHECKING:
    import typst

MOST_PAGES = 2
"""A handout of more than two pages is not read (plain-language checklists of health services)."""
_PAGE_TREE = re.compile(rb"/Type/Pages/Count (\d+)/")
_WITH_LOOKS = {SheetKind.AFTERCARE}
TEMPLATES: dict[tuple[str, int], str] = {
    (SheetKind.AFTERCARE, 1): "aftercare-1.typ",
    (SheetKind.PICKUP, 1): "pickup-1.typ",
    **{(kind, 1): "list-1.typ" for kind in ListKind},
}


@dataclass(frozen=True)
class Sheet:
    """A finished sheet; `input_json` is what to keep for printing it again."""

    kind: str
    language: str
    paper: str
    pdf: bytes
    pages: int
    template_version: int
    wording_version: int
    input_json: str


def render(facts: SheetFacts, *, language: str = "en", paper: str = "letter") -> Sheet:
    """The sheet for these facts on `letter` or `a4`; PaperRefused or WordingBroken if not whole."""
    document = composition.compose(facts, language=language, paper=paper)
    lacking = glyphs.missing(composition.texts_of(document))
    if lacking:
        raise PaperRefused("glyphs_missing", {"characters": lacking})
    sheet = _roomiest(document)
    if sheet.pages > MOST_PAGES:
        raise PaperRefused("too_long", {"pages": str(sheet.pages), "most": str(MOST_PAGES)})
    return sheet


def render_list(facts: ListFacts, *, paper: str = "letter") -> Sheet:
    """A list of visits, on as many pages as it needs; PaperRefused for an unknown paper."""
    return sheet_again(_as_json(list_document.document_of(facts, paper=paper)))


def _roomiest(document: composition.Document) -> Sheet:
    """In the guessed look, or the first tighter one that needs one page, or the tightest."""
    if document["kind"] not in _WITH_LOOKS:
        return sheet_again(_as_json(document))
    sheet = None
    for look in range(looks.guess(document), len(looks.LOOKS)):
        sheet = sheet_again(_as_json({**document, "look": look}))
        if sheet.pages == 1:
            break
    assert sheet is not None
    return sheet


def _as_json(document: composition.Document) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def still_says(input_json: str, facts: SheetFacts) -> bool:
    """Whether a sheet made of these facts would say what the kept one says; nothing is drawn.

    A sheet in another version of the wording can't be compared, so nothing is held against it.
    """
    try:
        kept = json.loads(input_json)
        words = wording.load(conditions.kind_of(facts), kept["language"])
        if (kept["template"], kept["wording"]) != (composition.TEMPLATE_VERSION, words.version):
            return True
        now = composition.words_of(facts, words, paper=kept["paper"])
    except PaperRefused:
        return False
    except (PaperError, ValueError, KeyError, TypeError):
        return True
    small_print = {"code", "footer"}  # who printed it when; the code says what the words say
    return all(now[name] == kept.get(name) for name in now.keys() - small_print)


def sheet_again(input_json: str) -> Sheet:
    """A sheet that was kept, whole; PaperRefused "template_unknown" if nothing can draw it."""
    pdf = render_again(input_json)
    document = json.loads(input_json)
    return Sheet(
        kind=document["kind"],
        language=document["language"],
        paper=document["paper"],
        pdf=pdf,
        pages=page_count(pdf),
        template_version=document["template"],
        wording_version=document["wording"],
        input_json=input_json,
    )


def render_again(input_json: str) -> bytes:
    """The PDF of a sheet that was kept; PaperRefused "template_unknown" if nothing can draw it."""
    try:
        document = json.loads(input_json)
        template = TEMPLATES[document["kind"], document["template"]]
    except (ValueError, KeyError, TypeError):
        raise PaperRefused("template_unknown") from None
    return _compiled(template, input_json)


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of ours has, by its page tree: loading a reader takes far longer."""
    found = _PAGE_TREE.search(pdf)
    assert found is not None
    return int(found[1])


def _compiled(template: str, input_json: str) -> bytes:
    import typst  # late: 20 ms that only printing needs

    compiler = typst.Compiler(
        resources.path("sheets", template),
        root=resources.path("sheets"),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"sheet": input_json},
    )
    try:
        pdf = compiler.compile(format="pdf", pdf_standards="ua-1")
    except typst.TypstError as error:
        raise PaperError("not_laid_out", {"reason": error.message}) from None
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _fonts() -> "typst.Fonts":
    """Only the bundled faces: a sheet looks the same on every machine."""
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(resources.path("fonts"))],
    )
