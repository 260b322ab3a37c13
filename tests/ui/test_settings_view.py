"""The settings: what is typed reaches the clinic file, what others changed is never lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt, QTime, QTimeZone
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit

from ketadesk.clock import HeldClock
from ketadesk.domain.protocols import SegmentMinutes, VitalsInterval
from ketadesk.domain.sessions import Phase
from ketadesk.paper.colours import readable_on_white
from ketadesk.services import calendar, clinic
from ketadesk.services.calendar import Frame
from ketadesk.services.watching import open_clinic
from ketadesk.settings import SettingsFile
from ketadesk.ui import theme
from ketadesk.ui.desk import Desk
from ketadesk.ui.settings.clinic_page import zone_of_this_computer
from ketadesk.ui.settings.colour_field import COLOURS
from ketadesk.ui.settings.view import SettingsView
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import (
    DR_SHAH,
    HARBOR,
    LENA,
    ROSA,
    VITALS_PLAN,
    add_patient,
    at,
    book,
    open_harbor,
    stamp,
)


class Opened:
    """The view on Harbor Clinic's file."""

    def __init__(self, path: Path, kept: SettingsFile, qtbot) -> None:
        self.path, self.qtbot = path, qtbot
        self.desk = Desk(path, clock=HeldClock(at(10)), staff_id=ROSA)
        self.workplace = Workplace(self.desk)
        self.told: list[str] = []
        self.workplace.told.connect(lambda text, _role: self.told.append(text))
        with qtbot.waitSignal(self.workplace.framed):
            self.desk.open()
        self.view = SettingsView(self.workplace, kept)
        qtbot.addWidget(self.view)
        self.view.resize(1289, 690)
        self.view.show()
        self.settle()

    def page(self, name: str):
        self.view.show_target(name)
        self.settle()
        return self.view.pages[name]

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.busy)

    def press(self, name: str) -> None:
        button = self.view.findChild(Button, name)
        button.click()
        self.settle()

    def typed(self, name: str, text: str) -> None:
        line = self.view.findChild(QLineEdit, name)
        line.selectAll()
        self.qtbot.keyClicks(line, text)

    def frame(self) -> Frame:
        db = open_clinic(self.path)
        try:
            return calendar.frame(db)
        finally:
            db.close()

    def elsewhere(self, work) -> None:
        """Another computer changes something meanwhile."""
        db = open_clinic(self.path)
        work(db)
        db.close()


def cells(model, row: int) -> list[str]:
    return [model.index(row, column).data() for column in range(model.columnCount())]


@pytest.fixture
def settings(tmp_path: Path, qtbot, qapp: QApplication) -> Iterator[Opened]:
    theme.apply(qapp, dark=False)
    path = tmp_path / "harbor.ketadesk"
    open_harbor(path).close()
    opened = Opened(path, SettingsFile(tmp_path / "settings.json"), qtbot)
    yield opened
    opened.settle()
    opened.desk.close()
    theme.apply(qapp, dark=False)


def test_the_clinic_is_described_by_what_is_typed(settings: Opened, qtbot) -> None:
    settings.page("clinic")
    settings.typed("clinic_name", "Haven")
    settings.press("clinic_save")
    assert settings.frame().clinic == replace(HARBOR, name="Haven")


def test_an_unknown_zone_is_refused_and_what_was_typed_stays(settings: Opened) -> None:
    page = settings.page("clinic")
    page.zone.setCurrentText("Mars/Olympus")
    settings.press("clinic_save")
    assert settings.told == ["The time zone Mars/Olympus is not known. Nothing was changed."]
    assert page.zone.currentText() == "Mars/Olympus"
    assert settings.frame().clinic == HARBOR
    settings.press("clinic_reset")
    assert page.zone.currentText() == "America/Los_Angeles"


