"""What stands around the views and speaks of the open clinic, made when it is first needed."""

from functools import cached_property
from typing import TYPE_CHECKING

from ketadesk.ui.who_works import WhoWorks

if TYPE_CHECKING:
    from ketadesk.ui.everywhere import Everywhere
    from ketadesk.ui.finder import Finder
    from ketadesk.ui.last_done import LastDone
    from ketadesk.ui.main_window import MainWindow
    from ketadesk.ui.what_waits import WhatWaits
    from ketadesk.ui.workplace import Workplace


class AroundViews:
    """Nothing here but who works is imported before a clinic is opened."""

    def __init__(self, window: "MainWindow", *, demo: bool) -> None:
        self._window = window
        self.who_works = WhoWorks(window.header, window.notice, window.settings, demo=demo)

    @cached_property
    def finder(self) -> "Finder":
        """What the find field finds."""
        from ketadesk.ui.finder import Finder

        window = self._window
        finder = Finder(window.header.find_field, in_reach=window.commands_in_reach)
        finder.patient_found.connect(window.show_patient)
        finder.left.connect(window.give_keys_back)
        return finder

    @cached_property
    def everywhere(self) -> "Everywhere":
        """What can be done in every view, and its keys."""
        from ketadesk.ui.everywhere import Everywhere

        window = self._window
        return Everywhere(window, view=window.current_view, keys=window.keys_in_reach)

    @cached_property
    def last_done(self) -> "LastDone":
        """What keeps the last action and its Undo in the status line."""
        from ketadesk.ui.last_done import LastDone

        return LastDone(self._window.status)

    @cached_property
    def what_waits(self) -> "WhatWaits":
        """What keeps that which waits for someone in the status line."""
        from ketadesk.ui.what_waits import WhatWaits

        return WhatWaits(self._window.status)

    def attach(self, workplace: "Workplace | None") -> None:
        """All of it speaks of this clinic from now on, of none while none is open."""
        for part in (self.who_works, self.everywhere, self.finder, self.last_done, self.what_waits):
            part.attach(workplace)
