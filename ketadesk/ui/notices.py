"""What the window tells people, over its header: it never moves what lies under the pointer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import theme

if TYPE_CHECKING:
    from ketadesk.ui.header import Header
    from ketadesk.ui.widgets.notice import Notice, NoticeAction, NoticeKind

INFO_STAYS_MILLISECONDS = 8000
LEAST_WIDTH = 380


class Notices(QWidget):
    """One message at a time; a mere information goes by itself after a while.

    `acted(id)` when the person chose what the message offers. The notice is made with the first
    message, so that the window is painted sooner. It floats in its parent over what the header
    leaves free for it, and lower where it has more to say than fits there.
    """

    acted = Signal(str)

    def __init__(self, header: "Header", parent: QWidget) -> None:
        super().__init__(parent)
        self._header = header
        self._placing = False
        for one in (parent, header):
            one.installEventFilter(self)
        self._notice: Notice | None = None
        self._offered = ""
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.timeout.connect(self.hide)
        self._margins = QVBoxLayout(self)
        self._margins.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def tell(
        self, text: str, *, kind: "NoticeKind" = "info", actions: "tuple[NoticeAction, ...]" = ()
    ) -> None:
        """Shows this message in the place of the last one."""
        self._offered = actions[0].id if actions else ""
        notice = self._notice or self._make()
        self.show()
        notice.tell(text, kind=kind, actions=actions)
        self._place()
        if kind == "info":
            self._fade.start(INFO_STAYS_MILLISECONDS)
        else:
            self._fade.stop()

    def pass_by(self) -> None:
        """Puts a warning or a refusal away that life has gone past; a question stays."""
        if self._notice is not None and self._notice.kind() != "info" and not self._offered:
            self.hide()

    def text(self) -> str:
        """The message shown last."""
        return "" if self._notice is None else self._notice.text()

    def offers(self, action_id: str) -> bool:
        """Whether the message now shown offers this first."""
        return not self.isHidden() and self._offered == action_id

    def _make(self) -> "Notice":
        from ketadesk.ui.widgets.notice import Notice

        self._notice = Notice(close_name=tr("Close this message"))
        self._notice.setObjectName("notice")
        self._notice.be_low()
        self._notice.acted.connect(self.acted)
        self._notice.installEventFilter(self)
        self._margins.addWidget(self._notice)
        return self._notice

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Goes with the notice when a person closes it, and along with the window and header."""
        if watched in (self.parent(), self._header):
            if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
                self._place_again()
        elif event.type() == QEvent.Type.HideToParent:
            self.hide()
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """The header has its room back."""
        super().hideEvent(event)
        if self.isHidden():
            self._header.give_room_back()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs more room."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_margins"):
            self._place_again()

    def _place_again(self) -> None:
        if not self.isHidden() and not self._placing:
            self._place()

    def _place(self) -> None:
        """Between the find field and the clock, which make room for it."""
        if self._notice is None:
            return
        self._placing = True
        wanted = max(self._notice.width_in_one_line(), theme.px(LEAST_WIDTH))
        left, right = self._header.make_room(wanted)
        origin = self._header.mapTo(self.window(), self._header.rect().topLeft())
        width = right - left
        height = self._notice.height_for(width)
        top = max((self._header.height() - height) // 2, 0)
        self.setGeometry(origin.x() + left, origin.y() + top, width, height)
        self.raise_()
        self._placing = False
