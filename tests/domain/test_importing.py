"""Which column means what, which date is which day, how a name in one piece comes apart."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ketadesk.domain.errors import Refused
from ketadesk.domain.importing.dates import column_order, read_birth_date
from ketadesk.domain.importing.headers import field_of, hinted_order, recognise
from ketadesk.domain.importing.source import Field, SourceRow
from ketadesk.domain.importing.text import (
    decoded,
    read_from_spreadsheets,
    table,
    written_for_spreadsheets,
)
from ketadesk.domain.importing.words import language_tag, split_name

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("fname", Field.GIVEN_NAME),
        ("patientfirstname", Field.GIVEN_NAME),
        ("First Name*", Field.GIVEN_NAME),
        ("Client Last Name", Field.FAMILY_NAME),
        ("Nombre del paciente", Field.GIVEN_NAME),
        ("Segundo apellido", Field.SECOND_FAMILY_NAME),
        ("MiddleI", Field.MIDDLE_NAME),
        ("Preferred first name", Field.CALLED_NAME),
        ("Patient", Field.FULL_NAME),
        ("Nombre y apellidos", Field.FULL_NAME),
        ("D.O.B.", Field.BIRTH_DATE),
        ("DOB (mm/dd/yyyy)", Field.BIRTH_DATE),
        ("FECHA DE NACIMIENTO", Field.BIRTH_DATE),
        ("Patient date of birth", Field.BIRTH_DATE),
        ("pubpid", Field.RECORD_NUMBER),
        ("Nº historia clínica", Field.RECORD_NUMBER),
        ("WirelessPhone", Field.MOBILE_PHONE),
        ("Phone (Mobile)", Field.MOBILE_PHONE),
        ("Teléfono móvil", Field.MOBILE_PHONE),
        ("HmPhone", Field.HOME_PHONE),
        ("e-mail address", Field.EMAIL),
        ("Correo electrónico", Field.EMAIL),
        ("zip", Field.POSTAL_CODE),
        ("DEATHDATE", Field.DECEASED),
        ("SSN", Field.NOT_KEPT),
        ("ss", Field.NOT_KEPT),
        ("Social Security #", Field.NOT_KEPT),
        ("Driver's License Number", Field.NOT_KEPT),
        ("Portal password", Field.NOT_KEPT),
        ("ketadesk_reason", Field.OWN_REMARK),
        ("Emergency Contact Phone", None),
        ("Insurance holder date of birth", None),
        ("guarantorfirstname", None),
        ("Mother's Maiden Name", None),
        ("Referring doctor name", None),
        ("Teléfono de contacto de emergencia", None),
        ("birthplace", None),
        ("Date of birth of patient, verified by", None),
        ("Fecha de nac. / birth date", Field.BIRTH_DATE),
        ("Correo particular", Field.EMAIL),
        ("Celular no.", Field.MOBILE_PHONE),
        ("Evening phone", Field.PHONE),
        ("Phone at home", Field.HOME_PHONE),
        ("Phone at the office", Field.WORK_PHONE),
        ("Clinic MRN", Field.RECORD_NUMBER),
        ("Zip 5", Field.POSTAL_CODE),
        ("Full legal name", Field.FULL_NAME),
        ("Chosen name", Field.CALLED_NAME),
        ("Name of clinic", None),
        ("County", None),
        ("Last visit date", None),
        ("username", None),
        ("", None),
        ("???", None),
    ],
)
def test_columns_are_known_by_the_names_other_systems_give_them(
    header: str, field: Field | None
) -> None:
    assert field_of(header) is field


def test_a_slip_in_a_needed_columns_name_is_forgiven_and_nowhere_else() -> None:
    found = recognise(["fist_name", "last_name", "County", "birthdatte"], [])
    assert list(found.values()) == [
        Field.GIVEN_NAME,
        Field.FAMILY_NAME,
        None,
        Field.BIRTH_DATE,
    ]
    assert recognise(["first_name", "fist_name"], [])["fist_name"] is None


def test_a_spanish_nombre_alone_is_the_whole_name() -> None:
    assert recognise(["Nombre", "Teléfono"], [])["Nombre"] is Field.FULL_NAME
    assert recognise(["Nombre", "Apellidos"], [])["Nombre"] is Field.GIVEN_NAME


def test_values_tell_where_names_mislead() -> None:
    rows = [SourceRow(2, ("078-05-1120", "Activo", "A1", "5"))]
    found = recognise(["ID card", "Estado", "Chart", "Patient ID"], rows)
    assert found["ID card"] is Field.NOT_KEPT
    assert found["Estado"] is Field.STATUS
    gaps = [*rows, SourceRow(3, ("078-05-1121", "", "", "6"))]
    found = recognise(["ID card", "Estado", "Chart", "Patient ID"], gaps)
    assert (found["Chart"], found["Patient ID"]) == (None, Field.RECORD_NUMBER)


def test_one_numbering_is_kept_as_record_number() -> None:
    found = recognise(["id", "pid", "pubpid"], [])
    assert found == {"id": None, "pid": None, "pubpid": Field.RECORD_NUMBER}


@pytest.mark.parametrize(
    ("values", "order", "doubt"),
    [
        (["1985-04-03", "19700102"], "ymd", None),
        (["3/4/1985", "3/14/1985"], "mdy", None),
        (["3/4/1985", "14.3.1985"], "dmy", None),
        (["3/3/1985"], "mdy", None),
        (["3/4/1985", "1985-04-03"], None, "import_dates_ambiguous"),
        (["13/4/1985", "4/13/1985"], None, "import_dates_mixed"),
        (["March 4, 1985", "no idea"], "ymd", None),
        ([], "ymd", None),
    ],
)
def test_the_order_of_dates_is_decided_over_the_whole_column(
    values: list[str], order: str | None, doubt: str | None
) -> None:
    found, why = column_order("DOB", values)
    assert (found, why.code if why else None) == (order, doubt)
    if why is not None:
        assert why.values["column"] == "DOB"


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("1985-04-03", "mdy", date(1985, 4, 3)),
        ("1985-04-03 00:00:00", "dmy", date(1985, 4, 3)),
        ("1985-04-03T00:00:00Z", "ymd", date(1985, 4, 3)),
        ("03/04/1985", "mdy", date(1985, 3, 4)),
        ("03/04/1985", "dmy", date(1985, 4, 3)),
        ("3.4.84", "dmy", date(1984, 4, 3)),
        ("3/4/04", "mdy", date(2004, 3, 4)),
        ("12-Mar-1980", "ymd", date(1980, 3, 12)),
        ("12 de marzo de 1980", "ymd", date(1980, 3, 12)),
        ("12-Mar-80", "ymd", date(1980, 3, 12)),
        ("0000-00-00", "ymd", None),
    ],
)
def test_birth_dates_are_read(text: str, order: str, day: date | None) -> None:
    assert read_birth_date(text, order=order, today=TODAY) == day  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("14/03/1985", "row_birth_date_impossible"),
        ("02/30/1985", "row_birth_date_impossible"),
        ("3/4/20", "row_birth_year_short"),
        ("29221", "row_birth_date_unreadable"),
        ("unknown", "row_birth_date_unreadable"),
        ("1985-04-03T23:00:00Z", "row_birth_date_is_a_moment"),
        ("2027-01-01", "row_born_in_future"),
        ("1890-01-01", "row_born_too_long_ago"),
    ],
)
def test_birth_dates_that_are_no_certain_day_are_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_birth_date(text, order="mdy", today=TODAY)
    assert refused.value.code == code


def test_a_header_may_name_the_order_of_its_dates() -> None:
    assert hinted_order("DOB (dd/mm/yyyy)") == "dmy"
    assert hinted_order("Birth Date [MM-DD-YYYY]") == "mdy"
    assert hinted_order("Fecha (dd/mm/aaaa)") == "dmy"
    assert hinted_order("Date of birth") is None


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("García López, Ana", ("", "Ana", "García López")),
        ("Ana García", ("", "Ana", "García")),
        ("Jan van der Berg", ("", "Jan", "van der Berg")),
        ("María de la Cruz", ("", "María", "de la Cruz")),
        ("John Smith Jr.", ("", "John", "Smith Jr.")),
        ("John Smith, Jr.", ("", "John", "Smith Jr.")),
        ("Smith, Mr. John Paul", ("Mr.", "John Paul", "Smith")),
        ("Dr. Ruth Abbott", ("Dr.", "Ruth", "Abbott")),
        ("Cher", ("", "Cher", "")),
        (",", ("", "", "")),
    ],
)
def test_a_name_in_one_piece_comes_apart(whole: str, parts: tuple[str, str, str]) -> None:
    assert split_name(whole) == parts


@given(st.text())
@example(",,,")
@example("García, Ana, Jr,")
def test_no_word_of_a_name_is_lost(whole: str) -> None:
    assert sorted(" ".join(split_name(whole)).split()) == sorted(whole.replace(",", " ").split())


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("English", "en"),
        ("Español", "es"),
        ("Spanish; Castilian", "es"),
        ("es_MX", "es-MX"),
        ("eng", "en"),
        ("declined", None),
    ],
)
def test_languages_become_tags(text: str, tag: str | None) -> None:
    assert language_tag(text) == tag


@given(st.text())
@example("=1+1")
@example("'=1+1")
@example("''")
def test_what_is_written_for_spreadsheets_comes_back(value: str) -> None:
    written = written_for_spreadsheets(value)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert read_from_spreadsheets(written) == value


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_refused_cell_starts_like_a_formula(start: str) -> None:
    assert written_for_spreadsheets(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize(
    ("source", "encoding"),
    [
        ("Muñoz,Ana\n".encode(), "utf-8"),
        ("Muñoz,Ana\n".encode("utf-8-sig"), "utf-8-sig"),
        ("Muñoz,Ana\n".encode("utf-16"), "utf-16"),
        ("Muñoz,Ana\n".encode("cp1252"), "cp1252"),
    ],
)
def test_letters_are_read_as_they_were_written(source: bytes, encoding: str) -> None:
    assert decoded(source) == ("Muñoz,Ana\n", encoding)


@pytest.mark.parametrize(
    ("source", "encoding", "code"),
    [
        (b"", None, "import_empty"),
        (b"\xef\xbb\xbf\r\n\r\n", None, "import_empty"),
        (b"PK\x03\x04rest", None, "import_not_text"),
        (b"name\n" + bytes(50), None, "import_not_text"),
        (b"\x1f\x8b\x08rest", None, "import_not_text"),
        (b"<html><table><tr><td>First name</td></tr></table>", None, "import_not_a_table"),
        (b'<?xml version="1.0"?><patients/>', None, "import_not_a_table"),
        (b'\n[{"first_name": "Ana"}]', None, "import_not_a_table"),
        (b"{\\rtf1 First name}", None, "import_not_a_table"),
        (b"x" * 10_000_001, None, "import_too_large"),
        ("Muñoz".encode("mac_roman"), None, "import_encoding_unsure"),
        ("Mu\u0081oz".encode("latin-1"), None, "import_encoding_unsure"),
        (b"Mu\xc3\xb1oz,Pe\xf1a", None, "import_encoding_unsure"),
        ("Muñoz".encode("cp1252"), "utf-8", "import_encoding_wrong"),
        (b"Munoz", "klingon", "import_encoding_unknown"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(
    source: bytes, encoding: str | None, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        decoded(source, encoding=encoding)
    assert refused.value.code == code


def test_the_header_line_is_found_below_a_title() -> None:
    cut = table("Patient list\nPrinted 11/22/2026\n\nFirst Name;Last Name;Phone;;\nAna;G;1\n")
    assert cut.headers == ("First Name", "Last Name", "Phone")
    assert (cut.delimiter, cut.first_line, cut.body) == (";", 5, "Ana;G;1\n")


def test_headers_twice_or_missing_get_names_of_their_own() -> None:
    cut = table('sep=,\nName,Phone,,Phone,"Long\nheader",Age\n')
    assert cut.headers == ("Name", "Phone", "Column 3", "Phone (2)", "Long header", "Age")
    assert cut.first_line == 4


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(Refused, match="import_too_many_columns"):
        table(",".join(["name"] + ["x"] * 100) + "\n")


def test_eight_digits_are_read_with_the_year_where_it_can_only_be() -> None:
    """1204 is no year anyone is born in, and 20 is no month."""
    assert column_order("dob", ["12042018", "12251961"]) == ("mdy", None)
    assert column_order("dob", ["19611225", "20180412"]) == ("ymd", None)
    assert column_order("dob", ["1961-12-25"] * 20 + ["25121961"]) == ("ymd", None)
    today = date(2026, 11, 22)
    assert read_birth_date("12042018", order="mdy", today=today) == date(2018, 12, 4)
    assert read_birth_date("12042018", order="dmy", today=today) == date(2018, 4, 12)
    assert read_birth_date("20181204", order="mdy", today=today) == date(2018, 12, 4)
