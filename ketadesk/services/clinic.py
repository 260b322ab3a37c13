"""What the manager sets: the clinic's identity, thresholds, staff, chairs, hours, closures."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import time
from decimal import Decimal

from ketadesk.domain.changes import Noun, Span
from ketadesk.domain.clinic import Clinic, Role, SetBy
from ketadesk.domain.errors import Conflict, Refused
from ketadesk.domain.ids import ChairId, ClosureId, ProtocolId, StaffId
from ketadesk.domain.names import blank
from ketadesk.domain.protocols import Route, SegmentMinutes, Tier, VitalsInterval
from ketadesk.domain.rules import Rules
from ketadesk.services import in_use, phones
from ketadesk.services.action import action
from ketadesk.store import clinic, protocols
from ketadesk.store.actions import Act, current_row
from ketadesk.store.database import Database, Row
from ketadesk.store.values import seconds

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


def rule_owners(db: Database) -> Mapping[str, SetBy]:
    """Who set which threshold last, by its name; a starting value nobody confirmed is left out."""
    return clinic.last_set(db)


@action("clinic_described", undoable=True)
def describe(
    act: Act, described: Clinic, *, was: Clinic | None = None, sure_of_phones: bool = False
) -> None:
    """Sets who the clinic is and in which time zone it lives; `was` is what the form showed.

    A phone number that can't be one is refused until the person is sure of it.
    """
    if was is not None and clinic.clinic(act.db) != was:
        raise Conflict("changed_meanwhile")
    if not described.zone_name:
        raise Refused("zone_missing")
    try:
        _ = described.zone
    except (KeyError, ValueError) as error:
        raise Refused("zone_unknown", zone=described.zone_name) from error
    if not _COLOUR.fullmatch(described.accent):
        raise Refused("colour_unreadable", accent=described.accent)
    for phone in (described.phone_day, described.phone_night):
        if phone and not sure_of_phones and not phones.plausible(phone, described.country):
            raise Refused("phone_implausible", may_override=True, phone=phone)
    _set(act, clinic.CLINIC_SETTING, asdict(described))


LARGEST_RULE = 1000
"""More hours, minutes or mmHg than any clinic means: a slip of the keyboard."""


@action("rule_set", undoable=True)
def set_rule(act: Act, name: str, value: int) -> None:
    """Sets one of the clinic's thresholds; its owner is who set it, as the audit says.

    Only a clinician or the manager may: the others work by these limits.
    """
    member = clinic.staff_member(act.db, act.stamp.staff_id)
    if member is None or not member.sets_thresholds:
        raise Refused("rule_not_yours", name="" if member is None else member.name)
    if name not in Rules.__dataclass_fields__:
        raise Refused("rule_unknown", rule=name)
    if value < 0:
        raise Refused("rule_negative", rule=name, value=value)
    if value > LARGEST_RULE:
        raise Refused("rule_too_large", rule=name, value=value)
    _set(act, name, value)
    act.say(rule=name, value=value)


@action("staff_added")
def add_staff(act: Act, *, name: str, role: Role) -> None:
    act.insert("staff", {"name": _name(name), "role": role.value})
    act.say(name=name.strip())


@action("staff_edited", undoable=True)
def edit_staff(
    act: Act,
    staff_id: StaffId,
    version: int,
    *,
    name: str,
    role: Role,
    active: bool = True,
    sure: bool = False,
) -> None:
    """Changes a name or a role; someone who left is switched off, and stays in the records.

    Refused until one is `sure` while visits to come name them; their name stays with those.
    """
    before = _row(act, "staff", staff_id, version)
    in_use.refuse_leaving(act, before, role=role, active=active, sure=sure)
    act.update("staff", before, {"name": _name(name), "role": role.value, "active": int(active)})
    act.say(name=name.strip())


@action("chair_added")
def add_chair(act: Act, *, name: str) -> None:
    position = len(clinic.chairs(act.db)) + 1
    act.insert("chairs", {"name": _name(name), "position": position})
    act.say(name=name.strip())


@action("chair_edited", undoable=True)
def edit_chair(
    act: Act, chair_id: ChairId, version: int, *, name: str, active: bool = True
) -> None:
    """Renames a chair, or takes it out of the calendar; refused while someone is booked in it."""
    before = _row(act, "chairs", chair_id, version)
    if not active:
        booked = clinic.still_booked(act.db, chair_id, after=act.at)
        if booked:
            raise Refused("chair_still_booked", chair=before["name"], count=booked)
    act.update("chairs", before, {"name": _name(name), "active": int(active)})
    act.say(name=name.strip())


@action("chairs_ordered", undoable=True)
def order_chairs(act: Act, chair_ids: tuple[ChairId, ...]) -> None:
    """Puts the chairs, the columns of the calendar, into this order."""
    for position, chair_id in enumerate(chair_ids, start=1):
        act.update("chairs", current_row(act.db, "chairs", chair_id), {"position": position})


@action("hours_added")
def add_hours(act: Act, *, weekday: int, opens: time, closes: time) -> None:
    if closes <= opens:
        raise Refused("hours_impossible")
    values = {
        "weekday": weekday,
        "opens": opens.isoformat("minutes"),
        "closes": closes.isoformat("minutes"),
    }
    act.insert("opening_hours", values)


@action("hours_set", undoable=True)
def set_hours(act: Act, weekdays: tuple[int, ...], spans: tuple[tuple[time, time], ...]) -> None:
    """Sets when the clinic is open on these weekdays (0 is Monday); no spans: closed."""
    moments = [moment for span in spans for moment in span]
    if moments != sorted(moments) or any(opens == closes for opens, closes in spans):
        raise Refused("hours_impossible")
    for row in clinic.hours_rows(act.db):
        if row["weekday"] in weekdays:
            act.update("opening_hours", row, {"active": 0})
    for weekday in weekdays:
        for opens, closes in spans:
            values = {"opens": opens.isoformat("minutes"), "closes": closes.isoformat("minutes")}
            act.insert("opening_hours", {"weekday": weekday, **values})
    act.say(weekday=weekdays[0], days=len(weekdays))


@action("closure_added", undoable=True)
def close(act: Act, *, chair_id: ChairId | None, span: Span, reason: str) -> None:
    """Closes a chair, or the whole clinic, for a stretch of time."""
    if span.ends <= span.starts:
        raise Refused("closure_without_length")
    starts, ends, why = seconds(span.starts), seconds(span.ends), reason.strip()
    values = {"chair_id": chair_id, "starts": starts, "ends": ends, "reason": why}
    act.insert("closures", values)
    act.say(starts_at=starts, ends_at=ends, reason=why)


@action("closure_removed", undoable=True)
def reopen(act: Act, closure_id: ClosureId) -> None:
    """Opens again what was closed; opened already, nothing is written."""
    before = current_row(act.db, "closures", closure_id)
    act.update("closures", before, {"active": 0})
    act.say(starts_at=before["starts"], ends_at=before["ends"], reason=before["reason"])


@action("protocol_added")
def add_protocol(
    act: Act,
    *,
    name: str,
    route: Route,
    tier: Tier,
    segments: SegmentMinutes,
    vitals_plan: tuple[VitalsInterval, ...],
    dose_low: str | None = None,
    dose_high: str | None = None,
) -> None:
    """Adds a way of treating, with the clinic's own lengths, bounds (mg/kg) and vitals plan."""
    values = _protocol_values(name, route, tier, segments, dose_low, dose_high)
    row = act.insert("protocols", values)
    _plan_vitals(act, ProtocolId(row["id"]), vitals_plan)
    act.say(name=name.strip())