def test_a_description_is_not_written_over_someone_elses(settings: Opened) -> None:
    settings.page("clinic")
    settings.typed("clinic_address", "1 Pier")
    theirs = replace(HARBOR, phone_day="310-555-0999")
    settings.elsewhere(lambda db: clinic.describe(db, stamp(), theirs))
    settings.press("clinic_save")
    assert "Someone else changed this" in settings.told[0]
    assert settings.frame().clinic == theirs


def test_a_threshold_is_a_starting_value_until_someone_sets_it(settings: Opened) -> None:
    page = settings.page("thresholds")
    settings.workplace.take_over(DR_SHAH)
    page.list.choose("alcohol_hours")
    assert page._state.text() == "Starting value, to be confirmed by your medical director."
    assert page.save_button.label() == "Confirm"
    assert "Public ketamine article" in page._source.text()
    page.value.setValue(48)
    page.value.editingFinished.emit()
    assert page.save_button.label() == "Set"
    settings.press("rule_save")
    settings.qtbot.waitUntil(lambda: page._state.text() == "Set by Dr. Shah, 10 May 2027.")
    assert settings.frame().rules.alcohol_hours == 48
    place = page.list.model.place_of("alcohol_hours")
    assert cells(page.list.model, place) == [
        "No alcohol before and after",
        "48 h",
        "Dr. Shah, 10 May 2027",
    ]


def test_a_nurse_sees_the_thresholds_and_whose_they_are(settings: Opened) -> None:
    page = settings.page("thresholds")
    whose = settings.view.findChild(QLabel, "rule_whose")
    assert whose.text() == "A clinician or the manager sets these. Now working: Rosa M., nurse."
    assert not page.save_button.isEnabled() and not page.value.isEnabled()
    settings.workplace.take_over(DR_SHAH)
    assert page.save_button.isEnabled() and page.value.isEnabled()
    assert not whose.isVisible()


def test_a_phone_with_a_digit_missing_is_asked_about(settings: Opened) -> None:
    settings.page("clinic")
    settings.typed("clinic_phone_night", "310-555-01")
    settings.press("clinic_save")
    assert settings.told == []
    assert settings.frame().clinic == HARBOR
    settings.press("notice_keep")
    assert settings.frame().clinic.phone_night == "310-555-01"


def test_the_colour_of_the_sheets_has_a_name_or_is_typed(settings: Opened) -> None:
    page = settings.page("clinic")
    assert page.accent.currentText() == "Teal"
    page.accent.setCurrentText("Berry")
    settings.press("clinic_save")
    assert settings.frame().clinic.accent == "#9C2F4A"
    page.accent.setEditText("#123456")
    settings.press("clinic_save")
    assert settings.frame().clinic.accent == "#123456"
    assert page.accent.currentText() == "#123456"
    page.accent.setEditText("dark red")
    settings.press("clinic_save")
    assert "dark red is not a colour" in settings.told[-1]


@pytest.mark.parametrize("colour", COLOURS)
def test_every_named_colour_is_printed_as_it_is(colour: str) -> None:
    assert readable_on_white(colour) == colour


@pytest.mark.parametrize(
    ("here", "proposed"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        ("UTC", ""),
        ("Etc/UTC", ""),
        ("", ""),
        ("Local/Time", ""),
    ],
)
def test_a_new_clinic_lies_where_this_computer_does_or_is_asked(
    monkeypatch: pytest.MonkeyPatch, here: str, proposed: str
) -> None:
    monkeypatch.setattr(QTimeZone, "systemTimeZoneId", lambda: QByteArray(here.encode()))
    assert zone_of_this_computer() == proposed


def test_a_clinic_without_a_zone_is_not_saved(settings: Opened) -> None:
    page = settings.page("clinic")
    page.zone.setCurrentText("")
    settings.press("clinic_save")
    assert settings.told[0].startswith("Choose the clinic's time zone")


def test_every_threshold_shows_its_unit(settings: Opened) -> None:
    page = settings.page("thresholds")
    model = page.list.model
    shown = [cells(model, place) for place in range(model.rowCount())]
    assert shown and all(row[1].split(" ", 1)[1] for row in shown)
    assert len({row[0] for row in shown}) == len(shown)


