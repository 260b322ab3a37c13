"""The look: readable in both palettes, the same everywhere, cheap to start with."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFontInfo, QFontMetricsF, QImage, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ketadesk import resources
from ketadesk.ui import icons, theme
from ketadesk.ui.stylesheet import set_look, stylesheet
from ketadesk.ui.theme import DARK, LIGHT, ROLES, TEXT_SIZES, Tokens
from ketadesk.ui.widgets.label import Label

TEXT = 4.5  # WCAG 2.2, 1.4.3: text
EDGE = 3.0  # WCAG 2.2, 1.4.11: what one must see to use a control
PALETTES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def luminance(color: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    theme.apply(qapp, dark=False)
    yield qapp
    theme.apply(qapp, dark=False)


def test_the_measure_knows_the_extremes() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@PALETTES
def test_every_role_is_readable_on_its_own_ground_and_on_the_plain_ones(tokens: Tokens) -> None:
    for role in ROLES:
        pair = tokens.pair(role)
        for ground in (pair.background, tokens.bg, tokens.surface):
            assert contrast(pair.foreground, ground) >= TEXT, (role, ground)
        for ink in (tokens.ink, tokens.muted):
            assert contrast(ink, pair.background) >= TEXT, (role, ink)


@PALETTES
def test_ink_and_muted_are_readable_and_fields_can_be_found(tokens: Tokens) -> None:
    for ground in (tokens.bg, tokens.surface):
        assert contrast(tokens.ink, ground) >= 7
        assert contrast(tokens.muted, ground) >= TEXT
        assert contrast(tokens.edge, ground) >= EDGE


@PALETTES
def test_text_on_a_filled_button_is_readable(tokens: Tokens) -> None:
    on = tokens.bg if tokens.dark else tokens.surface
    for fill in (tokens.accent.foreground, tokens.ink):
        assert contrast(on, fill) >= TEXT


@PALETTES
def test_every_pair_of_the_qt_palette_is_readable(tokens: Tokens) -> None:
    roles = QPalette.ColorRole
    made = theme.palette(tokens)
    for text, ground in (
        (roles.WindowText, roles.Window),
        (roles.Text, roles.Base),
        (roles.Text, roles.AlternateBase),
        (roles.ButtonText, roles.Button),
        (roles.HighlightedText, roles.Highlight),
        (roles.ToolTipText, roles.ToolTipBase),
        (roles.PlaceholderText, roles.Base),
        (roles.Link, roles.Window),
    ):
        ratio = contrast(made.color(text).name(), made.color(ground).name())
        assert ratio >= TEXT, (text, ground)


def test_apply_puts_on_fusion_the_palette_and_the_bundled_font(app: QApplication) -> None:
    theme.apply(app, dark=True)
    assert theme.current() is DARK
    assert app.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.bg
    assert QFontInfo(app.font()).family() == theme.FAMILY
    assert DARK.accent.foreground in app.styleSheet()
    assert LIGHT.accent.foreground not in app.styleSheet()
    app.setStyleSheet("")
    assert app.style().name() == "fusion"


def test_strong_text_has_its_own_weight(app: QApplication) -> None:
    assert QFontInfo(theme.font("body")).weight() == 400
    assert QFontInfo(theme.font("body", strong=True)).weight() == 600


@pytest.mark.parametrize("size", TEXT_SIZES)
@pytest.mark.parametrize("strong", [False, True])
def test_figures_line_up(app: QApplication, size: theme.TextSize, strong: bool) -> None:
    metrics = QFontMetricsF(theme.font(size, strong=strong))
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_figures_still_line_up_under_the_style_sheet(app: QApplication, qtbot) -> None:
    label = Label("1", size="title", strong=True)
    qtbot.addWidget(label)
    label.ensurePolished()
    metrics = QFontMetricsF(label.font())
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


def test_text_scales_to_200_percent_and_no_further(app: QApplication, qtbot) -> None:
    label = Label("Ana García", size="title")
    qtbot.addWidget(label)
    label.show()
    once, point_size = label.sizeHint().width(), theme.font("body").pointSizeF()
    theme.apply(app, dark=False, scale=2.0)
    assert theme.font("body").pointSizeF() == pytest.approx(2 * point_size)
    assert label.sizeHint().width() == pytest.approx(2 * once, rel=0.05)
    assert theme.px(10) == 20
    theme.apply(app, dark=False, scale=9.0)
    assert theme.current_scale() == 2.0


class Listener(QObject):
    """Counts the events that painted widgets wait for."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[QEvent.Type] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if theme.is_theme_change(event):
            self.heard.append(event.type())
        return False


