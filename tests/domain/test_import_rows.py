"""What one row of an export becomes: a patient with nothing lost, or a reason why not."""

from datetime import date

import pytest

from ketadesk.domain.dates import DateOrder
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import PatientId
from ketadesk.domain.importing.headers import samples
from ketadesk.domain.importing.rows import birth_dates, refuse_nameless, row_reader
from ketadesk.domain.importing.source import (
    LONGEST_VALUE,
    Field,
    ImportReport,
    KnownRow,
    Source,
    SourceRow,
)
from ketadesk.domain.importing.text import table
from ketadesk.domain.patients import PatientDraft

TODAY = date(2026, 11, 22)
NAMED = {"First": Field.GIVEN_NAME, "Last": Field.FAMILY_NAME}
ANA = {"First": "Ana", "Last": "García"}


def source(
    columns: dict[str, Field | None], *rows: tuple[str, ...], faults: tuple[str, ...] = ()
) -> Source:
    made = [SourceRow(number, row) for number, row in enumerate(rows, start=2)]
    made += [SourceRow(len(made) + 2 + number, (), fault) for number, fault in enumerate(faults)]
    return Source(tuple(columns), tuple(made), "utf-8", ",", columns, None, {})


def read(columns: dict[str, Field | None], *values: str, order: DateOrder = "mdy") -> PatientDraft:
    """The draft of a row of the named columns, Ana García's when none of them is a name."""
    named = {Field.GIVEN_NAME, Field.FAMILY_NAME, Field.FULL_NAME} & set(columns.values())
    if not named:
        columns, values = {**NAMED, **columns}, (*ANA.values(), *values)
    made = source(columns, values)
    return row_reader(made, order=order, today=TODAY).draft(made.rows[0])


def refusal(columns: dict[str, Field | None], *values: str) -> Refused:
    with pytest.raises(Refused) as refused:
        read(columns, *values)
    return refused.value


def test_every_field_finds_its_place() -> None:
    draft = read(
        {
            **NAMED,
            "Called": Field.CALLED_NAME,
            "DOB": Field.BIRTH_DATE,
            "MRN": Field.RECORD_NUMBER,
            "Mobile": Field.MOBILE_PHONE,
            "Mail": Field.EMAIL,
        },
        " Ana  María ", "García", "Anita", "3/12/1985", "K-1", "310 555 0142", "ana@example.org",
    )  # fmt: skip
    assert draft == PatientDraft(
        given_name="Ana María",
        family_name="García",
        called_name="Anita",
        birth_date=date(1985, 3, 12),
        record_number="K-1",
        phone="310 555 0142",
        email="ana@example.org",
    )


@pytest.mark.parametrize("empty", ["", "  ", "NULL", "null", r"\N", "NaN", "nan", "#N/A"])
def test_what_other_systems_write_for_nothing_is_nothing(empty: str) -> None:
    columns = {"DOB": Field.BIRTH_DATE, "Mobile": Field.MOBILE_PHONE, "Insurance": None}
    assert read(columns, empty, empty, empty) == PatientDraft("Ana", "García")


def test_the_order_of_dates_is_the_columns_own() -> None:
    columns = {"DOB": Field.BIRTH_DATE}
    assert read(columns, "3/12/1985", order="dmy").birth_date == date(1985, 12, 3)
    assert read(columns, "3/12/1985", order="mdy").birth_date == date(1985, 3, 12)


@pytest.mark.parametrize(
    ("columns", "values", "name"),
    [
        ({"F": Field.GIVEN_NAME, "M": Field.MIDDLE_NAME}, ("Ana", "María"), ("Ana María", "")),
        (
            {"F": Field.GIVEN_NAME, "L": Field.FAMILY_NAME, "S": Field.SECOND_FAMILY_NAME},
            ("Ana", "García", "López"),
            ("Ana", "García López"),
        ),
        ({"Name": Field.FULL_NAME}, ("García López, Ana",), ("Ana", "García López")),
        ({"L": Field.FAMILY_NAME}, ("García",), ("", "García")),
    ],
)
def test_names_in_parts_or_whole(
    columns: dict[str, Field | None], values: tuple[str, ...], name: tuple[str, str]
) -> None:
    draft = read(columns, *values)
    assert (draft.given_name, draft.family_name, draft.note) == (*name, "")


def test_a_whole_name_that_says_more_than_its_parts_is_noted() -> None:
    columns = {**NAMED, "Name": Field.FULL_NAME}
    assert read(columns, "Ana", "García", "GARCIA, Ana").note == ""
    assert read(columns, "Ana", "García", "Ana García López").note == "Name: Ana García López"


