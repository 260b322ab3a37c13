"""What settings are called where one looks for them by name, and the page each is on."""

from collections.abc import Callable
from functools import partial

from ketadesk.i18n import tr
from ketadesk.ui.commands import Command

NAMES = (
    ("computer", "Text size"),
    ("computer", "Colours, light or dark"),
    ("clinic", "Clinic's name, address, phones and time zone"),
    ("thresholds", "Thresholds of blood pressure, heart rate and oxygen"),
    ("staff", "Staff and their roles"),
    ("chairs", "Chairs and their order"),
    ("hours", "Opening hours"),
    ("protocols", "Protocols and their lengths"),
)


def commands_of_settings(go: Callable[[str, object], object]) -> list[Command]:
    """Going to each of them, from whatever is shown."""
    return [
        Command(tr(name), tr("Settings"), "", partial(go, "settings", page), "settings")
        for page, name in NAMES
    ]
