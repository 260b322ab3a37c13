"""Every state has its word, so that no enum value ever reaches a person."""

from dataclasses import fields
from datetime import date, timedelta
from enum import StrEnum

import pytest

from ketadesk.domain.appointments import EscortState, Status
from ketadesk.domain.errors import Refused
from ketadesk.domain.rules import Rules
from ketadesk.domain.sessions import Phase
from ketadesk.ui import words


@pytest.mark.parametrize("kind", words._WORDS, ids=lambda kind: kind.__name__)
def test_every_state_has_a_word_of_its_own(kind: type[StrEnum]) -> None:
    said = [words.word(state) for state in kind]
    assert len(set(said)) == len(said)
    assert not any("_" in word for word in said)


def test_every_threshold_has_a_name() -> None:
    names = [words.rule_word(rule.name) for rule in fields(Rules)]
    assert len(set(names)) == len(names)


def test_every_status_escort_state_and_phase_has_its_look() -> None:
    looks = [
        *(words.status_look(status) for status in Status),
        *(words.escort_look(state) for state in EscortState),
        *(words.phase_look(phase) for phase in Phase),
    ]
    assert all(look.icon for look in looks)


def test_sentences_hold_words_instead_of_codes() -> None:
    values = {"patient": "Ana G.", "starts_at": 0, "was": "arrived", "status": "in_session"}
    said = words.done("appointment_status_set", values)
    assert said.endswith("arrived → in session")
    undone = words.done("action_undone", {"undone": "appointment_status_set", **values})
    assert undone == f"Undone: {said}"
    refused = Refused("status_step_unknown", current="no_show", wanted="in_session")
    assert words.refusal(refused).startswith("An appointment can't go from no-show to in session.")
    rule = words.done("rule_set", {"rule": "alcohol_hours", "value": 48})
    assert rule == "Set No alcohol before and after to 48"


def test_days_and_lengths_do_not_follow_the_machines_language() -> None:
    assert words.day(date(2027, 5, 14), year=True) == "Friday 14 May 2027"
    assert words.day(date(2027, 5, 14), short=True) == "Fri 14 May"
    assert words.minutes(timedelta(minutes=59, seconds=59)) == "59 min"
    assert words.minutes(timedelta(hours=2)) == "2 h"
    assert words.minutes(timedelta(hours=2, minutes=5)) == "2 h 05 min"
