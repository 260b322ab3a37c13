"""Other systems' exports: every row is added, already there, or refused with its reason."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ketadesk.domain.errors import Refused
from ketadesk.domain.importing.source import Field, ImportReport
from ketadesk.domain.patients import Patient
from ketadesk.services import keeping, patients, undo
from ketadesk.services.importing.patients import import_patients, read_source, rejects_csv
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import ROSA, add_patient, stamp

SAMPLES = Path(__file__).parent.parent / "imports"


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def take_in(db: SqliteDatabase, source: bytes, **how: object) -> ImportReport:
    report = import_patients(db, stamp(), read_source(source), **how)  # type: ignore[arg-type]
    assert_accounted_for(report)
    return report


def assert_accounted_for(report: ImportReport) -> None:
    """Every row is in exactly one place, and every refused one is in the rejects file."""
    handled = report.added + report.brought_back + report.already_there + len(report.refused)
    assert report.rows == handled
    kept = list(csv.reader(io.StringIO(rejects_csv(report).decode("utf-8-sig"), newline="")))
    assert [row[0] for row in kept[1:]] == [str(refused.line) for refused in report.refused]
    assert all(row[1] for row in kept[1:])


def by_name(db: SqliteDatabase) -> dict[str, Patient]:
    return {patient.name: patient for patient in patients.find(db, "", most=100)}


def assert_whole(db: SqliteDatabase) -> None:
    assert all(found == [] for found in keeping.check(db).values())


def test_an_openemr_export(db: SqliteDatabase) -> None:
    report = take_in(db, sample("openemr.csv"))

    assert (report.added, report.already_there) == (2, 0)
    assert [(row.line, row.code) for row in report.refused] == [(4, "row_deceased")]
    assert report.dropped_headers == ("ss",)
    found = by_name(db)
    belen = found["Belen Ortiz"]
    assert belen.birth_date == date(1984, 3, 9)
    assert belen.record_number == "000118"
    assert belen.phone == "(856) 555-0102"
    assert belen.address == "12 Alder Ct, Camden, NJ 08001"
    assert "phone_home: 856-555-0101" in belen.note.splitlines()
    assert "mothersname: Rosa" in belen.note.splitlines()
    iker = found["Iker Luis Sanz"]
    assert (iker.phone, iker.spoken_language) == ("0034 600 55 01 02", "es")
    assert "078-05" not in "".join(repr(patient) for patient in found.values())
    assert_whole(db)


def test_a_jane_export_with_months_first(db: SqliteDatabase) -> None:
    take_in(db, sample("jane.csv"))
    peg = by_name(db)["Margaret O'Neill"]
    assert (peg.called, peg.birth_date) == ("Peg", date(1962, 4, 17))
    assert peg.phone == "310-555-0111"
    assert peg.address == "7 Elm St, Apt 4, Torrance, CA 90501"
    assert by_name(db)["Dana Lee Park"].birth_date == date(1990, 11, 5)


def test_an_open_dental_export_uses_the_number_that_everyone_has(db: SqliteDatabase) -> None:
    report = take_in(db, sample("open_dental.csv"))
    assert [(row.line, row.code) for row in report.refused] == [(3, "row_inactive")]
    assert by_name(db)["Ruth T Abbott"].record_number == "11"
    nan = by_name(db)["Nan Cole"]
    assert (nan.birth_date, nan.record_number) == (date(1984, 12, 1), "13")
    assert "ChartNumber: C13" in nan.note


def test_an_export_whose_columns_are_paths(db: SqliteDatabase) -> None:
    """GNU Health writes them so; what it calls the name is the given name."""
    report = take_in(
        db,
        b"PUID,Patient/Name,Patient/Family names,DoB,Patient/Language/Record Name,"
        b"Patient/Addresses/Street,Patient/Addresses/City,Patient/Addresses/Postal Code,Deceased\n"
        b'SIP1,Kayla Jo,Abad Ruiz,12/14/1955,Spanish,"5 Pine St\nApt 2",Renton,98048,0\n'
        b",,,,,9 Elm St,Kent,98030,\n",
    )
    assert [(row.line, row.code) for row in report.refused] == [(4, "row_without_name")]
    kayla = by_name(db)["Kayla Jo Abad Ruiz"]
    assert (kayla.given_name, kayla.record_number) == ("Kayla Jo", "SIP1")
    assert (kayla.spoken_language, kayla.note) == ("es", "")
    assert kayla.address == "5 Pine St Apt 2, Renton, 98048"


def test_an_export_whose_columns_are_paths_with_dots(db: SqliteDatabase) -> None:
    """Bahmni writes its columns so."""
    report = take_in(
        db,
        b"Registration Number,First Name,Last Name,Birth Date,Address.cityVillage,"
        b"Address.stateProvince,Attributes.phoneNumber\n"
        b"GAN203006,Asha,Rao,14-03-1984,Ganiyari,Chhattisgarh,98765 43210\n",
    )
    assert (report.added, report.note_headers) == (1, ())
    asha = by_name(db)["Asha Rao"]
    assert (asha.record_number, asha.phone) == ("GAN203006", "98765 43210")
    assert asha.address == "Ganiyari, Chhattisgarh"


def test_a_whole_name_beside_the_family_name(db: SqliteDatabase) -> None:
    take_in(db, b'Full name,Last name\nAna de la Cruz,de la Cruz\n"Roy, Eva Ida",Roy\n')

    assert {(patient.given_name, patient.family_name) for patient in by_name(db).values()} == {
        ("Ana", "de la Cruz"),
        ("Eva Ida", "Roy"),
    }


def test_a_spanish_export_from_an_older_program(db: SqliteDatabase) -> None:
    source = read_source(sample("espanol-cp1252.csv"))
    assert (source.encoding, source.delimiter, source.date_order) == ("cp1252", ";", "dmy")
    report = take_in(db, sample("espanol-cp1252.csv"))
    assert [(row.line, row.code) for row in report.refused] == [(3, "row_inactive")]
    assert report.dropped_headers == ("DNI",)
    bego = by_name(db)["Begoña Muñoz Peña"]
    assert (bego.birth_date, bego.phone) == (date(1979, 4, 23), "+34 600 55 01 10")
    assert bego.address == "C/ Olmo 3, 2º B, Alicante, 03001"
    assert by_name(db)["Ana Núñez"].address == "C/ Mayor 1 puerta 2, Madrid, 28013"


def test_an_export_saved_by_excel_as_unicode_text(db: SqliteDatabase) -> None:
    source = read_source(sample("excel-utf16.csv"))
    assert (source.encoding, source.delimiter) == ("utf-16", "\t")
    assert source.date_order == "dmy"
    take_in(db, sample("excel-utf16.csv"))
    ana = by_name(db)["Ana García López"]
    assert (ana.family_name, ana.birth_date) == ("García López", date(1985, 4, 3))
    assert ana.note.splitlines() == ["prefers mornings", "Phone (2): 310-555-0121"]
    assert by_name(db)["Jan van der Berg"].note == "Patient Name: Dr."
    assert "Cher" in by_name(db)


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.csv")))
def test_a_second_import_adds_no_one(db: SqliteDatabase, name: str) -> None:
    first = take_in(db, sample(name))
    second = take_in(db, sample(name))
    assert second.added == 0
    assert second.already_there == first.added
    assert [row.code for row in second.refused] == [row.code for row in first.refused]
    assert_whole(db)


def test_the_same_stamp_writes_once(db: SqliteDatabase) -> None:
    source, sent = read_source(sample("jane.csv")), stamp()
    first = import_patients(db, sent, source)
    again = import_patients(db, sent, source)
    assert again.changes == first.changes
    assert len(by_name(db)) == 2


def test_a_dry_run_says_the_same_and_writes_nothing(db: SqliteDatabase) -> None:
    planned = take_in(db, sample("openemr.csv"), dry_run=True)
    assert by_name(db) == {}
    done = take_in(db, sample("openemr.csv"))
    assert (planned.added, planned.refused) == (done.added, done.refused)
    assert planned.changes is None


def test_the_whole_import_is_one_action_and_can_be_undone(db: SqliteDatabase) -> None:
    take_in(db, sample("openemr.csv"))
    entry = undo.next_to_undo(db, ROSA)
    assert entry is not None and entry.verb == "patients_imported"
    undo.undo(db, stamp(), entry.action_id)
    assert by_name(db) == {}

    report = take_in(db, sample("openemr.csv"))
    assert (report.added, report.brought_back) == (0, 2)
    assert by_name(db)["Belen Ortiz"].phone == "(856) 555-0102"
    assert_whole(db)


def test_who_is_brought_back_keeps_what_was_noted_before(db: SqliteDatabase) -> None:
    patient_id = add_patient(db, "Ana", "Gil", record_number="7", note="Afraid of needles.")
    entry = undo.next_to_undo(db, ROSA)
    assert entry is not None
    undo.undo(db, stamp(), entry.action_id)
    source = b"MRN,Name,Phone,Hobby\n7,Ana Gil,555,chess\n7,Ana Gil,556,chess\n"
    report = take_in(db, source)
    assert (report.added, report.brought_back, report.already_there) == (0, 1, 1)
    ana = by_name(db)["Ana Gil"]
    assert (ana.id, ana.phone) == (patient_id, "555")
    assert ana.note == "Afraid of needles.\nHobby: chess"
    assert_whole(db)


def test_hundreds_of_patients_are_found_and_audited_like_one(db: SqliteDatabase) -> None:
    lines = "".join(f"P{number},Zoë {number},Núñez,206-555-{number:04}\n" for number in range(450))
    report = take_in(db, f"mrn,first name,last name,phone\n{lines}".encode())

    assert report.added == 450
    for text in ("nunez 449", "5550200", "p0"):
        assert len(patients.find(db, text)) == 1, text
    added = db.rows("SELECT * FROM patients WHERE family_name = 'Núñez' ORDER BY id")
    audit = db.rows("SELECT * FROM audit WHERE table_name = 'patients' AND before IS NULL")
    written = {entry["row_id"]: json.loads(entry["after"]) for entry in audit}
    assert [written[row["id"]] for row in added] == added
    assert_whole(db)


def test_languages_and_interpreters_are_kept(db: SqliteDatabase) -> None:
    take_in(
        db,
        b"Name,Language,Written language,Interpreter\n"
        b"Ana Gil,Catalan,Spanish,yes\nEva Roy,Klingon,,Mrs Lee\n",
    )
    ana, eva = by_name(db)["Ana Gil"], by_name(db)["Eva Roy"]
    assert (ana.spoken_language, ana.written_language, ana.interpreter_needed) == ("ca", "es", True)
    assert (eva.spoken_language, eva.interpreter_needed) == ("en", False)
    assert eva.note.splitlines() == ["Language: Klingon", "Interpreter: Mrs Lee"]


def test_the_whole_name_beside_its_parts_is_noted_only_when_it_differs(db: SqliteDatabase) -> None:
    take_in(
        db,
        b'Name,First name,Last name\n"Gil, Ana",Ana,Gil\nNana Roy,Eva,Roy\nUma Poe,,\n',
    )
    found = by_name(db)
    assert [found[name].note for name in ("Ana Gil", "Eva Roy", "Uma Poe")] == [
        "",
        "Name: Nana Roy",
        "",
    ]


def test_ambiguous_dates_are_refused_until_someone_says(db: SqliteDatabase) -> None:
    source = read_source(b"Name,DOB\nAna Gil,03/04/1985\nEva Roy,05/06/1990\n")
    with pytest.raises(Refused) as refused:
        import_patients(db, stamp(), source)
    assert refused.value.code == "import_dates_ambiguous"
    assert refused.value.values == {"column": "DOB", "example": "03/04/1985"}
    assert by_name(db) == {}
    import_patients(db, stamp(), source, date_order="dmy")
    assert by_name(db)["Ana Gil"].birth_date == date(1985, 4, 3)


def test_dates_of_both_orders_are_refused_row_by_row_when_someone_says(
    db: SqliteDatabase,
) -> None:
    source = b"Name,DOB\nAna Gil,13/04/1985\nEva Roy,05/26/1990\n"
    with pytest.raises(Refused, match="import_dates_mixed"):
        take_in(db, source)
    report = take_in(db, source, date_order="mdy")
    assert [(row.line, row.code) for row in report.refused] == [(2, "row_birth_date_impossible")]


def test_a_person_can_say_what_a_column_means(db: SqliteDatabase) -> None:
    source = read_source(b"who,calls,remark\nAna Gil,555,x\n")
    with pytest.raises(Refused, match="import_without_name"):
        import_patients(db, stamp(), source)
    mapping = {"who": Field.FULL_NAME, "calls": Field.PHONE, "remark": None}
    import_patients(db, stamp(), source, mapping=mapping)
    ana = by_name(db)["Ana Gil"]
    assert (ana.phone, ana.note) == ("555", "remark: x")


def test_rows_of_a_wrong_shape_are_refused_where_they_stand(db: SqliteDatabase) -> None:
    source = (
        b'First name,Last name,Phone\nAna,Gil\nEva,"Roy\nII",1\n\nIda,Kay,2,3\n'
        b",,\nUma,Poe,4,,\n,,5\nOla,Na\x00n,6\nMax," + b"y" * 10_001 + b",7\n"
    )
    report = take_in(db, source)
    assert [(row.line, row.code) for row in report.refused] == [
        (2, "row_too_short"),
        (6, "row_too_long"),
        (9, "row_without_name"),
        (10, "row_control_characters"),
        (11, "row_value_too_long"),
    ]
    assert report.source.blank_rows == 1
    assert set(by_name(db)) == {"Eva Roy II", "Uma Poe"}


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"First name,Last name\n", "import_without_rows"),
        (b'First name,Last name\nAna,Gil\nEva,"Roy\nIda,Kay\n', "import_quote_never_closed"),
        (b'"First name,Last name\nAna,Gil\n', "import_quote_never_closed"),
        (b"Name\n" + b"Ana\n" * 50_001, "import_too_many_rows"),
        (b"Phone,Email\n1,2\n", "import_without_name"),
        (b"Last name,Phone\nGil,2\n", "import_without_name"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_whole(
    db: SqliteDatabase, source: bytes, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        take_in(db, source)
    assert refused.value.code == code
    assert by_name(db) == {}


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("Patient,Patient,Patient,Contact", 2),
        ("Person,,,Contact\nID,Name,Name,Number", 3),
        ("Clinic of the Bay\nPatients on 2 November 2026\n", 4),
    ],
)
def test_lines_above_the_column_names_are_no_patients(
    db: SqliteDatabase, above: str, line: int
) -> None:
    names = "MRN,First Name,Last Name,Date of Birth"
    report = take_in(db, f"{above}\n{names}\nA1,Ana,Ruiz,1980-02-03\n".encode())

    assert report.source.headers == tuple(names.split(","))
    assert (report.added, report.source.rows[0].line) == (1, line + 1)
    assert by_name(db)["Ana Ruiz"].record_number == "A1"


def test_two_exports_in_one_file(db: SqliteDatabase) -> None:
    names = "First Name,Last Name,Phone,Phone"
    text = f"{names}\nAna,Ruiz,1,2\n{names}\nTom,Lund,3,4\n"
    report = take_in(db, text.encode())

    assert report.added == 2
    assert [(row.line, row.code) for row in report.refused] == [(3, "row_repeats_headers")]


def test_a_value_without_end_costs_only_its_row(db: SqliteDatabase) -> None:
    text = f'Name,Note\nAna Ruiz,"{"x" * 1_000_000}"\nTom Lund,\n'
    report = take_in(db, text.encode())

    assert report.added == 1
    assert [(row.line, row.code) for row in report.refused] == [(2, "row_value_too_long")]


def test_spaces_before_quotes_are_no_part_of_a_name(db: SqliteDatabase) -> None:
    take_in(db, b'"MRN", "First Name", "Last Name"\n"A1", "Ana", "Ruiz, de"\n')

    assert by_name(db)["Ana Ruiz, de"].record_number == "A1"


def test_namesakes_twins_and_shared_numbers_are_told_apart(db: SqliteDatabase) -> None:
    report = take_in(
        db,
        b"MRN,First name,Last name,DOB,Phone\n"
        b"1,Maria Jose,Gil,1990-01-02,310-555-0100\n"
        b"2,Maria Luisa,Gil,1990-01-02,310-555-0100\n"
        b"2,Pedro,Gil,1960-05-06,310-555-0100\n"
        b",Maria Jose,Gil,1990-01-02,310-555-0777\n"
        b"4,Ana,Roy,1980-03-04,\n"
        b"5,Ana,Roy,1980-04-03,\n"
        b"4,Ana,Roy-Hall,1980-03-04,\n"
        b"1,Maria Luz,Gil,1990-01-02,\n",
    )
    assert [(row.line, row.code) for row in report.refused] == [
        (4, "row_record_number_taken"),
        (9, "row_record_number_taken"),
    ]
    assert [(row.line, row.code, row.differs) for row in report.known] == [
        (5, "twice_in_file", ("phone",)),
        (8, "twice_in_file", ("name",)),
    ]
    assert [(row.line, row.code) for row in report.look_at] == [
        (3, "same_birth_date"),
        (7, "same_name"),
    ]
    assert report.added == 4


def test_patients_typed_in_before_are_found_again(db: SqliteDatabase) -> None:
    add_patient(db, "Ana", "Muñoz", birth_date=date(1980, 3, 4))
    add_patient(db, "Eva", "Roy", record_number="7", phone="1")
    report = take_in(
        db,
        b"MRN,Name,DOB\n31,ANA MUNOZ,1980-03-04\n7,Eva Roy,1970-01-01\n7,Bob Hay,1970-01-01\n",
    )
    assert [row.code for row in report.known] == ["known_patient", "known_patient"]
    assert report.known[0].differs == ("record_number",)
    assert [row.code for row in report.refused] == ["row_record_number_taken"]
    assert report.added == 0


def test_the_rejects_file_can_be_put_right_and_imported(db: SqliteDatabase) -> None:
    source = "Name;DOB;Phone;Remark\nAna Gil;1985-02-30;+34 600;=1+1\nEva Roy;1990-01-02;2;\n"
    report = take_in(db, source.encode())
    kept = rejects_csv(report)
    assert "'=1+1" in kept.decode() and "'+34 600" in kept.decode()
    again = take_in(db, kept)
    assert [row.code for row in again.refused] == ["row_birth_date_impossible"]

    right = take_in(db, kept.replace(b"1985-02-30", b"1985-02-28"))
    assert right.added == 1
    ana = by_name(db)["Ana Gil"]
    assert (ana.phone, ana.note) == ("+34 600", "Remark: =1+1")


def test_the_rows_that_were_read_are_the_rows_of_the_file(db: SqliteDatabase) -> None:
    rows = [["Name", "Phone"], *([f"P {number} Q", str(number)] for number in range(3000))]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    report = take_in(db, text.getvalue().encode())
    assert report.added == 3000
    assert [row.line for row in report.source.rows] == list(range(2, 3002))
    assert_whole(db)


CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "Ana", "Eva", "Gil", "1985-02-03", "3/4/85", "14/3/1985", "7", "=x", "'", "Yes"]
    ),
    st.text(max_size=8),
)
HEADERS = st.lists(
    st.sampled_from(
        ["Name", "First name", "Last name", "DOB", "MRN", "Phone", "Deceased", "Notes", "SSN", "x"]
    ),
    min_size=1,
    max_size=6,
)


def _file(headers: list[str], rows: list[list[str]], delimiter: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([headers, *rows])
    return text.getvalue().encode()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    headers=HEADERS,
    rows=st.lists(st.lists(CELLS, max_size=7), max_size=12),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
def test_counts_add_up_whatever_the_table(
    db: SqliteDatabase, headers: list[str], rows: list[list[str]], delimiter: str
) -> None:
    try:
        first = take_in(db, _file(headers, rows, delimiter), date_order="mdy")
    except Refused as refused:
        assert refused.code.startswith("import_")
        return
    second = take_in(db, _file(headers, rows, delimiter), date_order="mdy")
    assert second.added == second.brought_back == 0
    assert second.already_there == first.added + first.already_there
    assert_whole(db)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
@example(b'name\n"')
@example(b"name\n\x1eend\n")
@example(b"\xff\xfe\x00")
@example(b"sep=,\nname,name,name (2)\n1,2,3\n")
def test_hostile_bytes_are_read_or_refused(db: SqliteDatabase, source: bytes) -> None:
    try:
        take_in(db, b"name,dob\n" + source)
        take_in(db, source)
    except Refused as refused:
        assert refused.code.startswith("import_")
