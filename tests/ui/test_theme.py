from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.color import Color
from textual.theme import Theme
from textual.widgets import Footer, Input, OptionList, Static

from deskterm.domain.errors import DesktermError
from deskterm.ui.theme import load_theme, load_themes, theme_folder

SHIPPED = {"dark", "light", "high-contrast", "sixteen", "terminal", "mono"}
#: The terminal chooses what they look like.
TERMINALS_OWN = {"terminal", "mono"}
TEXT_COLOURS = ("foreground", "primary", "secondary", "accent", "success", "warning", "error")


def shipped(name: str) -> Theme:
    return load_theme(theme_folder() / f"{name}.toml")


def contrast(one: str, other: str) -> float:
    """Contrast ratio, from 1 to 21 (WCAG 2.1, "contrast ratio" and "relative luminance")."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in Color.parse(colour).normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_all_shipped_themes_load() -> None:
    loaded = load_themes(theme_folder())
    assert loaded.errors == ()
    assert set(loaded.themes) >= SHIPPED
    assert all(name == theme.name for name, theme in loaded.themes.items())


@pytest.mark.parametrize("name", sorted(SHIPPED - TERMINALS_OWN))
def test_text_can_be_read(name: str) -> None:
    theme = shipped(name)
    assert theme.background
    least = 7 if name == "high-contrast" else 4.5
    for field in TEXT_COLOURS:
        assert contrast(getattr(theme, field), theme.background) >= least, field
    cursor = theme.variables
    assert contrast(cursor["block-cursor-foreground"], cursor["block-cursor-background"]) >= 4.5


@pytest.mark.parametrize("name", sorted(SHIPPED - TERMINALS_OWN))
def test_light_and_dark_are_what_they_say(name: str) -> None:
    theme = shipped(name)
    assert theme.background
    assert theme.foreground
    assert theme.dark is (luminance(theme.background) < luminance(theme.foreground))


class Sample(App[None]):
    CSS = "App:ansi, Screen:ansi { background: $background; color: $foreground; }"
    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Static("text")
        yield Input()
        yield OptionList("one", "two")
        yield Footer()


@pytest.mark.parametrize("name", sorted(SHIPPED))
async def test_a_screen_can_be_painted_in_it(name: str) -> None:
    app = Sample()
    async with app.run_test() as pilot:
        app.register_theme(shipped(name))
        app.theme = name
        await pilot.pause()
        assert app.current_theme.name == name
        assert app.screen.styles.background == Color.parse(shipped(name).background or "")


@pytest.mark.parametrize("name", ["mono", "sixteen", "terminal"])
def test_these_use_the_colours_of_the_terminal_alone(name: str) -> None:
    theme = shipped(name)
    colours = [getattr(theme, field) for field in (*TEXT_COLOURS, "background", "panel")]
    colours += [value for key, value in theme.variables.items() if "style" not in key]
    assert theme.ansi
    assert all(colour.startswith("ansi_") for colour in colours)


GOOD = 'primary = "#112233"\n'


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('primary = "#12345"', "primary"),
        (GOOD + 'accent = "bleu"', "accent"),
        (GOOD + "accent = 3", "accent"),
        (GOOD + 'dark = "yes"', "dark"),
        (GOOD + "text_alpha = 2", "text_alpha"),
        (GOOD + "text_alpha = true", "text_alpha"),
        (GOOD + 'forground = "red"', "forground"),
        (GOOD + 'name = "other"', "name"),
        (GOOD + "variables = 1", "variables"),
        (GOOD + '[variables]\nborder = "reddd"', "variables.border"),
        (GOOD + '[variables]\nborder = "red 101%"', "variables.border"),
        (GOOD + "[variables]\nborder = 1", "variables.border"),
        (GOOD + '[variables]\nlink-style = "bald"', "variables.link-style"),
        (GOOD + '[variables]\nlink-style = ""', "variables.link-style"),
        ('accent = "red"', "primary"),
    ],
)
def test_a_broken_theme_names_file_and_key(tmp_path: Path, text: str, key: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(DesktermError) as caught:
        load_theme(file)
    assert caught.value.code == "theme"
    assert "mine.toml" in caught.value.title
    assert f"{file}: key {key}: " in caught.value.explanation


def test_a_mistyped_key_names_the_nearest(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD + 'forground = "red"')
    with pytest.raises(DesktermError, match="did you mean foreground"):
        load_theme(file)


@pytest.mark.parametrize("content", [b"primary = ", b"\xff", b'primary = "red"\nprimary = "red"'])
def test_what_is_no_toml_names_the_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(content)
    with pytest.raises(DesktermError, match=r"mine\.toml"):
        load_theme(file)


def test_a_missing_file_is_an_error_and_a_missing_folder_is_none(tmp_path: Path) -> None:
    with pytest.raises(DesktermError, match=r"gone\.toml"):
        load_theme(tmp_path / "gone.toml")
    assert load_themes(tmp_path / "gone").themes == {}


def test_a_broken_file_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("primary = 1")
    (tmp_path / "b.toml").write_text(GOOD + '[variables]\nborder = "auto 40%"\nx = "rgb(1, 2, 3)"')
    (tmp_path / "notes.txt").write_text("not a theme")
    loaded = load_themes(tmp_path)
    assert list(loaded.themes) == ["b"]
    assert len(loaded.errors) == 1
