"""How an import's fields and findings are said."""

from ketadesk.domain.importing.source import Field, ImportReport, KnownRow, Resemblance
from ketadesk.i18n import tr

_FIELDS = {
    Field.GIVEN_NAME: "Given name",
    Field.MIDDLE_NAME: "Middle name",
    Field.FAMILY_NAME: "Family name",
    Field.SECOND_FAMILY_NAME: "Second family name",
    Field.FULL_NAME: "Whole name",
    Field.CALLED_NAME: "Called",
    Field.BIRTH_DATE: "Birth date",
    Field.RECORD_NUMBER: "Record number",
    Field.MOBILE_PHONE: "Mobile phone",
    Field.PHONE: "Phone",
    Field.HOME_PHONE: "Home phone",
    Field.WORK_PHONE: "Work phone",
    Field.EMAIL: "Email",
    Field.HOUSE_NUMBER: "House number",
    Field.STREET: "Street",
    Field.STREET_MORE: "Street, second line",
    Field.CITY: "City",
    Field.STATE: "State",
    Field.POSTAL_CODE: "Postal code",
    Field.COUNTRY: "Country",
    Field.LANGUAGE: "Speaks",
    Field.WRITTEN_LANGUAGE: "Reads sheets in",
    Field.INTERPRETER: "Needs an interpreter",
    Field.NOTE: "Note",
    Field.DECEASED: "Has died (refuses the row)",
    Field.STATUS: "Status (refuses who left)",
    Field.ACTIVE: "Active (refuses who is not)",
    Field.INACTIVE: "Inactive (refuses who is)",
    Field.NOT_KEPT: "Not kept at all",
    Field.OWN_REMARK: "KetaDesk's own remark",
}
_DIFFERING = {
    "name": "name",
    "birth_date": "birth date",
    "record_number": "record number",
    "phone": "phone",
    "email": "email",
}
_LIKE = {
    "same_name": "the same name",
    "same_birth_date": "the same birth date and a like name",
    "same_phone": "the same phone and given name",
}
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def field_word(field: Field | None) -> str:
    """What a column means; a column without a meaning is kept in the note."""
    if field is None:
        return tr("kept in the note")
    return tr(_FIELDS.get(field, field.value))


def field_choices() -> list[tuple[str, Field | None]]:
    """Every meaning a column can be given."""
    return [(field_word(None), None), *((field_word(field), field) for field in Field)]


def known_word(known: KnownRow) -> str:
    """Why a row's patient is not added again, and what the file says differently."""
    text = tr("twice in the file") if known.code == "twice_in_file" else tr("already a patient")
    if known.differs:
        names = ", ".join(tr(_DIFFERING.get(name, name)) for name in known.differs)
        text = tr("{what}; the file says another {names}", what=text, names=names)
    return text


def like_word(alike: Resemblance) -> str:
    """Why two may be the same person."""
    return tr(_LIKE.get(alike.code, alike.code))


def summary(report: ImportReport | None, *, done: bool) -> str:
    """How many rows became, or would become, what."""
    if report is None:
        return ""
    added = report.added + report.brought_back
    counts = {
        "added": f"{added:,}",
        "known": f"{report.already_there:,}",
        "refused": f"{len(report.refused):,}",
    }
    if done:
        return tr("Added {added} · already there {known} · refused {refused}", **counts)
    return tr("Would add {added} · already there {known} · refused {refused}", **counts)
