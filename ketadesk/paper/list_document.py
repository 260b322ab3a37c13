"""A list of visits as one document of finished words; layout adds and looks up nothing."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from ketadesk.domain.list_sheets import ListKind
from ketadesk.paper import dates, glyphs, wording
from ketadesk.paper.colours import readable_on_white
from ketadesk.paper.composition import PAPERS
from ketadesk.paper.conditions import clean
from ketadesk.paper.errors import PaperRefused
from ketadesk.paper.list_facts import ListFacts, ListVisit

TEMPLATE_VERSION = 1
WORDING = "lists"
MOST_PORTRAIT_CHAIRS = 3
"""More columns than these are only readable across the paper."""
_UNDRAWABLE = "?"


def document_of(facts: ListFacts, *, paper: str, language: str = "en") -> dict[str, Any]:
    """The whole list; a letter that the font lacks is set plainer, for the list must out.

    PaperRefused for a paper that nobody knows.
    """
    if paper not in PAPERS:
        raise PaperRefused("paper_unknown", {"paper": paper})
    writer = _Writer(facts, wording.load(WORDING, language))
    return {
        "template": TEMPLATE_VERSION,
        "kind": facts.kind.value,
        "language": language,
        "wording": wording.load(WORDING, language).version,
        "paper": paper,
        "landscape": writer.landscape,
        "title": writer.label(facts.kind.value),
        "accent": readable_on_white(facts.clinic.accent),
        "head": writer.head(),
        "columns": writer.columns() if facts.kind is not ListKind.AGENDA else [],
        "heads": writer.table_heads(),
        "groups": writer.groups() if facts.kind is ListKind.AGENDA else [],
        "empty": "" if facts.visits else writer.label("nobody"),
        "footer": writer.footer(),
    }


@dataclass(frozen=True)
class _Writer:
    facts: ListFacts
    words: wording.Wording

    @property
    def landscape(self) -> bool:
        if self.facts.kind is ListKind.DAY:
            return len(self.facts.chairs) > MOST_PORTRAIT_CHAIRS
        return True

    def label(self, name: str, /, **values: object) -> str:
        text = self.words.labels[name]
        for key, value in values.items():
            text = text.replace(f"{{{key}}}", str(value))
        return text

    def head(self) -> dict[str, str]:
        """Which days, how many come, and whether names were left out."""
        facts, language = self.facts, self.words.language
        days = dates.long_date(facts.first, language, year=True)
        if facts.last != facts.first:
            first = dates.long_date(facts.first, language)
            last = dates.long_date(facts.last, language, year=True)
            days = self.label("days", first=first, last=last)
        number = len(facts.visits)
        count = self.label("one_visit") if number == 1 else self.label("visits", number=number)
        note = self.label("initials_only") if facts.initials else ""
        return {"clinic": _drawn(facts.clinic.name), "days": days, "count": count, "note": note}

    def footer(self) -> dict[str, str]:
        at, language = self.facts.printed.at, self.words.language
        moment = f"{dates.short_date(at, language)}, {_clock(at)}"
        text = self.label("footer", at=moment, name=_drawn(self.facts.printed.name),
                          clinic=_drawn(self.facts.clinic.name))  # fmt: skip
        return {"text": text, "page": self.label("page")}

    def columns(self) -> list[dict[str, Any]]:
        """The chairs of a day, or the days of a week, each with its visits in order."""
        facts = self.facts
        if facts.kind is ListKind.DAY:
            return [
                self._column(
                    chair, [one for one in facts.visits if one.chair == chair], chair=False
                )
                for chair in facts.chairs
            ]
        return [
            self._column(self._short_day(day), self._on(day), chair=True) for day in self._days()
        ]

    def _column(self, heading: str, visits: Sequence[ListVisit], *, chair: bool) -> dict[str, Any]:
        return {"heading": _drawn(heading), "visits": [self._box(one, chair) for one in visits]}

    def _box(self, visit: ListVisit, chair: bool) -> dict[str, str]:
        row = self._row(visit)
        about = [row["chair"] if chair else "", row["treatment"], row["nurse"]]
        return {
            "time": row["time"],
            "status": row["status"],
            "name": " ".join(filter(None, (row["name"], row["number"]))),
            "about": " · ".join(filter(None, about)),
            "escort": self.label("escort", escort=self._escort(visit, phone=False)),
        }

    def table_heads(self) -> list[str]:
        names = (
            "time",
            "chair",
            "patient",
            "number",
            "treatment",
            "nurse",
            "escort_head",
            "status",
        )
        return [self.label(name) for name in names]

    def groups(self) -> list[dict[str, Any]]:
        """The days that somebody comes on, each with a line for each visit."""
        language = self.words.language
        return [
            {
                "heading": dates.long_date(day, language),
                "rows": [list(self._row(visit).values()) for visit in visits],
            }
            for day, visits in groupby(self.facts.visits, key=lambda visit: visit.starts.date())
        ]

    def _row(self, visit: ListVisit) -> dict[str, str]:
        return {
            "time": f"{_clock(visit.starts)}–{_clock(visit.ends)}",
            "chair": _drawn(visit.chair.partition(" · ")[0]),
            "name": _drawn(visit.name),
            "number": visit.count,
            "treatment": _drawn(visit.protocol),
            "nurse": _drawn(visit.nurse),
            "escort": self._escort(visit, phone=True),
            "status": self.label(f"status_{visit.status}"),
        }

    def _escort(self, visit: ListVisit, *, phone: bool) -> str:
        state = self.label(f"escort_{visit.escort_state}")
        known = " ".join(filter(None, (_drawn(visit.escort), _drawn(visit.escort_phone) * phone)))
        return f"{known}, {state}" if known else state

    def _on(self, day: date) -> list[ListVisit]:
        return [one for one in self.facts.visits if one.starts.date() == day]

    def _days(self) -> list[date]:
        """Monday to Friday, and the weekend's days on which somebody comes."""
        days = [
            self.facts.first + timedelta(days=number)
            for number in range((self.facts.last - self.facts.first).days + 1)
        ]
        return [day for day in days if day.weekday() < 5 or self._on(day)]

    def _short_day(self, day: date) -> str:
        return dates.long_date(day, self.words.language)


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _drawn(text: str) -> str:
    """What the font can draw of a text: a letter without its marks before a question mark."""
    drawable = glyphs.drawable()
    return "".join(mark if mark in drawable else _plainer(mark, drawable) for mark in clean(text))


def _plainer(mark: str, drawable: frozenset[str]) -> str:
    bare = unicodedata.normalize("NFKD", mark)[:1]
    return bare if bare in drawable else _UNDRAWABLE
