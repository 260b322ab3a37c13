"""Who can be a patient: somebody with a name, born within the last 120 years."""

from datetime import date

import pytest

from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import PatientId, Uuid
from ketadesk.domain.patients import Patient, PatientDraft, age_on, check_patient

TODAY = date(2027, 5, 10)


def patient(given_name: str = "Ana", family_name: str = "García", called: str = "") -> Patient:
    return Patient(given_name, family_name, called, id=PatientId(1), uuid=Uuid("u"))


@pytest.mark.parametrize(
    ("seen", "name", "called"),
    [
        (patient(), "Ana García", "Ana"),
        (patient(called="Anita"), "Ana García", "Anita"),
        (patient(given_name=""), "García", "García"),
    ],
)
def test_what_a_patient_is_called(seen: Patient, name: str, called: str) -> None:
    assert (seen.name, seen.called) == (name, called)


@pytest.mark.parametrize(
    ("birth_date", "age"),
    [
        (date(1985, 5, 10), 42),
        (date(1985, 5, 11), 41),
        (date(1985, 6, 1), 41),
        (date(2027, 5, 10), 0),
    ],
)
def test_years_count_from_the_birthday_itself(birth_date: date, age: int) -> None:
    assert age_on(birth_date, TODAY) == age


def test_who_is_born_on_a_leap_day_is_older_on_the_first_of_march() -> None:
    leap = date(2000, 2, 29)
    assert age_on(leap, date(2027, 2, 28)) == 26
    assert age_on(leap, date(2027, 3, 1)) == 27
    assert age_on(leap, date(2028, 2, 29)) == 28


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (PatientDraft(" ", "\t"), "patient_without_name"),
        (PatientDraft("Ana", birth_date=date(2027, 5, 11)), "born_in_future"),
        (PatientDraft("Ana", birth_date=date(1906, 5, 10)), "born_too_long_ago"),
    ],
)
def test_who_cannot_be_is_refused(draft: PatientDraft, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_patient(draft, today=TODAY)
    assert refused.value.code == code
    if draft.birth_date is not None:
        assert refused.value.values == {"birth_date": draft.birth_date.isoformat()}


@pytest.mark.parametrize(
    "draft",
    [
        PatientDraft("Ana"),
        PatientDraft("", "García"),
        PatientDraft("Ana", birth_date=TODAY),
        PatientDraft("Ana", birth_date=date(1906, 5, 11)),
        PatientDraft("Ana", birth_date=date(1907, 5, 10)),
    ],
)
def test_who_can_be_is_not(draft: PatientDraft) -> None:
    """Born today, and 120 years old up to the day before the next birthday."""
    check_patient(draft, today=TODAY)
