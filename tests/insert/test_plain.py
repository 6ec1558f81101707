"""Where nobody tells whether text was read: Windows and macOS, with a desktop of our own in their place."""

from collections.abc import Iterator

import pytest

from assistant.insert.plain import PlainInserter
from assistant.turn.events import Fault, Part, PartChanged, Readiness
from tests.insert.inserting import Told, inserting


class OneWindow:
    """A desktop with a window in front, which takes what is pasted."""

    def __init__(self) -> None:
        self.front, self.clipboard, self.typed = "editor", "", ""

    def state(self) -> PartChanged:
        return PartChanged(Part.INSERT, Readiness.READY)

    def focused(self) -> str:
        return self.front

    def copy(self, text: str) -> None:
        self.clipboard = text

    def paste(self) -> Fault | None:
        self.typed += self.clipboard
        return None


@pytest.fixture
def desktop() -> OneWindow:
    return OneWindow()


@pytest.fixture
def told(desktop: OneWindow) -> Iterator[Told]:
    with inserting(PlainInserter(desktop)) as told:
        assert told.parts.get(timeout=20).readiness is Readiness.READY
        yield told


def test_what_was_said_is_pasted(told: Told, desktop: OneWindow) -> None:
    assert told.dictate("λ done\n") == ""
    assert desktop.typed == "λ done"


def test_when_another_window_came_to_the_front_the_text_is_on_the_clipboard(
    told: Told, desktop: OneWindow
) -> None:
    turn = told.key_down()
    assert told.dictate("first") == ""
    desktop.front = "chat"
    assert told.dictate("second", turn) == "focus-changed"
    assert (desktop.typed, desktop.clipboard) == ("first", "second")


def test_no_words_change_nothing(told: Told, desktop: OneWindow) -> None:
    desktop.clipboard = "before"
    assert told.dictate("\n") == ""
    assert desktop.clipboard == "before"
