"""Keys are called what a person calls them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import AssistantError
from assistant.keys.names import BARE_MODIFIERS, MODIFIERS, Chord, parse


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("right ctrl", "right ctrl"),
        ("Right Control", "right ctrl"),
        ("right_ctrl", "right ctrl"),
        ("Left  Win", "left super"),
        ("AltGr", "alt gr"),
        ("F9", "f9"),
        ("Pause", "pause"),
        ("Ctrl + Alt + Space", "ctrl+alt+space"),
        ("shift+ctrl+d", "ctrl+shift+d"),
        ("cmd+é", "super+é"),
        ("ctrl+page down", "ctrl+page down"),
        ("key 191", "key 191"),
        ("shift+f5", "shift+f5"),
    ],
)
def test_a_key_can_be_written_in_the_usual_ways(written: str, name: str) -> None:
    assert parse(written).name == name


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("", '"" is not a key.'),
        ("knob", '"knob" is not a key.'),
        ("f25", '"f25" is not a key.'),
        ("key x", '"key x" is not a key.'),
        ("ctrl+", '"ctrl+" is not a key.'),
        ("hyper+a", '"hyper+a" is not a key.'),
        ("ctrl+right alt", '"ctrl+right alt" is not a key.'),
        ("ctrl+alt", '"ctrl+alt" is not a key.'),
        ("ctrl", '"ctrl" is on both sides of the keyboard.'),
        ("a", '"a" is needed for typing.'),
        ("shift+a", '"shift+a" is needed for typing.'),
        ("space", '"space" is needed for typing.'),
        ("esc", '"esc" is needed for typing.'),
    ],
)
def test_what_is_no_key_for_talking_is_refused_with_a_reason(name: str, complaint: str) -> None:
    with pytest.raises(AssistantError) as refused:
        parse(name)
    assert refused.value.fault.message == complaint
    assert refused.value.fault.hint


@pytest.mark.parametrize(
    ("name", "platform", "pretty"),
    [
        ("right ctrl", "linux", "Right Ctrl"),
        ("ctrl+alt+space", "linux", "Ctrl+Alt+Space"),
        ("super+d", "linux", "Super+D"),
        ("super+d", "win32", "Win+D"),
        ("left alt", "darwin", "Left Option"),
        ("right super", "darwin", "Right Cmd"),
    ],
)
def test_keys_have_names_for_people(name: str, platform: str, pretty: str) -> None:
    assert parse(name).pretty(platform) == pretty


@given(
    st.sampled_from(BARE_MODIFIERS).map(Chord)
    | st.builds(
        Chord,
        st.sampled_from(["a", "ß", "space", "f1", "pause", "page up", "key 80"]),
        st.sets(st.sampled_from(MODIFIERS)).map(lambda chosen: frozenset(chosen | {"ctrl"})),
    )
)
def test_every_name_means_what_it_says(chord: Chord) -> None:
    assert parse(chord.name) == chord
    assert parse(chord.pretty("linux")) == chord
