"""What patients and escorts take home, as it comes out on a clinic's day."""

import json
import os
import stat
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from ketadesk import i18n
from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.errors import Refused
from ketadesk.domain.events import MedicinePurpose
from ketadesk.domain.ids import AppointmentId, PatientId
from ketadesk.domain.patients import PatientDraft
from ketadesk.domain.sessions import Release, ReleasePath
from ketadesk.paper.errors import PaperRefused
from ketadesk.paper.render import Sheet
from ketadesk.services import booking, calendar, clinic, patients, sheets
from ketadesk.services.sheets import SheetAgain, SheetRequest
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import DR_SHAH, HARBOR, MONDAY_TEN, ROSA, add_patient, at, book, stamp
from tests.paper.reading_pdfs import squeezed, text
from tests.treated import add_escort, started, to_escort


@pytest.fixture
def ana(db: SqliteDatabase) -> PatientId:
    return add_patient(db)


@pytest.fixture
def anas_visit(db: SqliteDatabase, ana: PatientId) -> AppointmentId:
    """Ana comes on Monday at ten with her sister Marta, who stays overnight."""
    return book(db, ana, nurse_id=ROSA, escort_id=add_escort(db, ana))


def aftercare(db: SqliteDatabase, appointment_id: AppointmentId, **more: str) -> Sheet:
    request = SheetRequest("aftercare", appointment_id, **more)  # type: ignore[arg-type]
    return sheets.compose(db, request, at=at(12), staff_id=ROSA)


def pickup(db: SqliteDatabase, appointment_id: AppointmentId, **more: str) -> Sheet:
    request = SheetRequest("pickup", appointment_id, **more)  # type: ignore[arg-type]
    return sheets.compose(db, request, at=at(9), staff_id=ROSA)


def says(sheet: Sheet, words: str) -> bool:
    return squeezed(words) in text(sheet.pdf)


def keep(db: SqliteDatabase, appointment_id: AppointmentId, sheet: Sheet) -> sheets.KeptSheet:
    sheets.record_printed(db, stamp(), appointment_id, sheet, how="printed")
    return sheets.printed(db, appointment_id)[0]


def test_after_the_release_the_sheet_counts_from_when_she_left(
    db: SqliteDatabase, anas_visit: AppointmentId
) -> None:
    course = started(db, anas_visit)
    course.finish_infusion()
    escort_id = calendar.visit(db, anas_visit).appointment.escort_id
    assert escort_id is not None
    course.release(to_escort(escort_id))
    assert course.now == at(11, 55)
    sheet = aftercare(db, anas_visit)
    assert says(sheet, "Ana García")
    assert says(sheet, "Do not drive before Tuesday 11 May, 11:55 am")
    assert says(sheet, "Marta García plans to be with you until morning")
    assert says(sheet, "310-555-0100")
    assert says(sheet, "Rosa M.")


def test_a_medicine_is_named_with_its_time_and_never_its_dose(
    db: SqliteDatabase, anas_visit: AppointmentId
) -> None:
    course = started(db, anas_visit)
    course.give("ondansetron 4 mg", MedicinePurpose.NAUSEA, detail="4 mg IV, ordered by Dr. Shah")
    sheet = aftercare(db, anas_visit)
    assert says(sheet, "ondansetron")
    assert says(sheet, "nausea")
    assert says(sheet, "10:30 am")
    assert not says(sheet, "4 mg")


def test_only_a_pressure_measured_after_the_infusion_is_called_high_when_leaving(
    db: SqliteDatabase, anas_visit: AppointmentId
) -> None:
    course = started(db, anas_visit)
    course.measure(168, 98)
    assert not says(aftercare(db, anas_visit), "168/98")
    course.finish_infusion()
    assert not says(aftercare(db, anas_visit), "168/98")
    course.measure(148, 92)
    assert says(aftercare(db, anas_visit), "148/92")
    course.measure(132, 84)
    assert not says(aftercare(db, anas_visit), "148/92")
    assert not says(aftercare(db, anas_visit), "132/84")


def test_the_next_visit_comes_with_its_fasting_times(
    db: SqliteDatabase, ana: PatientId, anas_visit: AppointmentId
) -> None:
    assert not says(aftercare(db, anas_visit), "12 May")
    book(db, ana, at(9, 30, day=12))
    sheet = aftercare(db, anas_visit)
    assert says(sheet, "Wednesday 12 May, 9:30 am")
    assert says(sheet, "Wednesday 3:30 am")
    assert says(sheet, "Tuesday 9:30 am")


