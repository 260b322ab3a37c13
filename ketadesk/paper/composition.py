"""Facts and wording become one document of finished words; layout adds and looks up nothing.

The document is plain JSON. It is what a clinic keeps of a printed sheet, so that a reprint is the
same.
"""

import re
from itertools import pairwise
from typing import Any

from ketadesk.domain.sheets import SheetKind
from ketadesk.paper import calendar_code, conditions, wording
from ketadesk.paper.colours import readable_on_white
from ketadesk.paper.errors import PaperRefused, WordingBroken
from ketadesk.paper.facts import PickupFacts, SheetFacts

TEMPLATE_VERSION = 1
PAPERS = ("letter", "a4")
# Numbers that a line break would make hard to dial; a longer text may break after all.
_KEPT_TOGETHER = {"phone_day", "phone_night", "emergency_number", "crisis_line", "blood_pressure"}
_LONGEST_KEPT = 20
# A day and its month, and "de" and its year, stay on one line.
_OF_A_DATE = re.compile(r"(?<=\b\d) (?=de |[A-Z])|(?<=\b\d\d) (?=de |[A-Z])|(?<= de) (?=\d{4})")
_DATES = {
    *("on", "on_with_year", "printed_at", "no_driving_before"),
    *("next_starts", "no_solids_after", "no_alcohol_from"),
}

Run = dict[str, Any]
Document = dict[str, Any]


def compose(facts: SheetFacts, *, language: str, paper: str) -> Document:
    """The whole sheet as finished words; PaperRefused or WordingBroken instead of any hole."""
    if paper not in PAPERS:
        raise PaperRefused("paper_unknown", {"paper": paper})
    kind = conditions.kind_of(facts)
    words = wording.load(kind, language)
    return document_of(facts, words, paper=paper)


def document_of(facts: SheetFacts, words: wording.Wording, *, paper: str) -> Document:
    """The document of these facts in this wording, with everything that the layout needs."""
    document = words_of(facts, words, paper=paper)
    if isinstance(facts, PickupFacts):
        document["code"] = _Writer(facts, words).code(facts)
    return document


def words_of(facts: SheetFacts, words: wording.Wording, *, paper: str) -> Document:
    """The document without its code for a phone's camera, which takes longer than all the rest."""
    writer = _Writer(facts, words)
    return {
        "template": TEMPLATE_VERSION,
        "kind": words.kind,
        "language": words.language,
        "wording": words.version,
        "paper": paper,
        "title": words.title,
        "accent": readable_on_white(facts.clinic.accent),
        "head": writer.head(),
        "blocks": writer.blocks(),
        "footer": writer.footer(),
    }


