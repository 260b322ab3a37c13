"""A menu whose keys mean only the menu."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget


class Menu(QMenu):
    """Answers the keys written beside its entries and lets no other key through to the view.

    While a plain QMenu is open, Qt still looks for shortcuts of the widget that has the focus
    below it, and they win: a letter meant for the menu would act on the view. Unless `kept`, a
    menu is made for one showing and gone when it closes.
    """

    def __init__(self, parent: QWidget, *, name: str, kept: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, not kept)

    def choice(self, text: str, *, name: str, key: str = "") -> QAction:
        """A new entry with its key beside it; the text may hold data and is shown as it is."""
        action = self.addAction(text.replace("&", "&&"))
        action.setObjectName(name)
        if key:
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setShortcutVisibleInContextMenu(True)
        return action

    def choose_first(self) -> None:
        """Marks the first entry that can be taken, so that Enter takes it."""
        first = next((one for one in self.actions() if one.isEnabled() and one.text()), None)
        if first is not None:
            self.setActiveAction(first)

    def event(self, event: QEvent) -> bool:
        """Claims every key before any shortcut below can."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key of an entry takes it; arrows, Enter and Esc stay as menus know them."""
        pressed = QKeySequence(event.keyCombination())
        for action in self.actions():
            if action.isEnabled() and action.shortcut() == pressed:
                self.close()
                action.trigger()
                return
        super().keyPressEvent(event)
