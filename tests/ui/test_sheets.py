"""Sheets on the screen: whose, which, in what language, and what stands in the way."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QListView, QWidget

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.patients import PatientDraft
from ketadesk.paper import raster
from ketadesk.services import booking, calendar, clinic, patients, sheets
from ketadesk.services.sheets import SheetRequest
from ketadesk.settings import SettingsFile
from ketadesk.ui import theme
from ketadesk.ui.paper import names
from ketadesk.ui.paper.preview import picture
from ketadesk.ui.paper.target import OfPatient, OfVisit
from tests.clinic_day import CHAIR_2, HARBOR, MONDAY_TEN, ROSA, add_patient, at, book, stamp
from tests.treated import started
from tests.ui.sheets_desk import NOW, HarborDay, SheetsDesk


@pytest.fixture
def day(tmp_path: Path) -> Iterator[HarborDay]:
    made = HarborDay(tmp_path / "harbor.ketadesk")
    yield made
    made.db.close()


@pytest.fixture
def desk(qapp: QApplication, qtbot, day: HarborDay) -> Iterator[SheetsDesk]:
    theme.apply(qapp, dark=False)
    made = SheetsDesk(day.path, qtbot)
    yield made
    made.close()


def rows(desk: SheetsDesk) -> list[str]:
    """The list as a screen reader speaks it."""
    model = desk.view.findChild(QListView, "sheet_visits").model()
    return [
        model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount())
    ]


def text_of(desk: SheetsDesk, name: str) -> str:
    found = desk.view.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def choice(desk: SheetsDesk, name: str) -> str:
    return desk.view.findChild(QWidget, name).choice()


def test_the_day_opens_with_who_needs_a_sheet_next(desk: SheetsDesk) -> None:
    assert rows(desk) == [
        "10:00 Ana García, infusing, Aftercare sheet to print, Pickup card to print",
        "14:00 Luis Ibáñez, booked",
    ]
    assert text_of(desk, "sheets_day") == "Mon 10 May"
    assert text_of(desk, "sheets_day_note") == "2 visits · sheets to print: 2"
    assert desk.preview_name() == "Preview: Pickup card for Ana García, Spanish"


def test_the_preview_shows_the_sheets_own_pixels(desk: SheetsDesk, day: HarborDay) -> None:
    request = SheetRequest("pickup", day.anas, "es", "letter")
    sheet = sheets.compose(day.db, request, at=NOW, staff_id=ROSA)
    preview = desk.view.work.preview
    (shown,) = preview.pages()
    (place,) = preview.page_rectangles()
    assert shown.width() == round(place.width() * preview.devicePixelRatioF())
    (drawn,) = raster.pages_of_width(sheet.pdf, width=shown.width())
    assert shown == picture(drawn)
    on_screen = preview.widget().grab().toImage()
    inside = place.adjusted(2, 2, -2, -2)
    ratio = preview.devicePixelRatioF()
    middle = inside.center()
    for point in (inside.topLeft(), middle, inside.bottomRight()):
        there = (point - place.topLeft()) * ratio
        assert on_screen.pixelColor(point * ratio).rgb() == shown.pixelColor(there).rgb()


def test_fit_width_draws_the_page_larger_and_sharp_again(desk: SheetsDesk) -> None:
    preview = desk.view.work.preview
    whole = preview.pages()[0].width()
    assert preview.page_rectangles()[0].bottom() < preview.height()
    desk.choose("sheet_fit", "width")
    desk.qtbot.waitUntil(lambda: preview.pages()[0].width() == preview.pixel_width())
    assert preview.pages()[0].width() > whole
    desk.view.resize(1000, 690)
    desk.qtbot.waitUntil(lambda: preview.pages()[0].width() == preview.pixel_width())
    assert preview.page_rectangles()[0].right() <= preview.viewport().width()


def test_the_escorts_copy_is_one_key_away_and_lasts_for_this_visit(
    desk: SheetsDesk, day: HarborDay
) -> None:
    assert text_of(desk, "sheet_reads") == "Ana García reads Spanish."
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_E)
    desk.settle()
    assert desk.preview_name() == "Preview: Pickup card for Ana García, English"
    assert "second copy, for the escort" in text_of(desk, "sheet_reads")
    desk.show(day.luiss)
    desk.show(day.anas)
    assert choice(desk, "sheet_language") == "es"


def test_a_patient_who_reads_neither_language_is_named(desk: SheetsDesk, day: HarborDay) -> None:
    before = patients.record(day.db, day.luis).patient
    draft = PatientDraft("Luis", "Ibáñez", written_language="ar")
    patients.edit(day.db, stamp(), day.luis, before.version, draft)
    desk.show(day.luiss)
    assert choice(desk, "sheet_language") == "en"
    assert "does not read one of these languages" in text_of(desk, "sheet_reads")


def test_after_the_infusion_the_aftercare_sheet_comes_first(
    desk: SheetsDesk, day: HarborDay
) -> None:
    day.session.finish_infusion()
    desk.show(day.anas)
    assert desk.preview_name() == "Preview: Aftercare sheet for Ana García, Spanish"
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_C)
    desk.settle()
    assert desk.preview_name() == "Preview: Pickup card for Ana García, Spanish"


def test_the_chosen_kind_stays_while_going_through_the_list(desk: SheetsDesk) -> None:
    desk.choose("sheet_kind", "aftercare")
    desk.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    desk.settle()
    assert desk.preview_name() == "Preview: Aftercare sheet for Luis Ibáñez, English"


def test_paper_is_remembered_on_this_machine(
    qapp: QApplication, qtbot, day: HarborDay, tmp_path: Path
) -> None:
    theme.apply(qapp, dark=False)
    settings = SettingsFile(tmp_path / "settings.json")
    first = SheetsDesk(day.path, qtbot, settings)
    assert choice(first, "sheet_paper") == "letter"
    first.choose("sheet_paper", "a4")
    page = first.view.work.preview.pages()[0]
    assert page.height() / page.width() == pytest.approx(297 / 210, abs=0.01)
    first.close()
    second = SheetsDesk(day.path, qtbot, SettingsFile(tmp_path / "settings.json"))
    assert choice(second, "sheet_paper") == "a4"
    second.close()


def test_a_clinic_outside_letter_country_starts_on_a4(
    qapp: QApplication, qtbot, day: HarborDay
) -> None:
    theme.apply(qapp, dark=False)
    clinic.describe(day.db, stamp(), replace(HARBOR, country="ES"), sure_of_phones=True)
    desk = SheetsDesk(day.path, qtbot)
    assert choice(desk, "sheet_paper") == "a4"
    desk.close()


def test_days_go_by_and_an_empty_one_leads_to_the_calendar(desk: SheetsDesk) -> None:
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_PageDown)
    desk.settle()
    assert text_of(desk, "sheets_day") == "Tue 11 May"
    assert text_of(desk, "sheets_day_note") == "no visits"
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_O)
    assert desk.wanted == [("calendar", MONDAY_TEN.date().replace(day=11))]
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_T)
    desk.settle()
    assert text_of(desk, "sheets_day") == "Mon 10 May"


def test_targets_are_a_visit_a_patient_or_a_day(desk: SheetsDesk, day: HarborDay) -> None:
    desk.show(MONDAY_TEN.date().replace(day=12))
    assert text_of(desk, "sheets_day") == "Wed 12 May"
    desk.show(day.luiss)
    assert "Luis Ibáñez" in desk.preview_name()
    assert text_of(desk, "sheets_day") == "Mon 10 May"
    desk.show(OfVisit(day.luiss, "aftercare"))
    assert desk.preview_name() == "Preview: Aftercare sheet for Luis Ibáñez, English"
    desk.show(OfPatient(day.ana))
    assert "Ana García" in desk.preview_name()
    desk.show(OfPatient(add_patient(day.db, "Omar", "Haddad")))
    assert text_of(desk, "sheets_day") == "Mon 10 May"


def test_a_missing_phone_is_named_and_settings_are_one_key_away(
    desk: SheetsDesk, day: HarborDay
) -> None:
    with desk.qtbot.waitSignal(desk.workplace.framed):
        clinic.describe(day.db, stamp(), replace(HARBOR, phone_day=""))
    desk.settle()
    assert "the clinic's day phone" in text_of(desk, "sheet_trouble")
    assert not desk.button("sheet_print").isEnabled()
    assert not desk.button("sheet_save").isEnabled()
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_O)
    assert desk.wanted == [("settings", "clinic")]
    with desk.qtbot.waitSignal(desk.workplace.framed):
        clinic.describe(day.db, stamp(), HARBOR)
    desk.settle()
    assert desk.button("sheet_print").isEnabled()
    assert desk.view.work.preview.isVisible()


def test_a_name_that_no_font_can_print_leads_to_the_patient(
    desk: SheetsDesk, day: HarborDay
) -> None:
    before = patients.record(day.db, day.luis).patient
    patients.edit(day.db, stamp(), day.luis, before.version, PatientDraft("張", "偉"))
    desk.show(day.luiss)
    assert "張" in text_of(desk, "sheet_trouble")
    desk.button("sheet_remedy").click()
    assert desk.wanted == [("patients", day.luis)]


def test_a_cancelled_visit_says_so_and_leads_to_the_calendar(
    desk: SheetsDesk, day: HarborDay
) -> None:
    version = calendar.visit(day.db, day.luiss).appointment.version
    booking.set_status(
        day.db,
        stamp(),
        day.luiss,
        version,
        status=Status.CANCELLED_BY_PATIENT,
        reason=Reason.ILL,
    )
    desk.show(day.luiss)
    assert [row.split(",")[0] for row in rows(desk)] == ["10:00 Ana García"]
    assert "cancelled" in text_of(desk, "sheet_trouble")
    desk.button("sheet_remedy").click()
    assert desk.wanted == [("calendar", day.luiss)]
    desk.show(day.anas)
    assert desk.button("sheet_print").isEnabled()


def test_what_another_window_changes_comes_into_the_preview(
    desk: SheetsDesk, day: HarborDay
) -> None:
    before = desk.view.work.preview.pages()[0]
    record = patients.record(day.db, day.ana).patient
    draft = PatientDraft("Ana", "García", called_name="Anita", written_language="es")
    with desk.qtbot.waitSignal(desk.desk.changed, timeout=5000):
        patients.edit(day.db, stamp(), day.ana, record.version, draft)
    desk.settle()
    assert desk.view.work.preview.pages()[0] != before


def test_while_a_sheet_is_made_the_one_before_stays_dimmed(desk: SheetsDesk) -> None:
    preview = desk.view.work.preview
    before = preview.pages()
    preview.wait()
    assert preview.pages() == before
    desk.qtbot.waitUntil(preview.is_dimmed)
    desk.choose("sheet_kind", "aftercare")
    assert not preview.is_dimmed()
    assert preview.pages() != before


def test_every_control_has_a_name_and_its_key_in_the_tooltip(desk: SheetsDesk) -> None:
    from ketadesk.ui.widgets.buttons import Button

    for button in desk.view.findChildren(Button):
        if button.isVisible():
            assert button.accessibleName(), button.objectName()
            assert button.key(), button.objectName()
            assert "(" in button.toolTip()


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nothing_is_squeezed_at_the_windows_size(
    qapp: QApplication, qtbot, day: HarborDay, scale: float
) -> None:
    from ketadesk.ui.widgets.buttons import Button

    theme.apply(qapp, dark=True, scale=scale)
    desk = SheetsDesk(day.path, qtbot)
    for button in desk.view.findChildren(Button):
        if button.isVisible():
            assert button.width() >= button.minimumSizeHint().width(), button.label()
    desk.close()
    theme.apply(qapp, dark=False)


def test_a_second_copy_leaves_the_patients_own_to_print(desk: SheetsDesk, day: HarborDay) -> None:
    """Ana reads Spanish; the English card is for her sister."""
    english = sheets.compose(day.db, SheetRequest("pickup", day.anas, "en"), at=NOW, staff_id=ROSA)
    sheets.record_printed(day.db, stamp(), day.anas, english, how="printed")
    desk.show(day.anas)
    assert rows(desk)[0].endswith("Aftercare sheet to print, Pickup card to print")


def test_a_printed_sheet_says_that_the_night_phone_changed_since(
    desk: SheetsDesk, day: HarborDay
) -> None:
    for kind in sheets.KINDS:
        sheet = sheets.compose(day.db, SheetRequest(kind, day.anas), at=NOW, staff_id=ROSA)
        sheets.record_printed(day.db, stamp(), day.anas, sheet, how="printed")
    desk.show(day.anas)
    assert rows(desk)[0].endswith("Aftercare sheet printed, Pickup card printed")
    assert not desk.view.findChild(QLabel, "sheet_changed").isVisible()
    with desk.qtbot.waitSignal(desk.workplace.framed):
        clinic.describe(day.db, stamp(), replace(HARBOR, phone_night="310-555-0999"))
    desk.settle()
    assert rows(desk)[0].endswith(
        "Aftercare sheet changed since printed, Pickup card changed since printed"
    )
    assert text_of(desk, "sheets_day_note") == "2 visits · 2 changed"
    assert text_of(desk, "sheet_changed") == (
        "Aftercare sheet, Pickup card: changed since printed. Print it again."
    )


def test_coming_back_shows_who_needs_a_sheet_now(desk: SheetsDesk, day: HarborDay) -> None:
    desk.show(day.luiss)
    desk.view.hide()
    desk.view.show()
    desk.settle()
    assert "Ana García" in desk.preview_name()
    desk.view.hide()
    desk.view.show()
    desk.show(day.luiss)
    assert "Luis Ibáñez" in desk.preview_name()


def test_who_leaves_first_is_shown_first(desk: SheetsDesk, day: HarborDay) -> None:
    """Omar came after Ana, and his infusion is over before hers."""
    early = add_patient(day.db, "Omar", "Haddad")
    visit = book(day.db, early, at(11), chair_id=CHAIR_2)
    course = started(day.db, visit)
    course.finish_infusion()
    desk.show(at(11).date())
    assert "Omar Haddad" in desk.preview_name()


def test_the_proposed_file_says_which_visit_and_not_who() -> None:
    starts = MONDAY_TEN.replace(hour=9, minute=45)
    assert names.file_name("aftercare", starts, "Chair 1 · window") == (
        "aftercare-2027-05-10-0945-chair-1.pdf"
    )
    assert names.file_name("pickup", starts, "Sillón 2", copy="en") == (
        "pickup-card-2027-05-10-0945-sillon-2-en.pdf"
    )
    assert names.file_name("pickup", starts, "") == "pickup-card-2027-05-10-0945.pdf"