def test_a_cancelled_next_visit_is_not_promised(
    db: SqliteDatabase, ana: PatientId, anas_visit: AppointmentId
) -> None:
    later = book(db, ana, at(9, 30, day=12))
    booking.set_status(db, stamp(), later, 1, status=Status.CANCELLED_BY_PATIENT, reason=Reason.ILL)
    assert not says(aftercare(db, anas_visit), "12 May")


def test_someone_else_who_came_is_named_and_promises_nothing(
    db: SqliteDatabase, anas_visit: AppointmentId
) -> None:
    course = started(db, anas_visit)
    course.finish_infusion()
    course.release(Release(ReleasePath.TO_ESCORT, to_name="Paul Okafor"))
    sheet = aftercare(db, anas_visit)
    assert says(sheet, "Paul Okafor")
    assert not says(sheet, "Marta")
    assert not says(sheet, "plans to be with you")


def test_who_left_alone_reads_of_no_escort(db: SqliteDatabase, anas_visit: AppointmentId) -> None:
    course = started(db, anas_visit)
    course.finish_infusion()
    course.release(Release(ReleasePath.ALONE, reason="Waited two hours, escort did not come"))
    assert not says(aftercare(db, anas_visit), "Marta")


def test_a_patient_who_reads_spanish_gets_spanish_and_the_escort_a_copy_in_english(
    db: SqliteDatabase,
) -> None:
    luis = add_patient(db, "Luis", "Ibáñez", written_language="es-MX")
    visit = book(db, luis)
    assert aftercare(db, visit).language == "es"
    assert says(aftercare(db, visit), "No maneje hasta el")
    assert aftercare(db, visit, language="en").language == "en"
    assert says(aftercare(db, visit, language="en"), "Do not drive before")


def test_a_language_without_wording_falls_back_to_english(db: SqliteDatabase) -> None:
    omar = add_patient(db, "Omar", "Haddad", written_language="ar")
    assert aftercare(db, book(db, omar)).language == "en"


def test_the_card_names_the_window_the_nurse_and_nothing_medical(
    db: SqliteDatabase, anas_visit: AppointmentId
) -> None:
    card = pickup(db, anas_visit)
    assert says(card, "11:50 am")
    assert says(card, "12:10 pm")
    assert says(card, "Rosa M.")
    for word in ("ketamine", "infusion", "Mood", "García, Ana"):
        assert not says(card, word)


def test_a_late_start_moves_the_window_on_the_card(
    db: SqliteDatabase, anas_visit: AppointmentId
) -> None:
    course = started(db, anas_visit)
    course.now = at(11, 40)
    course.finish_infusion()
    card = sheets.compose(db, SheetRequest("pickup", anas_visit), at=at(12, 20), staff_id=ROSA)
    assert says(card, "1:00 pm")


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("kind", sheets.KINDS)
def test_each_sheet_comes_on_each_paper(
    db: SqliteDatabase, anas_visit: AppointmentId, kind: sheets.SheetKind, paper: str
) -> None:
    request = SheetRequest(kind, anas_visit, paper=paper)
    sheet = sheets.compose(db, request, at=at(12), staff_id=ROSA)
    assert (sheet.kind, sheet.paper, sheet.pages) == (kind, paper, 1)


def test_a_cancelled_visit_has_no_sheet(db: SqliteDatabase, anas_visit: AppointmentId) -> None:
    booking.set_status(
        db, stamp(), anas_visit, 1, status=Status.CANCELLED_BY_PATIENT, reason=Reason.ILL
    )
    with pytest.raises(Refused) as refusal:
        aftercare(db, anas_visit)
    assert refusal.value.code == "sheet_for_cancelled"
    assert "Ana García" in i18n.sentence(refusal.value.code, refusal.value.values)


def test_a_missing_phone_is_named_in_words(db: SqliteDatabase, anas_visit: AppointmentId) -> None:
    clinic.describe(db, stamp(), replace(HARBOR, phone_day=""))
    with pytest.raises(PaperRefused) as refusal:
        aftercare(db, anas_visit)
    sentence = i18n.sentence(refusal.value.code, refusal.value.values)
    assert "the clinic's day phone" in sentence