def test_staff_are_added_changed_and_leave(settings: Opened, qtbot) -> None:
    page = settings.page("staff")
    settings.press("staff_new")
    settings.typed("staff_name", "Jo Park")
    page.role.box.setCurrentIndex(page.role.box.findData("receptionist"))
    settings.press("staff_save")
    assert "Jo Park" in [member.name for member in settings.frame().staff]
    jo = next(member.id for member in settings.frame().staff if member.name == "Jo Park")
    page.list.choose(jo)
    settings.typed("staff_name", "Jo Parker")
    qtbot.keyClick(page.name.line, Qt.Key.Key_Return)
    settings.settle()
    assert "Jo Parker" in [member.name for member in settings.frame().staff]
    page.list.choose(jo)
    settings.press("staff_leave")
    assert jo not in [member.id for member in settings.frame().staff]


def test_one_who_has_visits_to_come_leaves_when_a_person_says_so_once_more(
    settings: Opened,
) -> None:
    settings.elsewhere(lambda db: book(db, add_patient(db), at(10, day=11), nurse_id=LENA))
    page = settings.page("staff")
    page.list.choose(LENA)
    settings.press("staff_leave")
    notice = page.findChild(Notice, "staff_notice")
    assert notice.isVisible() and "1 visits to come" in notice.text()
    assert LENA in [member.id for member in settings.frame().staff]
    notice.acted.emit("leave")
    settings.settle()
    assert LENA not in [member.id for member in settings.frame().staff]


def test_what_is_being_typed_survives_someone_elses_change(settings: Opened) -> None:
    page = settings.page("staff")
    settings.typed("staff_name", "Rosa Med")
    kind = page.role.chosen()
    settings.elsewhere(lambda db: clinic.add_chair(db, stamp(), name="Chair 3"))
    settings.qtbot.waitUntil(lambda: len(settings.workplace.clinic_frame.chairs) == 3)
    assert (page.name.text(), page.role.chosen()) == ("Rosa Med", kind)


def test_chairs_are_added_named_ordered_and_taken_out(settings: Opened) -> None:
    page = settings.page("chairs")
    settings.press("chair_new")
    settings.typed("chair_name", "Quiet room")
    settings.press("chair_save")
    names = [chair.name for chair in settings.frame().chairs]
    assert names == ["Chair 1 · window", "Chair 2", "Quiet room"]
    page.list.choose(3)
    page.up_button.click()
    settings.settle()
    names = [chair.name for chair in settings.frame().chairs]
    assert names == ["Chair 1 · window", "Quiet room", "Chair 2"]
    settings.press("chair_remove")
    names = [chair.name for chair in settings.frame().chairs]
    assert names == ["Chair 1 · window", "Chair 2"]


def test_hours_of_a_day_and_of_the_working_week(settings: Opened) -> None:
    page = settings.page("hours")
    page.list.choose(5)
    page.boxes[0].setChecked(True)
    page.times[0][0].setTime(QTime(9, 0))
    page.times[0][1].setTime(QTime(12, 30))
    settings.press("hours_save")
    page.list.choose(0)
    page.boxes[1].setChecked(True)
    page.times[0][1].setTime(QTime(12, 0))
    settings.press("hours_save_week")
    db = open_clinic(settings.path)
    hours = calendar.schedule(db, at(10).date()).hours
    db.close()
    assert [entry.weekday for entry in hours] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5]
    assert (hours[0].opens, hours[0].closes) == (time(8), time(12))
    assert (hours[1].opens, hours[1].closes) == (time(13), time(17))
    assert (hours[-1].opens, hours[-1].closes) == (time(9), time(12, 30))
    assert cells(page.list.model, 0) == ["Monday", "08:00–12:00, 13:00–17:00"]


def test_hours_that_run_into_each_other_are_refused(settings: Opened) -> None:
    page = settings.page("hours")
    page.list.choose(0)
    page.boxes[1].setChecked(True)
    settings.press("hours_save")
    assert "must not run into each other" in settings.told[0]


