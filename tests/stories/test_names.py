"""A person's own names and the lists they do not want: kept in the window, and heard in what is said next."""

from pathlib import Path

import pytest

from assistant import paths
from assistant.settings import load
from assistant.terms.own import OwnTerms
from tests.rig import wait_until
from tests.rig.speech import synthesise
from tests.stories import screen
from tests.stories.program import Talk

SPOKEN = "The script needs sphinx, num pie and cube cuddle."

# px at the usual size of text
LIST_PX = 56  # a list of one name
ROW_ABOVE_FORM = 84  # from the list's last row to the field below it
REMOVE_AFTER_CHANGE = 107
LIST_BELOW_ADD = 48  # the button that takes in a list


def own() -> dict[str, tuple[str, ...]]:
    """The names that are kept, with how they are said."""
    terms = OwnTerms(paths.own_terms_file(), lambda fault: pytest.fail(fault.message)).terms()
    return {term.text: term.spoken for term in terms}


def until_own(**names: tuple[str, ...]) -> None:
    wait_until(lambda: own() == names, 20, f"{names} to be kept; there is {own()}")


def until_listed(talk: Talk, first: screen.Box) -> screen.Box:
    """The form's first field, once it has made way for a list above it; `first` is where it was without."""
    display, window = talk.desktop.display, talk.window
    return screen.focused(display, window, lambda field: abs(field.top - first.top - LIST_PX) < 6)


def until_switched_off(*sources: str) -> None:
    wait_until(lambda: load(paths.settings_file()).terms.off == sources, 20, f"{sources} to be off")


def until_said(talk: Talk, names: Path) -> None:
    """The name of one's own is heard, the one in the list that is off is not."""
    talk.say(names)
    talk.until(lambda s: s["stage"] == "editing" and s["draft"].endswith("and CubeCuddle."), "the name")
    assert "numpy" not in talk.status()["draft"]


@pytest.fixture
def names(tmp_path: Path) -> Path:
    return synthesise(SPOKEN, tmp_path / "names.wav")


def test_with_the_keyboard_a_list_is_switched_off_and_a_name_added_changed_and_written_out(
    talk: Talk, names: Path, tmp_path: Path
) -> None:
    display, window = talk.desktop.display, talk.window
    talk.open_page("your names")
    first = screen.focused(display, window)
    display.type("CubeCuddle")
    display.key("Tab")
    display.type("cube cuttle")
    display.key("Return")
    name = until_listed(talk, first)
    assert own() == {"CubeCuddle": ("cube cuttle",)}

    talk.open_page("where names come")
    display.key(*["Tab"] * 6, "space")
    until_switched_off("data-science")

    # it stands in the list, from where it is brought back into the form
    talk.open_page("your names")
    display.key("Home", "Return", "Tab", "ctrl+a")
    display.type("cube cuddle")
    display.key("Return")
    until_own(CubeCuddle=("cube cuddle",))

    screen.focused(display, window, lambda field: field == name)
    display.key("Tab", "Tab", "Tab", "space")
    display.wait_for_window("Export")
    display.key("ctrl+a")
    display.type(str(tmp_path / "mine.csv"))
    display.key("Return")
    wait_until((tmp_path / "mine.csv").exists, 20, "the file")
    wait_until(lambda: "CubeCuddle" in (tmp_path / "mine.csv").read_text(), 20, "the name in the file")

    display.key("Escape")
    until_said(talk, names)


def test_with_the_mouse_a_list_is_switched_off_and_names_added_removed_brought_back_and_taken_in(
    talk: Talk, names: Path, tmp_path: Path
) -> None:
    display, window = talk.desktop.display, talk.window
    (tmp_path / "more.csv").write_text("term,spoken\nBlueBooks,blue books\n")
    talk.open_page("where names come")
    display.click(*screen.switches(display, window, 6)[5].middle)
    until_switched_off("data-science")

    talk.open_page("your names")
    first = screen.focused(display, window)
    display.type("CubeCuddle")
    display.key("Tab")
    display.type("cube cuddle")
    display.click(*screen.button(display, window).middle)
    name = until_listed(talk, first)
    assert own() == {"CubeCuddle": ("cube cuddle",)}

    display.click(name.left + 40, name.top - ROW_ABOVE_FORM)
    change = screen.button(display, window)
    display.click(change.right + REMOVE_AFTER_CHANGE, change.middle[1])
    until_own()
    display.click(*screen.link(display, window).middle)
    until_own(CubeCuddle=("cube cuddle",))

    add = screen.button(display, window, typed="x")
    display.click(add.left + 40, add.middle[1] + LIST_BELOW_ADD)
    display.wait_for_window("Take in")
    display.type(str(tmp_path / "more.csv"))
    display.key("Return")
    until_own(CubeCuddle=("cube cuddle",), BlueBooks=("blue books",))

    display.key("Escape")
    until_said(talk, names)
