"""The room above the views in which the window tells people something; empty, it takes no room."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketadesk.i18n import tr

if TYPE_CHECKING:
    from ketadesk.ui.widgets.notice import Notice, NoticeAction, NoticeKind

INFO_STAYS_MILLISECONDS = 8000


class Notices(QWidget):
    """One message at a time; a mere information goes by itself after a while.

    `acted(id)` when the person chose what the message offers. The notice is made with the first
    message, so that the window is painted sooner.
    """

    acted = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice: Notice | None = None
        self._offered = ""
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.timeout.connect(self.hide)
        self._margins = QVBoxLayout(self)
        self._margins.setContentsMargins(14, 8, 14, 0)
        self.hide()

    def tell(
        self, text: str, *, kind: "NoticeKind" = "info", actions: "tuple[NoticeAction, ...]" = ()
    ) -> None:
        """Shows this message in the place of the last one."""
        self._offered = actions[0].id if actions else ""
        notice = self._notice or self._make()
        self.show()
        notice.tell(text, kind=kind, actions=actions)
        if kind == "info":
            self._fade.start(INFO_STAYS_MILLISECONDS)
        else:
            self._fade.stop()

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
        self._notice.acted.connect(self.acted)
        self._notice.installEventFilter(self)
        self._margins.addWidget(self._notice)
        return self._notice

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The margins go with the notice when a person closes it."""
        if event.type() == QEvent.Type.HideToParent:
            self.hide()
        return False
