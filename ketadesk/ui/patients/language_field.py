"""A list of languages by name, holding their tags."""

from PySide6.QtWidgets import QWidget

from ketadesk.ui.patients.identity import languages
from ketadesk.ui.widgets.field import ChoiceField


class LanguageField(ChoiceField):
    """A language that is not in the list is offered as it is, never replaced."""

    def __init__(self, caption: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(caption, name=name, parent=parent)
        self.fill(((text, tag) for tag, text in languages().items()), chosen="en")

    def choose(self, tag: str) -> None:
        """Choose a language by its tag."""
        if self.box.findData(tag) < 0:
            self.box.addItem(tag, tag)
        super().choose(tag)
