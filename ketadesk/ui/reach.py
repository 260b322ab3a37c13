"""All that can be done now in the window, by key or from the find field: the view's own first."""

from typing import TYPE_CHECKING

from ketadesk.i18n import tr
from ketadesk.ui import commands, theme
from ketadesk.ui.commands import Command
from ketadesk.ui.header import LOOK_KEY, STAFF_KEY
from ketadesk.ui.settings.names import commands_of_settings
from ketadesk.ui.views import VIEWS

if TYPE_CHECKING:
    from ketadesk.ui.main_window import MainWindow


def commands_of(window: "MainWindow", *, also_waiting: bool = False) -> list[Command]:
    """Of the view shown, of every view, of the window; `also_waiting` as in `commands.within`."""
    shown = window.pages.currentWidget() or window.pages
    place = next((tr(entry.text) for entry in VIEWS if window.rail.choice() == entry.id), "")
    found = commands.within(shown, place, also_waiting=also_waiting)
    return found + window.around.everywhere.commands(found) + _of_window(window)


def _of_window(window: "MainWindow") -> list[Command]:
    colours = tr("Light colours") if theme.current().dark else tr("Dark colours")
    place = tr("Window")
    return [
        *(commands.of_views(window.show_view) if window.ready else ()),
        *(commands_of_settings(window.show_view) if window.ready else ()),
        Command(colours, place, LOOK_KEY, window.header.look.click),
        Command(tr("Who is working"), place, STAFF_KEY, window.header.open_staff),
        Command(tr("Open another file"), place, "", window.door.choose_file),
        Command(tr("Make a new clinic"), place, "", window.door.choose_new_file),
        *commands.within(window.status, place),
    ]