def test_a_reprint_is_the_same_whatever_changed_since(
    db: SqliteDatabase, ana: PatientId, anas_visit: AppointmentId
) -> None:
    first = aftercare(db, anas_visit)
    kept = keep(db, anas_visit, first)
    patients.edit(db, stamp(), ana, 1, PatientDraft("Anna", "Garcia-Lopez"))
    clinic.describe(db, stamp(), replace(HARBOR, phone_day="310-555-0999"))
    again = sheets.reprint(db, kept.id)
    assert again == first
    assert aftercare(db, anas_visit).pdf != first.pdf
    keep(db, anas_visit, again)
    assert [sheet.digest for sheet in sheets.printed(db, anas_visit)] == [kept.digest] * 2


def test_a_sheet_that_would_come_out_otherwise_is_refused(
    db: SqliteDatabase, anas_visit: AppointmentId
) -> None:
    sheet = aftercare(db, anas_visit)
    altered = json.dumps({**json.loads(sheet.input_json), "title": "Something else"})
    forged = Sheet(**{**vars(sheet), "input_json": altered})
    kept = keep(db, anas_visit, forged)
    with pytest.raises(Refused) as refusal:
        sheets.reprint(db, kept.id)
    assert refusal.value.code == "reprint_differs"


def test_printing_is_kept_with_who_and_how_and_said_in_words(
    db: SqliteDatabase, anas_visit: AppointmentId
) -> None:
    done = sheets.record_printed(
        db, stamp(), anas_visit, aftercare(db, anas_visit, language="es"), how="printed"
    )
    assert i18n.sentence(done.verb, done.values) == (
        "Ana García: aftercare sheet in Spanish printed"
    )
    (kept,) = sheets.printed(db, anas_visit)
    assert (kept.kind, kept.language, kept.paper, kept.how) == (
        "aftercare",
        "es",
        "letter",
        "printed",
    )
    assert (kept.staff_name, kept.at) == ("Rosa M.", MONDAY_TEN)


def test_sending_the_same_printing_twice_keeps_one(
    db: SqliteDatabase, anas_visit: AppointmentId
) -> None:
    sheet, once = aftercare(db, anas_visit), stamp()
    for _ in range(2):
        sheets.record_printed(db, once, anas_visit, sheet, how="printed")
    assert len(sheets.printed(db, anas_visit)) == 1


def test_a_day_lists_who_comes_and_what_was_printed(
    db: SqliteDatabase, anas_visit: AppointmentId
) -> None:
    omar = add_patient(db, "Omar", "Haddad")
    cancelled = book(db, omar, at(14))
    booking.set_status(
        db, stamp(), cancelled, 1, status=Status.CANCELLED_BY_CLINIC, reason=Reason.CLINIC
    )
    tomorrow = book(db, omar, at(9, day=11))
    keep(db, anas_visit, pickup(db, anas_visit))
    today = sheets.of_day(db, MONDAY_TEN.date())
    assert [entry.visit.patient_name for entry in today.entries] == ["Ana García"]
    assert today.entries[0].kinds == {"pickup"}
    around = sheets.around(db, cancelled)
    assert around.day == today.day
    assert around.entries == today.entries
    assert around.around is not None
    assert around.around.visit.appointment.id == cancelled
    nearest = sheets.around_patient(db, omar, at=MONDAY_TEN)
    assert nearest.around is not None
    assert nearest.around.visit.appointment.id == tomorrow


def test_what_is_due_follows_the_session(db: SqliteDatabase, anas_visit: AppointmentId) -> None:
    def due() -> tuple[str, ...]:
        return sheets.of_day(db, MONDAY_TEN.date()).entries[0].due

    assert due() == ()
    course = started(db, anas_visit)
    assert due() == ("aftercare", "pickup")
    keep(db, anas_visit, pickup(db, anas_visit))
    assert due() == ("aftercare",)
    course.finish_infusion()
    course.release(Release(ReleasePath.TO_ESCORT, to_name="Marta García"))
    assert due() == ("aftercare",)
    keep(db, anas_visit, aftercare(db, anas_visit))
    assert due() == ()


def test_the_escorts_copy_does_not_stand_for_the_one_that_the_patient_reads(
    db: SqliteDatabase,
) -> None:
    visit = book(db, add_patient(db, "Luis", "Ibáñez", written_language="es-MX"))
    started(db, visit)
    keep(db, visit, pickup(db, visit, language="en"))
    (entry,) = sheets.of_day(db, MONDAY_TEN.date()).entries
    assert (entry.kinds, entry.due) == (frozenset(), ("aftercare", "pickup"))
    keep(db, visit, pickup(db, visit, language="es"))
    (entry,) = sheets.of_day(db, MONDAY_TEN.date()).entries
    assert (entry.kinds, entry.due) == ({"pickup"}, ("aftercare",))


