"""Every threshold the clinic owns, with the value it starts from and where that value comes from.

Nothing here is advice: a starting value stands until the medical director confirms or changes it.
"""

from dataclasses import dataclass, field, fields
from typing import Any


def _rule(starting_value: int | float, *, unit: str, source: str) -> Any:
    return field(default=starting_value, metadata={"unit": unit, "source": source})


_DESIGN = "KetaDesk starting value, no published figure"


@dataclass(frozen=True)
class Rules:
    """The clinic's thresholds; each field's metadata holds its unit and the source of its start."""

    fasting_solids_hours: int = _rule(
        6, unit="h", source="ASA 2017: light meal 6 h before; clinics ask for 3 to 6 h"
    )
    fasting_clear_hours: int = _rule(2, unit="h", source="ASA 2017: clear fluids 2 h before")
    alcohol_hours: int = _rule(
        24, unit="h", source="Public ketamine article: 24 h; clinics ask for 12 to 48 h"
    )
    driving_hours: int = _rule(
        24, unit="h", source="Clinic instruction sheets: 24 h; others 8 h, 12 h or a night's sleep"
    )
    gate_systolic: int = _rule(
        140, unit="mmHg", source="Esketamine label: assess above 140/90 before a dose"
    )
    gate_diastolic: int = _rule(
        90, unit="mmHg", source="Esketamine label: assess above 140/90 before a dose"
    )
    high_systolic: int = _rule(180, unit="mmHg", source="Figure used with the esketamine label")
    high_diastolic: int = _rule(110, unit="mmHg", source="Figure used with the esketamine label")
    rise_systolic: int = _rule(40, unit="mmHg", source="Figure used with the esketamine label")
    rise_diastolic: int = _rule(25, unit="mmHg", source="Figure used with the esketamine label")
    low_systolic: int = _rule(90, unit="mmHg", source=_DESIGN)
    low_oxygen_saturation: int = _rule(92, unit="%", source="General practice: below 90 to 92 %")
    low_heart_rate: int = _rule(50, unit="/min", source=_DESIGN)
    high_heart_rate: int = _rule(120, unit="/min", source=_DESIGN)
    low_respiratory_rate: int = _rule(10, unit="/min", source=_DESIGN)
    high_respiratory_rate: int = _rule(24, unit="/min", source=_DESIGN)
    jump_systolic: int = _rule(40, unit="mmHg", source=_DESIGN)
    jump_diastolic: int = _rule(30, unit="mmHg", source=_DESIGN)
    jump_heart_rate: int = _rule(40, unit="/min", source=_DESIGN)
    jump_oxygen_saturation: int = _rule(8, unit="%", source=_DESIGN)
    escort_ask_hours: int = _rule(
        48, unit="h", source="Day-surgery advice: call some days before, so that a list can refill"
    )
    escort_overdue_hours: int = _rule(24, unit="h", source=_DESIGN)
    pickup_call_minutes: int = _rule(15, unit="min", source=_DESIGN)
    pickup_window_minutes: int = _rule(20, unit="min", source=_DESIGN)
    late_arrival_minutes: int = _rule(10, unit="min", source="Clinic late rules: over 10 min")
    infusions_per_nurse: int = _rule(2, unit="infusions", source=_DESIGN)
    start_gap_minutes: int = _rule(15, unit="min", source=_DESIGN)

    @classmethod
    def from_settings(cls, settings: dict[str, int | float]) -> "Rules":
        """The clinic's own values where it has set them, the starting values elsewhere."""
        known = {rule.name for rule in fields(cls)}
        return cls(**{name: value for name, value in settings.items() if name in known})  # type: ignore[arg-type]