@action("protocol_edited", undoable=True)
def edit_protocol(
    act: Act,
    protocol_id: ProtocolId,
    version: int,
    *,
    name: str,
    route: Route,
    tier: Tier,
    segments: SegmentMinutes,
    vitals_plan: tuple[VitalsInterval, ...],
    dose_low: str | None = None,
    dose_high: str | None = None,
    active: bool = True,
) -> None:
    """Changes a protocol for what is booked from now on; appointments keep their own lengths."""
    before = _row(act, "protocols", protocol_id, version)
    values = _protocol_values(name, route, tier, segments, dose_low, dose_high)
    act.update("protocols", before, {**values, "active": int(active)})
    rows = clinic.interval_rows(act.db, protocol_id)
    if tuple(protocols.interval_from(row) for row in rows) != vitals_plan:
        for row in rows:
            act.update("vitals_intervals", row, {"active": 0})
        _plan_vitals(act, protocol_id, vitals_plan)
    act.say(name=name.strip())


def _protocol_values(
    name: str,
    route: Route,
    tier: Tier,
    segments: SegmentMinutes,
    dose_low: str | None,
    dose_high: str | None,
) -> dict[str, object]:
    if segments.infusion <= 0:
        raise Refused("protocol_without_infusion")
    if dose_low and dose_high and Decimal(dose_low) > Decimal(dose_high):
        raise Refused("protocol_bounds_swapped", low=dose_low, high=dose_high)
    return {
        "name": _name(name),
        "route": route.value,
        "tier": tier.value,
        "dose_low": dose_low,
        "dose_high": dose_high,
        "check_in_minutes": segments.check_in,
        "infusion_minutes": segments.infusion,
        "recovery_minutes": segments.recovery,
        "turnover_minutes": segments.turnover,
    }


def _plan_vitals(
    act: Act, protocol_id: ProtocolId, vitals_plan: tuple[VitalsInterval, ...]
) -> None:
    for interval in vitals_plan:
        values = {
            "protocol_id": protocol_id,
            "phase": interval.phase.value,
            "every_minutes": interval.every,
            "until_minute": interval.until,
        }
        act.insert("vitals_intervals", values)


def _name(name: str) -> str:
    if blank(name):
        raise Refused("name_missing")
    return name.strip()


def _row(act: Act, table: Noun, row_id: int, version: int) -> Row:
    """The row as the person saw it; someone else's newer change is a Conflict."""
    row = current_row(act.db, table, row_id)
    if row["version"] != version:
        raise Conflict("changed_meanwhile", table=table, row_id=row_id)
    return row


def _set(act: Act, name: str, value: object) -> None:
    encoded = json.dumps(value, ensure_ascii=False)
    row = clinic.setting_row(act.db, name)
    if row is None:
        act.insert("settings", {"name": name, "value": encoded})
    else:
        act.update("settings", row, {"value": encoded})
