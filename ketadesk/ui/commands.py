"""What the find field offers besides patients: every view, and every action that is in reach now.

Nothing is registered: an action is in reach when its button or menu entry is on the screen and
enabled, so the list can never promise what the view does not do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ketadesk.domain.names import folded
from ketadesk.i18n import tr
from ketadesk.ui.views import VIEWS
from ketadesk.ui.widgets.buttons import Button


@dataclass(frozen=True)
class Command:
    """Something that can be done now: its name, where it belongs, its key, and the doing."""

    name: str
    place: str
    key: str
    run: Callable[[], object]
    icon: str = "command"


def of_views(go: Callable[[str], object]) -> list[Command]:
    """Going to each of the views."""
    return [
        Command(
            tr(entry.text),
            tr("Go to"),
            entry.key,
            partial(go, entry.id),
            entry.icon,
        )
        for entry in VIEWS
    ]


def within(widget: QWidget, place: str, *, also_waiting: bool = False) -> list[Command]:
    """The buttons and actions of a widget that a person could use now, each name once.

    With `also_waiting` those too that wait for something to be chosen first.
    """
    found: dict[str, Command] = {}
    for command in (
        *_buttons(widget, place, also_waiting),
        *_actions(widget, place, also_waiting),
    ):
        found.setdefault(command.name, command)
    return list(found.values())


def matching(commands: list[Command], text: str) -> list[Command]:
    """Those in whose name every typed word begins a word; names that begin so come first."""
    wanted = folded(text).split()
    if not wanted:
        return []
    hits: list[tuple[bool, int, Command]] = []
    for command in commands:
        name = folded(command.name)
        parts = name.split()
        if all(any(part.startswith(word) for part in parts) for word in wanted):
            hits.append((not name.startswith(wanted[0]), len(hits), command))
    return [command for _, _, command in sorted(hits, key=lambda hit: hit[:2])]


def _buttons(widget: QWidget, place: str, waiting: bool) -> Iterator[Command]:
    for button in widget.findChildren(Button):
        usable = button.isVisible() and (waiting or button.isEnabled())
        if usable and button.accessibleName():
            there = _place_of(button) or place
            yield Command(button.accessibleName(), there, button.key(), button.click)


def _place_of(widget: QWidget | None) -> str:
    """The part of the view in which alone its key counts: the property `place` of that part."""
    while widget is not None:
        said = widget.property("place")
        if said:
            return str(said)
        widget = widget.parentWidget()
    return ""


def _actions(widget: QWidget, place: str, waiting: bool) -> Iterator[Command]:
    for action in (*widget.actions(), *widget.findChildren(QAction)):
        name = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").strip()
        usable = action.isVisible() and (waiting or action.isEnabled())
        if name and usable and action.menu() is None:
            yield Command(name, place, action.shortcut().toString(), action.trigger)
