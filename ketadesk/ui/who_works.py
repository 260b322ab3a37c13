"""Who works at this machine: shown in the header, chosen there, remembered for each clinic file."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ketadesk.domain.ids import StaffId
from ketadesk.i18n import tr
from ketadesk.settings import SettingsFile
from ketadesk.ui.header import Header
from ketadesk.ui.notices import Notices

if TYPE_CHECKING:
    from ketadesk.ui.workplace import Workplace

WHO = "who"


class WhoWorks(QObject):
    """Every action carries a person: while nobody is known the window asks who it is."""

    def __init__(
        self, header: Header, notice: Notices, settings: SettingsFile, *, demo: bool
    ) -> None:
        super().__init__(header)
        self._header, self._notice, self._settings = header, notice, settings
        self._demo = demo
        self._workplace: Workplace | None = None
        header.staff_chosen.connect(self.take_over)
        notice.acted.connect(self._on_notice)

    def attach(self, workplace: "Workplace | None") -> None:
        """From now on the header speaks of this clinic."""
        self._workplace = workplace
        if workplace is not None:
            workplace.framed.connect(self._on_framed)
            workplace.staff_changed.connect(self._show)

    @Slot(int)
    def take_over(self, staff_id: int) -> None:
        """From now on this person works here."""
        if self._workplace is not None:
            self._workplace.take_over(StaffId(staff_id))
            self._settings.remember_staff(self._workplace.desk.clinic_file, staff_id)

    @Slot()
    def _on_framed(self) -> None:
        self._choose()
        self._show()

    def _choose(self) -> None:
        """Whoever worked here last, or the only one there is; else a person says so."""
        from ketadesk.domain.clinic import Role

        workplace = self._workplace
        if workplace is None or workplace.frame is None or workplace.staff is not None:
            return
        staff = workplace.frame.staff
        known = self._settings.current.staff_ids.get(str(workplace.desk.clinic_file))
        if known in {member.id for member in staff}:
            workplace.take_over(StaffId(known))
        elif len(staff) == 1 or (self._demo and staff):
            nurses = (member for member in staff if member.role is Role.NURSE)
            workplace.take_over(next(nurses, staff[0]).id)
        elif staff:
            from ketadesk.ui.widgets.notice import NoticeAction

            sentence = tr("Say who is working, so that what you do carries your name.")
            choose = NoticeAction(WHO, tr("Choose"))
            self._notice.tell(sentence, kind="warning", actions=(choose,))

    @Slot()
    def _show(self) -> None:
        workplace = self._workplace
        if workplace is not None and workplace.frame is not None:
            self._header.show_staff(workplace.frame.staff, workplace.staff)
            if workplace.staff is not None and self._notice.offers(WHO):
                self._notice.hide()

    @Slot(str)
    def _on_notice(self, action_id: str) -> None:
        if action_id == WHO:
            self._header.open_staff()