def test_a_title_is_noted() -> None:
    draft = read({"Name": Field.FULL_NAME}, "Dr. Ruth Abbott")
    assert (draft.given_name, draft.family_name, draft.note) == ("Ruth", "Abbott", "Name: Dr.")


@pytest.mark.parametrize("name", ["", " ", "NULL"])
def test_a_row_without_a_name_is_refused(name: str) -> None:
    assert refusal(NAMED, name, name).code == "row_without_name"
    assert refusal({"Name": Field.FULL_NAME}, name).code == "row_without_name"


def test_the_mobile_comes_before_other_phones_which_are_noted() -> None:
    columns = {
        "Home": Field.HOME_PHONE,
        "Work": Field.WORK_PHONE,
        "Phone": Field.PHONE,
        "Mobile": Field.MOBILE_PHONE,
    }
    draft = read(columns, "1", "2", "4", "4")
    assert draft.phone == "4"
    assert draft.note.splitlines() == ["Home: 1", "Work: 2"]
    assert read(columns, "1", "", "", "").phone == "1"


def test_a_second_column_of_one_field_is_noted_when_it_says_something_else() -> None:
    columns = {"Mail": Field.EMAIL, "Mail 2": Field.EMAIL, "Mail 3": Field.EMAIL}
    draft = read(columns, "a@x.org", "b@x.org", "a@x.org")
    assert (draft.email, draft.note) == ("a@x.org", "Mail 2: b@x.org")


def test_an_address_is_put_together_as_people_write_it() -> None:
    columns = {
        "Country": Field.COUNTRY,
        "Zip": Field.POSTAL_CODE,
        "State": Field.STATE,
        "City": Field.CITY,
        "Street": Field.STREET,
        "No": Field.HOUSE_NUMBER,
        "Apt": Field.STREET_MORE,
    }
    values = ("USA", "90802", "CA", "Long Beach", "Harbor  St", "120", "Apt 4")
    whole = "120 Harbor St, Apt 4, Long Beach, CA 90802, USA"
    assert read(columns, *values).address == whole
    assert read(columns, "", "90802", "", "", "", "", "").address == "90802"


@pytest.mark.parametrize(
    ("spoken", "written", "interpreter", "expected"),
    [
        ("Spanish", "", "", ("es", "es", False)),
        ("", "Spanish", "", ("es", "es", False)),
        ("Vietnamese", "English", "yes", ("vi", "en", True)),
        ("", "", "Sí", ("en", "en", True)),
        ("", "", "0", ("en", "en", False)),
    ],
)
def test_languages(
    spoken: str, written: str, interpreter: str, expected: tuple[str, str, bool]
) -> None:
    draft = read(SPEAKING, spoken, written, interpreter)
    found = (draft.spoken_language, draft.written_language, draft.interpreter_needed)
    assert (found, draft.note) == (expected, "")


SPEAKING: dict[str, Field | None] = {
    "Speaks": Field.LANGUAGE,
    "Reads": Field.WRITTEN_LANGUAGE,
    "Interpreter": Field.INTERPRETER,
}


def test_what_is_no_language_and_no_yes_or_no_is_noted() -> None:
    draft = read(SPEAKING, "declined", "Quechua", "daughter helps")
    assert not draft.interpreter_needed
    assert draft.note.splitlines() == [
        "Speaks: declined",
        "Reads: Quechua",
        "Interpreter: daughter helps",
    ]


def test_columns_without_a_place_are_noted_in_order_after_the_notes() -> None:
    columns = {
        "Insurance": None,
        "Remark": Field.NOTE,
        "Status": Field.STATUS,
        "SSN": Field.NOT_KEPT,
        "Reason": Field.OWN_REMARK,
    }
    draft = read(columns, "none", "prefers mornings", "Active", "078-05-1120", "row_without_name")
    assert draft.note.splitlines() == ["prefers mornings", "Insurance: none", "Status: Active"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        (Field.DECEASED, "2020-01-01", "row_deceased"),
        (Field.DECEASED, "Yes", "row_deceased"),
        (Field.DECEASED, "0000-00-00", ""),
        (Field.DECEASED, "No", ""),
        (Field.DECEASED, "", ""),
        (Field.STATUS, "Fallecida", "row_deceased"),
        (Field.STATUS, "Archived", "row_inactive"),
        (Field.STATUS, "Married", ""),
        (Field.ACTIVE, "0", "row_inactive"),
        (Field.ACTIVE, "No", "row_inactive"),
        (Field.ACTIVE, "", ""),
        (Field.ACTIVE, "1", ""),
        (Field.INACTIVE, "1", "row_inactive"),
        (Field.INACTIVE, "", ""),
        (Field.INACTIVE, "false", ""),
    ],
)
def test_who_died_or_was_put_away_is_not_brought_in(field: Field, value: str, code: str) -> None:
    if not code:
        assert read({"State": field}, value).given_name == "Ana"
        return
    refused = refusal({"State": field}, value)
    assert (refused.code, refused.values) == (code, {"column": "State"})