@pytest.mark.parametrize(("dark", "scale"), [(True, 1.0), (False, 1.5)])
def test_a_shown_widget_hears_of_a_change(
    app: QApplication, qtbot, dark: bool, scale: float
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    listener = Listener()
    widget.installEventFilter(listener)
    theme.apply(app, dark=dark, scale=scale)
    assert listener.heard


def test_a_deeply_nested_widget_is_dressed_once_not_once_for_each_ancestor(
    app: QApplication, qtbot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    innermost = window
    for _ in range(20):
        innermost = QWidget(innermost)
    window.show()
    theme.apply(app, dark=True)
    listener = Listener()
    innermost.installEventFilter(listener)
    theme.apply(app, dark=False)
    assert 1 <= listener.heard.count(QEvent.Type.StyleChange) <= 2


def test_the_style_sheet_has_no_placeholder_left_and_its_pictures_exist(app: QApplication) -> None:
    for tokens, scale in product((LIGHT, DARK), (1.0, 2.0)):
        sheet = stylesheet(tokens, scale)
        assert "$" not in sheet
        pictures = [part.split('"')[0] for part in sheet.split('url("')[1:]]
        assert len(pictures) > 5
        for picture in pictures:
            assert resources.path("style", picture.rsplit("/", 1)[1]).is_file()


def test_set_look_restyles_a_shown_widget(app: QApplication, qtbot) -> None:
    label = Label("late")
    qtbot.addWidget(label)
    label.show()
    set_look(label, tone="red")
    color = label.palette().color(QPalette.ColorRole.WindowText)
    assert color.name().upper() == LIGHT.red.foreground


@pytest.mark.parametrize("name", sorted(p.stem for p in resources.path("icons").glob("*.svg")))
def test_every_icon_is_drawn_in_its_tone(app: QApplication, name: str) -> None:
    image = icons.pixmap(name, role="red", size=48).toImage()
    wanted = theme.color("red")
    solid = [
        image.pixelColor(x, y)
        for x, y in product(range(image.width()), range(image.height()))
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert solid
    for got in solid:  # blending may be off by one
        assert abs(got.red() - wanted.red()) <= 2
        assert abs(got.green() - wanted.green()) <= 2
        assert abs(got.blue() - wanted.blue()) <= 2


def test_an_icon_follows_palette_and_scale_and_is_drawn_once(app: QApplication) -> None:
    light = icons.pixmap("car", size=18)
    assert icons.pixmap("car", size=18).cacheKey() == light.cacheKey()
    theme.apply(app, dark=True, scale=2.0)
    dark = icons.pixmap("car", size=18)
    assert dark.width() == 2 * light.width()
    assert dark.toImage() != light.scaled(dark.size()).toImage()
    assert not icons.icon("car").isNull()


def test_an_unknown_icon_is_an_error(app: QApplication) -> None:
    with pytest.raises(icons.UnknownIcon, match="unicorn"):
        icons.pixmap("unicorn")


def test_hostile_text_in_a_tooltip_stays_text() -> None:
    assert theme.plain_tooltip("Ana & Marta") == "Ana & Marta"
    shown = theme.plain_tooltip('<img src="file:///etc/passwd"> & more')
    assert "<img" not in shown
    assert "&lt;img" in shown
    assert "&amp; more" in shown


def test_a_painted_figure_is_not_blank(app: QApplication, qtbot) -> None:
    label = Label("22:04", size="big_figure", strong=True)
    qtbot.addWidget(label)
    image = label.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colors = {image.pixel(x, y) for x, y in product(range(image.width()), range(image.height()))}
    assert len(colors) > 2


def test_putting_the_look_on_loads_no_svg_and_two_fonts() -> None:
    program = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from PySide6.QtGui import QFontDatabase\n"
        "app = QApplication([])\n"
        "from ketadesk.ui import icons, theme\n"
        "from ketadesk.ui.widgets import buttons, find_field, rail\n"
        "theme.apply(app, dark=False)\n"
        "assert 'PySide6.QtSvg' not in sys.modules\n"
        "assert QFontDatabase.applicationFontFamilies(1)\n"
        "assert not QFontDatabase.applicationFontFamilies(2)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