def test_who_reads_a_language_without_wording_is_given_english(db: SqliteDatabase) -> None:
    visit = book(db, add_patient(db, "Omar", "Haddad", written_language="ar"))
    started(db, visit)
    keep(db, visit, pickup(db, visit, language="es"))
    assert "pickup" in sheets.of_day(db, MONDAY_TEN.date()).entries[0].due
    keep(db, visit, pickup(db, visit, language="en"))
    assert "pickup" not in sheets.of_day(db, MONDAY_TEN.date()).entries[0].due


def changed(db: SqliteDatabase, now: datetime = MONDAY_TEN) -> tuple[str, ...]:
    return sheets.of_day(db, MONDAY_TEN.date(), at=now).entries[0].changed


def test_another_night_phone_makes_both_printed_sheets_untrue(
    db: SqliteDatabase, anas_visit: AppointmentId
) -> None:
    for made in (aftercare, pickup):
        keep(db, anas_visit, made(db, anas_visit))
    assert changed(db) == ()
    clinic.describe(db, stamp(), replace(HARBOR, phone_night="310-555-0999"))
    assert changed(db) == ("aftercare", "pickup")
    keep(db, anas_visit, pickup(db, anas_visit))
    assert changed(db) == ("aftercare",)
    # Yesterday's sheets lie at home.
    assert changed(db, at(9, day=11)) == ()


def test_another_next_visit_or_driving_rule_makes_the_sheet_untrue(
    db: SqliteDatabase, ana: PatientId, anas_visit: AppointmentId
) -> None:
    keep(db, anas_visit, aftercare(db, anas_visit))
    book(db, ana, at(9, 30, day=12))
    assert changed(db) == ("aftercare",)
    keep(db, anas_visit, aftercare(db, anas_visit))
    assert changed(db) == ()
    clinic.set_rule(db, stamp(staff_id=DR_SHAH), "driving_hours", 36)
    assert changed(db) == ("aftercare",)


def test_a_time_that_slides_a_little_holds_and_one_that_slides_far_does_not(
    db: SqliteDatabase, anas_visit: AppointmentId
) -> None:
    keep(db, anas_visit, pickup(db, anas_visit))
    started(db, anas_visit)
    assert changed(db, at(11)) == ()
    assert changed(db, at(12, 30)) == ("pickup",)


def test_a_patient_without_visits_shows_the_day(db: SqliteDatabase, ana: PatientId) -> None:
    found = sheets.around_patient(db, ana, at=MONDAY_TEN)
    assert (found.day, found.entries, found.around) == (MONDAY_TEN.date(), (), None)


def save(db: SqliteDatabase, wanted: SheetRequest | SheetAgain, file: Path) -> None:
    """As the window does it: read, then write beside the clinic file, then note."""
    now = stamp()
    gathered = sheets.gather(db, wanted, at=now.at, staff_id=now.staff_id)
    sheet = sheets.write(gathered, file, clinic_file=db.path)
    sheets.record_printed(db, now, wanted.appointment_id, sheet, how="saved")


def test_saving_writes_the_file_for_this_person_alone_and_keeps_it(
    db: SqliteDatabase, anas_visit: AppointmentId, tmp_path: Path
) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(b"%PDF-1.7 an older one")
    save(db, SheetRequest("aftercare", anas_visit), file)
    assert "AnaGarcía" in text(file.read_bytes())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (kept,) = sheets.printed(db, anas_visit)
    assert kept.how == "saved"
    save(db, SheetAgain(kept.id, anas_visit), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    ("place", "code"),
    [("nowhere/sheet.pdf", "sheet_folder_missing"), ("locked/sheet.pdf", "not_a_plain_file")],
)
def test_a_folder_that_takes_nothing_keeps_nothing(
    db: SqliteDatabase, anas_visit: AppointmentId, tmp_path: Path, place: str, code: str
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    # A folder in the file's own place can't be replaced, not even by root.
    (locked / "sheet.pdf").mkdir()
    with pytest.raises(Refused) as refusal:
        save(db, SheetRequest("aftercare", anas_visit), tmp_path / place)
    assert refusal.value.code == code
    assert sheets.printed(db, anas_visit) == ()
    assert os.listdir(locked) == ["sheet.pdf"]
