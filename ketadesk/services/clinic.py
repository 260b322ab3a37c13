"""What the manager sets: the clinic's identity, thresholds, staff, chairs, hours, closures."""

import json
from dataclasses import asdict
from datetime import time

from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Clinic, Role
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import ChairId, ClosureId
from ketadesk.domain.protocols import Route, SegmentMinutes, Tier, VitalsInterval
from ketadesk.domain.rules import Rules
from ketadesk.services.action import action
from ketadesk.store import clinic
from ketadesk.store.actions import Act, current_row
from ketadesk.store.values import seconds


@action("clinic_described")
def describe(act: Act, described: Clinic) -> None:
    """Sets who the clinic is and in which time zone it lives."""
    try:
        _ = described.zone
    except (KeyError, ValueError) as error:
        raise Refused("zone_unknown", zone=described.zone_name) from error
    _set(act, clinic.CLINIC_SETTING, asdict(described))


@action("rule_set")
def set_rule(act: Act, name: str, value: int) -> None:
    """Sets one of the clinic's thresholds; its owner is who set it, as the audit says."""
    if name not in Rules.__dataclass_fields__:
        raise Refused("rule_unknown", rule=name)
    if value < 0:
        raise Refused("rule_negative", rule=name, value=value)
    _set(act, name, value)
    act.say(rule=name, value=value)


@action("staff_added")
def add_staff(act: Act, *, name: str, role: Role) -> None:
    act.insert("staff", {"name": name.strip(), "role": role.value})
    act.say(name=name.strip())


@action("chair_added")
def add_chair(act: Act, *, name: str) -> None:
    position = len(clinic.chairs(act.db)) + 1
    act.insert("chairs", {"name": name.strip(), "position": position})
    act.say(name=name.strip())


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


@action("closure_added", undoable=True)
def close(act: Act, *, chair_id: ChairId | None, span: Span, reason: str) -> None:
    """Closes a chair, or the whole clinic, for a stretch of time."""
    if span.ends <= span.starts:
        raise Refused("closure_without_length")
    values = {"starts": seconds(span.starts), "ends": seconds(span.ends), "reason": reason.strip()}
    act.insert("closures", {"chair_id": chair_id, **values})


@action("closure_removed", undoable=True)
def reopen(act: Act, closure_id: ClosureId) -> None:
    act.update("closures", current_row(act.db, "closures", closure_id), {"active": 0})


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
    row = act.insert(
        "protocols",
        {
            "name": name.strip(),
            "route": route.value,
            "tier": tier.value,
            "dose_low": dose_low,
            "dose_high": dose_high,
            "check_in_minutes": segments.check_in,
            "infusion_minutes": segments.infusion,
            "recovery_minutes": segments.recovery,
            "turnover_minutes": segments.turnover,
        },
    )
    for interval in vitals_plan:
        act.insert(
            "vitals_intervals",
            {
                "protocol_id": row["id"],
                "phase": interval.phase,
                "every_minutes": interval.every,
                "until_minute": interval.until,
            },
        )
    act.say(name=name.strip())


def _set(act: Act, name: str, value: object) -> None:
    encoded = json.dumps(value, ensure_ascii=False)
    row = clinic.setting_row(act.db, name)
    if row is None:
        act.insert("settings", {"name": name, "value": encoded})
    else:
        act.update("settings", row, {"value": encoded})
