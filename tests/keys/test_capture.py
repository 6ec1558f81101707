"""Choosing a key by pressing it, key by key."""

from assistant.keys.capture import Capture


def test_a_modifier_alone_counts_when_it_comes_up() -> None:
    chosen: list[str] = []
    capture = Capture(chosen.append)
    capture.press("right ctrl", "ctrl")
    assert chosen == []
    capture.release("right ctrl")
    assert chosen == ["right ctrl"]
    assert capture.over


def test_a_chord_is_over_when_all_its_keys_are_up() -> None:
    chosen: list[str] = []
    capture = Capture(chosen.append)
    capture.press("left ctrl", "ctrl")
    capture.press("left alt", "alt")
    capture.press("space")
    assert chosen == ["ctrl+alt+space"]
    capture.release("left ctrl")
    capture.release("space")
    assert not capture.over
    capture.release("left alt")
    assert capture.over


def test_a_lost_release_does_not_keep_the_keyboard() -> None:
    capture = Capture(print)
    capture.press("f9")
    capture.press("a")
    assert capture.over


def test_escape_with_a_modifier_is_a_chord() -> None:
    chosen: list[str] = []
    capture = Capture(chosen.append)
    capture.press("left ctrl", "ctrl")
    capture.press("esc")
    assert chosen == ["ctrl+esc"]


def test_it_tells_only_once() -> None:
    chosen: list[str] = []
    capture = Capture(chosen.append)
    capture.press("f9")
    capture.release("f9")
    capture.cancel()
    assert chosen == ["f9"]
