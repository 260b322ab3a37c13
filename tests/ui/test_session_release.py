"""A release half typed is not left by a hasty Escape."""
# ruff: noqa: F811 - fixtures of other files are used by their names

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketadesk.domain.sessions import ReleasePath
from ketadesk.ui.leaving import unsaved_in
from ketadesk.ui.session.header import chips
from ketadesk.ui.session.release_dialog import ReleaseDialog
from ketadesk.ui.session.view import SessionsView, SessionTarget
from tests.ui.session_day import SessionDay
from tests.ui.test_session import day  # noqa: F401

ALT = Qt.KeyboardModifier.AltModifier


def releasing(day: SessionDay) -> tuple[SessionsView, ReleaseDialog]:
    """Ana is ready, and the dialog of her release is open."""
    session_id = day.infusing()
    day.recovered(session_id)
    view = day.view()
    view.show_target(SessionTarget(session_id))
    day.wait(lambda: view.page.phase_bar.action_ids() == ("back_to_recovery", "release"))
    day.wait(view.page.entry.line.hasFocus)
    day.press(Qt.Key.Key_L, ALT)
    day.wait(lambda: isinstance(QApplication.activeModalWidget(), ReleaseDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReleaseDialog)
    day.wait(dialog.confirm.isEnabled)
    return view, dialog


def test_escape_leaves_an_untouched_release_at_once(day: SessionDay) -> None:
    _view, dialog = releasing(day)
    day.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    day.wait(lambda: QApplication.activeModalWidget() is None)


def test_a_half_typed_release_is_asked_about_and_kept_by_escape(day: SessionDay) -> None:
    view, dialog = releasing(day)
    day.qtbot.keyClicks(dialog.name, "Aunt Rosa")
    assert unsaved_in(view)
    day.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    day.wait(lambda: QApplication.activeModalWidget() is not dialog)
    asking = QApplication.activeModalWidget()
    assert asking is not None
    assert asking.objectName() == "leave_dialog"
    day.qtbot.keyClick(asking, Qt.Key.Key_Escape)
    day.wait(lambda: QApplication.activeModalWidget() is dialog)
    assert dialog.name.text() == "Aunt Rosa"


def test_leaving_a_half_typed_release_says_so_first(day: SessionDay) -> None:
    view, dialog = releasing(day)
    day.qtbot.keyClicks(dialog.name, "Aunt Rosa")
    day.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    day.wait(lambda: QApplication.activeModalWidget() is not dialog)
    asking = QApplication.activeModalWidget()
    assert asking is not None
    day.wait(asking.isActiveWindow)
    day.qtbot.keyClick(asking, Qt.Key.Key_L, ALT)
    day.wait(lambda: QApplication.activeModalWidget() is None)
    assert not unsaved_in(view)


def test_print_first_keeps_what_was_typed_until_the_sheets_are_printed(day: SessionDay) -> None:
    view, dialog = releasing(day)
    day.qtbot.keyClicks(dialog.name, "Aunt Rosa")
    with day.qtbot.waitSignal(day.workplace.wanted) as asked:
        day.qtbot.keyClick(dialog, Qt.Key.Key_P, ALT)
    assert asked.args[0] == "sheets"
    day.wait(lambda: QApplication.activeModalWidget() is None)
    day.back_to(view)
    day.press(Qt.Key.Key_L, ALT)
    day.wait(lambda: isinstance(QApplication.activeModalWidget(), ReleaseDialog))
    again = QApplication.activeModalWidget()
    assert isinstance(again, ReleaseDialog)
    assert again.name.text() == "Aunt Rosa"
    assert again.unsaved
    again._over = True
    again.reject()


def test_another_way_home_asks_anew_and_the_header_says_with_whom_they_went(
    day: SessionDay,
) -> None:
    """Alone without a reason is refused; then a neighbour comes, though Marta was named."""
    view, dialog = releasing(day)
    dialog._paths[ReleasePath.ALONE].click()
    dialog.confirm.click()
    assert "who decided" in dialog.said.text()
    dialog._paths[ReleasePath.TO_ESCORT].click()
    assert "who decided" not in dialog.said.text() and "aftercare" in dialog.said.text()
    dialog.name.setText("Pablo García")
    dialog.confirm.click()
    day.wait(lambda: view.page.record.session.release is not None)
    said = [text for text, _role, _icon in chips(view.page.record)]
    assert said[-1] == "went with Pablo García"
    assert not any("Marta" in text for text in said)