class _Writer:
    """Fills one wording with one set of facts and names the block that cannot be filled."""

    def __init__(self, facts: SheetFacts, words: wording.Wording) -> None:
        self._words = words
        self._values = conditions.values_of(facts, words.language)
        self._met = conditions.conditions_met(facts)
        self._known = conditions.CONDITIONS[words.kind]
        self._groups = conditions.groups_of(facts, words.language)
        self._values["version"] = str(words.version)

    def head(self) -> dict[str, list[Run]]:
        """Who the sheet is from and for; the card shows its own head as blocks."""
        if self._words.kind != SheetKind.AFTERCARE:
            return {}
        contact = "contact" if "night_phone" in self._met else "contact_day_only"
        return {
            "clinic": self._runs("head", "{clinic}", self._values),
            "contact": self._label(contact),
            "name": self._runs("head", "{patient_name}", self._values),
            "date": self._runs("head", "{on_with_year}", self._values),
        }

    def footer(self) -> dict[str, Any]:
        """The small print: which wording, printed when and by whom, and whether it is a draft."""
        return {
            "text": self._label("footer"),
            "page": self._raw_label("page"),
            "draft": self._raw_label("draft") if self._words.draft else "",
        }

    def code(self, facts: PickupFacts) -> dict[str, Any]:
        """The calendar entry as a code for a phone camera, its caption and its spoken text."""
        summary = _plain(self._label("calendar"))
        place = ", ".join(filter(None, (self._values["address"], self._values["entrance"])))
        return {
            "svg": calendar_code.svg(calendar_code.entry(facts, summary=summary, place=place)),
            "caption": self._raw_label("code"),
            "alt": self._raw_label("code_alt"),
            "fold": self._raw_label("fold"),
        }

    def blocks(self) -> list[dict[str, Any]]:
        """The blocks whose condition holds, filled, in the wording's order."""
        return [self._block(block) for block in self._words.blocks if self._holds(block.id, block)]

    def _block(self, block: wording.Block) -> dict[str, Any]:
        lines = [filled for line in block.lines for filled in self._line(block.id, line)]
        if block.lines and not lines:
            raise self._broken("block_without_lines", block.id)
        return {
            "id": block.id,
            "style": block.style,
            "place": block.place,
            "heading": self._runs(block.id, block.heading, self._values),
            "aside": self._runs(block.id, block.aside, self._values),
            "body": [self._runs(block.id, text, self._values) for text in block.body],
            "lines": lines,
            "columns": block.columns,
        }

    def _line(self, block: str, line: wording.Line) -> list[dict[str, list[Run]]]:
        if not self._holds(block, line):
            return []
        entries: list[dict[str, str]] = [{}]
        if line.each is not None:
            if line.each not in conditions.GROUPS[self._words.kind]:
                raise self._broken("group_unknown", block, group=line.each)
            entries = self._groups[line.each]
        return [self._filled(block, line, self._values | entry) for entry in entries]

    def _filled(
        self, block: str, line: wording.Line, values: conditions.Values
    ) -> dict[str, list[Run]]:
        label = self._runs(block, line.label, values)
        return {"label": label, "text": self._runs(block, line.text, values)}

    def _holds(self, block: str, part: wording.Block | wording.Line) -> bool:
        if part.when is not None and part.when not in self._known:
            raise self._broken("condition_unknown", block, condition=part.when)
        return part.when is None or part.when in self._met

    def _raw_label(self, name: str) -> str:
        try:
            return self._words.labels[name]
        except KeyError:
            raise self._broken("label_missing", "labels", label=name) from None

    def _label(self, name: str) -> list[Run]:
        return self._runs(f"labels.{name}", self._raw_label(name), self._values)

    def _runs(self, block: str, text: str, values: conditions.Values) -> list[Run]:
        """Text with its placeholders filled, as runs; marks are read before any fact comes in."""
        runs: list[Run] = []
        for index, part in enumerate(text.split("**")):
            for piece in re.split(r"(\{[a-z_]+\})", part):
                if piece:
                    runs.append(self._run(block, piece, values, strong=index % 2 == 1))
        return _without_doubled_stops(runs)

    def _run(self, block: str, piece: str, values: conditions.Values, *, strong: bool) -> Run:
        if not piece.startswith("{"):
            return {"text": piece, "strong": strong, "keep": False}
        name = piece[1:-1]
        if name not in values:
            raise self._broken("placeholder_unknown", block, placeholder=name)
        if not values[name]:
            raise PaperRefused("fact_missing", {"fact": name, "block": block})
        keep = name in _KEPT_TOGETHER and len(values[name]) <= _LONGEST_KEPT
        text = _OF_A_DATE.sub("\u00a0", values[name]) if name in _DATES else values[name]
        return {"text": text, "strong": strong, "keep": keep}

    def _broken(self, code: str, block: str, **values: str) -> WordingBroken:
        file = f"{self._words.language}/{self._words.kind}.toml"
        return WordingBroken(code, {"file": file, "block": block, **values})


def _without_doubled_stops(runs: list[Run]) -> list[Run]:
    """A fact that ends in a full stop ("4:00 a. m.") also ends the sentence it stands last in."""
    for before, after in pairwise(runs):
        if before["text"].endswith(".") and after["text"].startswith("."):
            after["text"] = after["text"][1:]
    return [run for run in runs if run["text"]]


def _plain(runs: list[Run]) -> str:
    return "".join(run["text"] for run in runs)


def texts_of(document: Document) -> list[str]:
    """Every text that the document puts on paper, in reading order, for checks of the fonts."""
    texts = [_plain(runs) for runs in document["head"].values()]
    for block in document["blocks"]:
        texts += [_plain(block["heading"]), _plain(block["aside"])]
        texts += [_plain(runs) for runs in block["body"]]
        texts += [_plain(line[part]) for line in block["lines"] for part in ("label", "text")]
    footer, code = document["footer"], document.get("code", {})
    texts += [_plain(footer["text"]), footer["page"], footer["draft"]]
    texts += [code.get("caption", ""), code.get("fold", "")]
    return [text for text in texts if text]
