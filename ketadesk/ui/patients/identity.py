"""How a patient is told from their namesakes, and where their approval stands, in words."""

from datetime import date
from typing import NamedTuple

from ketadesk.domain.patients import Eligibility, Patient, PatientDraft, age_on
from ketadesk.i18n import tr
from ketadesk.ui import theme, words

_LANGUAGES = {
    "en": "English",
    "es": "Spanish",
    "zh": "Chinese",
    "vi": "Vietnamese",
    "ko": "Korean",
    "tl": "Tagalog",
    "ar": "Arabic",
    "fa": "Persian",
    "ru": "Russian",
    "uk": "Ukrainian",
    "hy": "Armenian",
    "pt": "Portuguese",
    "fr": "French",
    "de": "German",
    "ja": "Japanese",
    "ht": "Haitian Creole",
    "it": "Italian",
    "pl": "Polish",
    "hi": "Hindi",
    "fil": "Filipino",
    "yue": "Cantonese",
    "ca": "Catalan",
    "gl": "Galician",
    "eu": "Basque",
    "ase": "American Sign Language",
}


class Standing(NamedTuple):
    """A short sentence with the colour and icon that go with it; `good` when nothing is missing."""

    text: str
    role: theme.Role
    icon: str
    good: bool


def language_word(tag: str) -> str:
    """The name of a language; a tag that is not in our list shows as it is."""
    return tr(_LANGUAGES[tag]) if tag in _LANGUAGES else tag


def languages() -> dict[str, str]:
    """Every language a form offers: tag and name."""
    return {tag: tr(name) for tag, name in _LANGUAGES.items()}


def born(draft: PatientDraft, today: date) -> str:
    """ "14 March 1985 (42)", or that it is not known."""
    if draft.birth_date is None:
        return tr("birth date not known")
    years = age_on(draft.birth_date, today)
    return f"{words.date_text(draft.birth_date)} ({years})"


def told_apart(patient: Patient, today: date) -> str:
    """One line that tells namesakes apart: birth date and age, phone, record number."""
    parts = [born(patient, today)]
    if patient.phone:
        parts.append(patient.phone)
    if patient.record_number:
        parts.append(tr("record {number}", number=patient.record_number))
    return " · ".join(parts)


def eligibility_standing(patient: PatientDraft, day: date) -> Standing:
    """Where the medical approval stands on a day; the program only says what was recorded."""
    expires = patient.approval_expires_on
    if patient.eligibility is Eligibility.DECLINED:
        return Standing(tr("declined by the clinician"), "red", "circle-x", good=False)
    if patient.eligibility is Eligibility.APPROVED:
        if expires is not None and expires < day:
            text = tr("approval expired {day}", day=words.date_text(expires))
            return Standing(text, "amber", "triangle-alert", good=False)
        if expires is not None:
            text = tr("approved until {day}", day=words.date_text(expires))
        else:
            text = tr("approved")
        return Standing(text, "accent", "shield-check", good=True)
    if patient.eligibility is Eligibility.ASSESSED:
        return Standing(tr("assessed, not approved yet"), "amber", "triangle-alert", good=False)
    return Standing(tr("not assessed yet"), "amber", "triangle-alert", good=False)