def test_a_protocol_is_changed_and_keeps_what_was_not_touched(settings: Opened) -> None:
    page = settings.page("protocols")
    page.list.choose(1)
    assert not page.form.dirty()
    page.form.lengths[1].setValue(50)
    settings.press("protocol_save")
    (kept,) = settings.frame().protocols
    assert kept.segments == SegmentMinutes(30, 50, 45, 5)
    assert kept.vitals_plan == VITALS_PLAN
    assert (kept.dose_low, kept.dose_high) == (Decimal("0.3"), Decimal("0.6"))


def test_a_new_protocol_with_its_own_vitals_plan(settings: Opened) -> None:
    page = settings.page("protocols")
    settings.press("protocol_new")
    settings.typed("protocol_name", "Pain IV")
    page.form.until.setValue(0)
    page.form.then.setValue(20)
    settings.press("protocol_save")
    made = next(one for one in settings.frame().protocols if one.name == "Pain IV")
    assert made.vitals_plan == (
        VitalsInterval(Phase.INFUSING, 20),
        VitalsInterval(Phase.RECOVERING, 15),
    )
    assert made.dose_low is None
    page.list.choose(made.id)
    settings.press("protocol_use")
    made = next(one for one in settings.frame().protocols if one.name == "Pain IV")
    assert not made.active


def test_looks_are_chosen_and_remembered(settings: Opened, qtbot) -> None:
    page = settings.page("computer")
    page.sizes.findChild(Button, "segment_150").click()
    page.colours.findChild(Button, "segment_dark").click()
    assert theme.current().dark and theme.current_scale() == 1.5
    kept = SettingsFile(page._settings.path).current
    assert (kept.dark, kept.text_scale) == (True, 1.5)


def test_every_page_fits_the_smallest_screen_without_scrolling(settings: Opened) -> None:
    for name in settings.view.pages:
        page = settings.page(name)
        room = settings.view.tabs.currentWidget().size()
        needed = page.minimumSizeHint()
        assert needed.width() <= room.width() and needed.height() <= room.height(), name


def test_a_half_typed_row_is_asked_about_before_another_is_shown(settings: Opened, qtbot) -> None:
    page = settings.page("staff")
    settings.typed("staff_name", "Rosa Medina")
    shown = page.list.current
    page.list.table.setFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Down)
    leave = settings.view.findChild(QDialog, "leave_dialog")
    assert shown.name in leave.findChild(QLabel, "leave_sentence").text()
    qtbot.waitUntil(lambda: page.list.model.row_at(page.list.table.currentIndex()) == shown)
    assert page.name.text() == "Rosa Medina"
    leave.reject()
    assert page.list.current == shown and page.unsaved
    qtbot.waitUntil(lambda: settings.view.findChild(QDialog, "leave_dialog") is None)
    settings.press("staff_new")
    settings.view.findChild(QDialog, "leave_dialog").findChild(Button, "leave_it").click()
    assert page.name.text() == "" and page.list.current is None and not page.unsaved


def test_a_clicked_row_is_marked_only_when_the_form_shows_it(settings: Opened, qtbot) -> None:
    page = settings.page("hours")
    table = page.list.table
    page.boxes[1].setChecked(True)
    there = table.visualRect(page.list.model.index(3, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=there)
    qtbot.waitUntil(lambda: table.currentIndex().row() == 0)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [0]
    settings.view.findChild(QDialog, "leave_dialog").findChild(Button, "leave_it").click()
    assert table.currentIndex().row() == 3 and page.list.current.weekday == 3
    assert not page.unsaved


def test_a_name_that_is_missing_is_said_beside_its_field(settings: Opened) -> None:
    page = settings.page("chairs")
    settings.press("chair_new")
    settings.press("chair_save")
    assert page.name.refusal() == "Type the name first."
    assert page.name.line.hasFocus()
    settings.typed("chair_name", "Q")
    assert page.name.refusal() == ""
