"""What people read follows the screen's language, never the machine's locale."""

import locale
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ketadesk import i18n

SOURCES = Path(__file__).parents[1] / "ketadesk"
FOREIGN = ("es_ES.UTF-8", "fr_FR.UTF-8", "de_DE.UTF-8", "it_IT.UTF-8", "sv_SE.UTF-8")
SUNDAY_IN_MARCH = int(datetime(2027, 3, 14, 17, 5, tzinfo=UTC).timestamp())


@pytest.fixture
def foreign_machine() -> Iterator[None]:
    before = locale.setlocale(locale.LC_TIME)
    for name in FOREIGN:
        try:
            locale.setlocale(locale.LC_TIME, name)
        except locale.Error:
            continue
        yield
        locale.setlocale(locale.LC_TIME, before)
        return
    pytest.skip("this machine knows no foreign locale")


@pytest.mark.usefixtures("foreign_machine")
def test_a_sentence_is_the_same_on_a_foreign_machine() -> None:
    _check_sentence()


def test_a_sentence_names_the_day_and_the_time_on_the_clinics_clock() -> None:
    _check_sentence()


def _check_sentence() -> None:
    i18n.speak("en", ZoneInfo("America/New_York"))
    try:
        values = {"patient": "Ana G.", "chair": "Chair 1", "starts_at": SUNDAY_IN_MARCH}
        assert "Sun 14 Mar 13:05" in i18n.sentence("appointment_booked", values)
    finally:
        i18n.speak("en", UTC)


def test_dates_name_their_month() -> None:
    assert i18n.date_text(date(1985, 3, 4)) == "4 March 1985"
    assert i18n.date_text(date(1985, 3, 4), short=True) == "4 Mar 1985"


def test_no_source_asks_the_machine_for_the_names_of_days_and_months() -> None:
    named = re.compile(r"%-?[aAbBcxXp]\b")
    found = [
        f"{file.relative_to(SOURCES)}: {line.strip()}"
        for file in sorted(SOURCES.rglob("*.py"))
        for line in file.read_text("utf-8").splitlines()
        if "strftime" in line and named.search(line)
    ]
    assert not found
