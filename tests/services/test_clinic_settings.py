"""What the manager sets: staff, chairs, hours, protocols, thresholds, and who set them."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from ketadesk.domain.appointments import AppointmentDraft
from ketadesk.domain.changes import Stamp
from ketadesk.domain.clinic import Role
from ketadesk.domain.errors import Conflict, Refused
from ketadesk.domain.ids import ChairId, PatientId, ProtocolId, StaffId, new_uuid
from ketadesk.domain.patients import PatientDraft
from ketadesk.domain.protocols import Route, SegmentMinutes, Tier, VitalsInterval
from ketadesk.domain.sessions import Phase
from ketadesk.i18n import sentence
from ketadesk.services import booking, clinic, patients, undo
from ketadesk.services.calendar import frame, schedule
from ketadesk.services.watching import open_clinic
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import AGREED

NOW = datetime(2027, 5, 14, 17, 0, tzinfo=UTC)
ROSA = StaffId(1)
MORNING = (time(8), time(12))
AFTERNOON = (time(13), time(18))


def stamp(minutes: int = 0) -> Stamp:
    return Stamp(ROSA, NOW + timedelta(minutes=minutes))


@pytest.fixture
def db(tmp_path: Path):
    opened = open_clinic(tmp_path / "clinic.ketadesk", create=True)
    clinic.add_staff(opened, Stamp(StaffId(0), NOW), name="Rosa Medina", role=Role.MANAGER)
    yield opened
    opened.close()


def open_times(db: SqliteDatabase) -> list[tuple[int, time, time]]:
    hours = schedule(db, NOW.date()).hours
    return [(entry.weekday, entry.opens, entry.closes) for entry in hours]


def test_a_threshold_has_an_owner_once_somebody_set_it(db: SqliteDatabase) -> None:
    assert clinic.rule_owners(db) == {}
    clinic.set_rule(db, stamp(), "alcohol_hours", 24)
    clinic.set_rule(db, stamp(5), "alcohol_hours", 48)
    owner = clinic.rule_owners(db)["alcohol_hours"]
    assert (owner.staff_name, owner.at) == ("Rosa Medina", NOW + timedelta(minutes=5))
    assert frame(db).rules.alcohol_hours == 48


def test_staff_change_and_leave_and_come_back_by_undo(db: SqliteDatabase) -> None:
    added = clinic.add_staff(db, stamp(), name="Dr. Shah", role=Role.CLINICIAN)
    shah = StaffId(added.row_ids["staff"])
    clinic.edit_staff(db, stamp(), ROSA, 1, name=" Rosa M. ", role=Role.NURSE)
    rosa = next(member for member in frame(db).staff if member.id == ROSA)
    assert (rosa.name, rosa.role) == ("Rosa M.", Role.NURSE)
    gone = clinic.edit_staff(db, stamp(), ROSA, 2, name="Rosa M.", role=Role.NURSE, active=False)
    assert [member.id for member in frame(db).staff] == [shah]
    with pytest.raises(Refused, match="works_here_no_longer"):
        undo.undo(db, stamp(), gone.action_id)
    undo.undo(db, Stamp(shah, NOW), gone.action_id)
    assert {member.name for member in frame(db).staff} == {"Dr. Shah", "Rosa M."}


def test_the_last_of_all_and_the_last_who_sets_limits_stay(db: SqliteDatabase) -> None:
    with pytest.raises(Refused, match="last_one_here"):
        clinic.edit_staff(db, stamp(), ROSA, 1, name="Rosa", role=Role.MANAGER, active=False)
    nurse = clinic.add_staff(db, stamp(), name="Lena K.", role=Role.NURSE)
    lena = StaffId(nurse.row_ids["staff"])
    for role, active in ((Role.MANAGER, False), (Role.NURSE, True)):
        with pytest.raises(Refused, match="last_to_set_limits"):
            clinic.edit_staff(db, stamp(), ROSA, 1, name="Rosa", role=role, active=active)
    risen = clinic.edit_staff(db, stamp(), lena, 1, name="Lena K.", role=Role.MANAGER)
    clinic.edit_staff(db, stamp(), ROSA, 1, name="Rosa", role=Role.NURSE)
    with pytest.raises(Refused, match="last_to_set_limits"):
        undo.undo(db, stamp(), risen.action_id)
    assert {member.role for member in frame(db).staff} == {Role.MANAGER, Role.NURSE}


def test_an_older_view_of_a_row_is_a_conflict_and_an_empty_name_is_refused(
    db: SqliteDatabase,
) -> None:
    clinic.edit_staff(db, stamp(), ROSA, 1, name="Rosa", role=Role.CLINICIAN)
    with pytest.raises(Conflict):
        clinic.edit_staff(db, stamp(), ROSA, 1, name="Rose", role=Role.CLINICIAN)
    with pytest.raises(Refused, match="name_missing"):
        clinic.edit_staff(db, stamp(), ROSA, 2, name="  ", role=Role.CLINICIAN)
    assert frame(db).staff[0].name == "Rosa"


def test_a_chair_with_appointments_to_come_stays(db: SqliteDatabase) -> None:
    clinic.add_chair(db, stamp(), name="Chair 1")
    clinic.add_chair(db, stamp(), name="Chair 2")
    minutes = SegmentMinutes(15, 40, 45, 15)
    clinic.add_protocol(
        db,
        stamp(),
        name="Mood IV",
        route=Route.INTRAVENOUS,
        tier=Tier.LOW,
        segments=minutes,
        vitals_plan=(),
    )
    patients.add(db, stamp(), PatientDraft("Ana", "García"), uuid=new_uuid())
    starts = NOW + timedelta(days=1)
    draft = AppointmentDraft(PatientId(1), ChairId(1), ProtocolId(1), starts, minutes)
    booking.book(db, stamp(), draft, override=AGREED)
    with pytest.raises(Refused, match="chair_still_booked"):
        clinic.edit_chair(db, stamp(), ChairId(1), 1, name="Chair 1", active=False)
    clinic.edit_chair(db, stamp(), ChairId(2), 1, name="Quiet room", active=False)
    assert [chair.name for chair in frame(db).chairs] == ["Chair 1"]
    later = Stamp(ROSA, starts + timedelta(days=1))
    clinic.edit_chair(db, later, ChairId(1), 1, name="Chair 1", active=False)
    assert frame(db).chairs == ()


def test_chairs_change_places_and_back(db: SqliteDatabase) -> None:
    for name in ("A", "B", "C"):
        clinic.add_chair(db, stamp(), name=name)
    order = (ChairId(3), ChairId(1), ChairId(2))
    ordered = clinic.order_chairs(db, stamp(), order)
    assert [chair.name for chair in frame(db).chairs] == ["C", "A", "B"]
    undo.undo(db, stamp(), ordered.action_id)
    assert [chair.name for chair in frame(db).chairs] == ["A", "B", "C"]


def test_hours_of_some_days_are_set_whole_and_taken_back_whole(db: SqliteDatabase) -> None:
    clinic.set_hours(db, stamp(), (0, 1), (MORNING, AFTERNOON))
    assert open_times(db) == [(0, *MORNING), (0, *AFTERNOON), (1, *MORNING), (1, *AFTERNOON)]
    closed = clinic.set_hours(db, stamp(), (1,), ())
    assert open_times(db) == [(0, *MORNING), (0, *AFTERNOON)]
    undo.undo(db, stamp(), closed.action_id)
    assert len(open_times(db)) == 4


@pytest.mark.parametrize(
    "spans",
    [
        ((time(9), time(9)),),
        ((time(12), time(8)),),
        ((time(8), time(13)), (time(12), time(18))),
        (AFTERNOON, MORNING),
    ],
)
def test_hours_that_make_no_sense_are_refused(
    db: SqliteDatabase, spans: tuple[tuple[time, time], ...]
) -> None:
    with pytest.raises(Refused, match="hours_impossible"):
        clinic.set_hours(db, stamp(), (0,), spans)
    assert open_times(db) == []


def test_a_protocol_is_changed_with_its_vitals_plan_and_taken_back(db: SqliteDatabase) -> None:
    plan = (VitalsInterval(Phase.INFUSING, 5, 20), VitalsInterval(Phase.INFUSING, 10))
    values = {
        "name": "Mood IV",
        "route": Route.INTRAVENOUS,
        "tier": Tier.LOW,
        "segments": SegmentMinutes(15, 40, 45, 15),
    }
    clinic.add_protocol(db, stamp(), **values, vitals_plan=plan, dose_low="0.5", dose_high="1.0")
    (before,) = frame(db).protocols
    every_five = (VitalsInterval(Phase.INFUSING, 5),)
    changed = clinic.edit_protocol(
        db, stamp(), before.id, 1, **{**values, "name": "Mood"}, vitals_plan=every_five
    )
    (after,) = frame(db).protocols
    assert (after.name, after.vitals_plan, after.dose_low) == ("Mood", every_five, None)
    undo.undo(db, stamp(), changed.action_id)
    (again,) = frame(db).protocols
    assert replace(again, version=1) == before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"segments": SegmentMinutes(15, 0, 45, 15)}, "protocol_without_infusion"),
        ({"dose_low": "1.5", "dose_high": "0.5"}, "protocol_bounds_swapped"),
        ({"name": ""}, "name_missing"),
    ],
)
def test_an_impossible_protocol_is_refused(
    db: SqliteDatabase, changes: dict[str, object], code: str
) -> None:
    values = {
        "name": "Mood IV",
        "route": Route.INTRAVENOUS,
        "tier": Tier.LOW,
        "segments": SegmentMinutes(15, 40, 45, 15),
        "vitals_plan": (),
    }
    with pytest.raises(Refused, match=code):
        clinic.add_protocol(db, stamp(), **{**values, **changes})
    assert frame(db).protocols == ()


def test_the_clinic_is_not_described_over_someone_elses_words(db: SqliteDatabase) -> None:
    shown = frame(db).clinic
    clinic.describe(db, stamp(), replace(shown, name="Harbor"), was=shown)
    with pytest.raises(Conflict):
        clinic.describe(db, stamp(), replace(shown, name="Haven"), was=shown)
    with pytest.raises(Refused, match="zone_unknown"):
        clinic.describe(db, stamp(), replace(shown, zone_name="Mars/Olympus"))
    assert frame(db).clinic.name == "Harbor"


def test_thresholds_are_set_by_a_clinician_or_the_manager(db: SqliteDatabase) -> None:
    ids = {}
    for role in (Role.RECEPTIONIST, Role.NURSE, Role.CLINICIAN):
        added = clinic.add_staff(db, stamp(), name=role.value, role=role)
        ids[role] = StaffId(added.row_ids["staff"])
    for role in (Role.RECEPTIONIST, Role.NURSE):
        with pytest.raises(Refused, match="rule_not_yours") as refused:
            clinic.set_rule(db, Stamp(ids[role], NOW), "alcohol_hours", 48)
        assert "clinician or the manager" in sentence(refused.value.code, refused.value.values)
    assert clinic.rule_owners(db) == {}
    clinic.set_rule(db, Stamp(ids[Role.CLINICIAN], NOW), "alcohol_hours", 48)
    assert clinic.rule_owners(db)["alcohol_hours"].staff_name == "clinician"


def test_a_confirmed_threshold_is_taken_back_to_a_starting_value(db: SqliteDatabase) -> None:
    before = frame(db).rules
    first = clinic.set_rule(db, stamp(), "alcohol_hours", 48)
    undone = undo.undo(db, stamp(1), first.action_id)
    assert (frame(db).rules, clinic.rule_owners(db)) == (before, {})
    undo.undo(db, stamp(2), undone.action_id)
    assert frame(db).rules.alcohol_hours == 48
    assert clinic.rule_owners(db)["alcohol_hours"].at == NOW


def test_after_undo_a_threshold_is_whose_it_was(db: SqliteDatabase) -> None:
    clinic.set_rule(db, stamp(), "alcohol_hours", 36)
    second = clinic.set_rule(db, stamp(5), "alcohol_hours", 48)
    undo.undo(db, stamp(6), second.action_id)
    assert frame(db).rules.alcohol_hours == 36
    assert clinic.rule_owners(db)["alcohol_hours"].at == NOW


def test_the_clinics_details_are_taken_back(db: SqliteDatabase) -> None:
    nobody = frame(db).clinic
    first = clinic.describe(db, stamp(), replace(nobody, name="Harbor"))
    second = clinic.describe(db, stamp(1), replace(nobody, name="Haven"))
    undo.undo(db, stamp(2), second.action_id)
    assert frame(db).clinic.name == "Harbor"
    undo.undo(db, stamp(3), first.action_id)
    assert frame(db).clinic == nobody


@pytest.mark.parametrize("phone", ["310-555-01", "555", "call me"])
def test_a_phone_that_can_not_be_one_is_asked_about(db: SqliteDatabase, phone: str) -> None:
    typed = replace(frame(db).clinic, phone_night=phone)
    with pytest.raises(Refused, match="phone_implausible") as refused:
        clinic.describe(db, stamp(), typed)
    assert refused.value.may_override
    clinic.describe(db, stamp(), typed, sure_of_phones=True)
    assert frame(db).clinic.phone_night == phone


@pytest.mark.parametrize(
    ("phone", "country"),
    [("310-555-0100", "US"), ("+34 91 555 01 00", "US"), ("915 550 100", "ES"), ("5550100", "??")],
)
def test_phones_as_people_write_them_are_taken(
    db: SqliteDatabase, phone: str, country: str
) -> None:
    clinic.describe(db, stamp(), replace(frame(db).clinic, phone_day=phone, country=country))
    assert frame(db).clinic.phone_day == phone


def test_what_is_no_colour_is_refused(db: SqliteDatabase) -> None:
    with pytest.raises(Refused, match="colour_unreadable"):
        clinic.describe(db, stamp(), replace(frame(db).clinic, accent="teal"))