def test_a_row_of_a_wrong_shape_is_refused_with_its_fault() -> None:
    made = source(NAMED, faults=("row_too_short",))
    with pytest.raises(Refused, match="row_too_short"):
        row_reader(made, order="ymd", today=TODAY).draft(made.rows[0])


def test_values_too_long_or_not_of_letters_are_refused() -> None:
    longest = "x" * LONGEST_VALUE
    assert read({"Remark": Field.NOTE}, longest).note == longest
    refused = refusal({"Remark": Field.NOTE}, longest + "x")
    assert (refused.code, refused.values) == ("row_value_too_long", {"most": LONGEST_VALUE})
    half = "x" * (LONGEST_VALUE - 1)
    assert len(read({"Remark": Field.NOTE, "More": None}, half, half).note) > LONGEST_VALUE
    for control in ("\x00", "\x1b", "\x7f", "\x85"):
        assert refusal(NAMED, "Ana", f"Gar{control}cía").code == "row_control_characters"
    assert read({"Remark": Field.NOTE}, "two\nlines\tand a tab").note == "two\nlines\tand a tab"


def test_a_file_without_a_column_of_names_is_refused_whole() -> None:
    with pytest.raises(Refused) as refused:
        refuse_nameless(source({"Last": Field.FAMILY_NAME, "Phone": Field.PHONE}))
    assert refused.value.code == "import_without_name"
    assert refused.value.values == {"headers": "Last, Phone"}
    refuse_nameless(source({"Name": Field.FULL_NAME}))
    refuse_nameless(source({"First": Field.GIVEN_NAME}))


def test_birth_dates_are_those_of_the_first_such_column_in_whole_rows() -> None:
    columns = {"Name": Field.FULL_NAME, "DOB": Field.BIRTH_DATE, "Born": Field.BIRTH_DATE}
    rows = (("Ana", " 3/12/1985 ", "1"), ("Ben", "NULL", "2"), ("Cleo", "1990-01-01", "3"))
    header, values = birth_dates(source(columns, *rows, faults=("row_too_short",)))
    assert (header, list(values)) == ("DOB", ["3/12/1985", "1990-01-01"])
    assert birth_dates(source(NAMED)) == ("", ())


def test_samples_are_the_first_values_that_say_something() -> None:
    rows = [SourceRow(number, values) for number, values in enumerate(
        [("Ana", " "), ("", "1"), ("Ben", "2"), ("Cleo",), ("Dan", "4"), ("Eve", "5")]
    )]  # fmt: skip
    assert samples(("Name", "No"), rows) == {
        "Name": ("Ana", "Ben", "Cleo"),
        "No": ("1", "2", "4"),
    }
    assert samples(("Name",), rows, most=1) == {"Name": ("Ana",)}
    assert samples(("Name",), []) == {"Name": ()}


def test_a_report_counts_its_rows() -> None:
    made = source(NAMED, ("Ana", "García"), ("Ben", "Okafor"))
    known = (KnownRow(2, "Ana García", PatientId(1), "known_by_number"),)
    report = ImportReport(made, 1, 0, known, (), (), (), (), None)
    assert (report.rows, report.already_there) == (2, 1)


def test_the_first_line_has_the_headers_when_no_line_names_a_name() -> None:
    cut = table("Phone;Mail\n1;a@x.org\n")
    assert (cut.headers, cut.body) == (("Phone", "Mail"), "1;a@x.org\n")
    short = table("Phone;Mail\n")
    assert (short.headers, short.body) == (("Phone", "Mail"), "")


def test_nothing_but_empty_lines_is_no_table() -> None:
    with pytest.raises(Refused, match="import_empty"):
        table("\n" * 500 + "Name\nAna\n")


def test_a_header_that_no_spreadsheet_could_hold_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        table("Name," + "x" * 200_000 + "\nAna,1\n")
    assert refused.value.code == "import_row_unreadable"
