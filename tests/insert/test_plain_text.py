"""Nothing that a program could take for a command gets into it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.insert.plain_text import plain_text


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("naïve λ 日本語 🙂 done", "naïve λ 日本語 🙂 done"),
        ("rm -r x\n", "rm -r x"),
        ("one\r\ntwo\rthree\n\n", "one\ntwo\nthree"),
        ("a\tb", "a b"),
        ("\x1b[31mred\x07\x00\x7f\x9b", "[31mred"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("👩‍💻 می‌خواهم", "👩‍💻 می‌خواهم"),
        ("", ""),
        ("\n", ""),
    ],
)
def test_text_loses_its_control_characters_and_nothing_else(said: str, written: str) -> None:
    assert plain_text(said, one_line=False) == written


def test_where_a_newline_runs_a_command_there_is_none() -> None:
    assert plain_text("echo a\necho b \n\n echo c\n", one_line=True) == "echo a echo b echo c"


@given(st.text(st.characters(exclude_categories=[])), st.booleans())
def test_whatever_was_said_no_control_character_is_left(said: str, one_line: bool) -> None:
    written = plain_text(said, one_line=one_line)
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in written.replace("\n", ""))
    assert written == written.strip("\n")
    assert not (one_line and "\n" in written)
    assert plain_text(written, one_line=one_line) == written
    written.encode()
