"""`aloud terms rules`: what a rule would change is shown before it is one; rules are listed, exported and undone."""

import time
from pathlib import Path

import pytest

from assistant import paths
from assistant.remember import SqliteHistory
from assistant.turn.corrections import Correction
from assistant.turn.records import TranscriptHeard
from assistant.turn.transcript import Transcript, Word
from tests.cli.command import aloud, refused


@pytest.fixture
def heard(private_environment: Path) -> None:
    """Two dictations, of which one has what may be misheard."""
    history = SqliteHistory(paths.history_file(), paths.recordings_folder(), print)
    for turn, text in enumerate(("I use num pie, daily.", "A nice view."), 1):
        words = tuple(Word(f" {word}") for word in text.split())
        history.save(TranscriptHeard(Transcript(turn, words, "base.en")))
    now_s = time.time()
    history.correct(
        lambda _: [
            Correction("sequel", "SQL", now_s, seen=3),
            Correction("jason", "JSON", now_s, seen=1),
            Correction("cash", "cache", now_s, seen=1),
            Correction("old", "Olt", 1.0, confirmed=True),
        ]
    )
    history.close()


@pytest.mark.usefixtures("heard")
def test_a_rule_is_previewed_added_listed_exported_and_removed(tmp_path: Path) -> None:
    assert aloud("terms", "rules", "preview", "Num  Pie", "NumPy").out.splitlines() == [
        f"{time.strftime('%Y-%m-%d')}  …I use [num pie → NumPy], daily.…",
        "It would change 1 of the last 2 dictations.",
    ]
    [change] = aloud("terms", "rules", "preview", "num pie", "NumPy", "--json").json
    assert (change["turn"], change["before"], change["after"]) == (1, "I use ", ", daily.")

    asked = aloud("terms", "rules", "add", "num pie", "NumPy", typed="n\n")
    assert asked.code == 1
    assert "I use [num pie → NumPy]" in asked.out
    assert aloud("terms", "rules", "add", "num pie", "NumPy", "--yes").code == 0
    assert aloud("terms", "rules", "add", "sea view", "sea view").code == 0
    listed = [
        (it["heard"], it["meant"], it["rule"], it["always"]) for it in aloud("terms", "rules", "--json").json
    ]
    assert listed == [
        ("num pie", "NumPy", True, True),
        ("sea view", "sea view", True, True),
        ("sequel", "SQL", True, False),
        ("jason", "JSON", False, False),
    ]
    told = aloud("terms", "rules").out.splitlines()
    assert told[0].startswith("num pie → NumPy  (always, used 0 times, last 2")
    assert "left alone" in told[1]
    assert "where the words around fit" in told[2]
    assert told[3] == "jason → JSON  (no rule yet, seen 1 of 3 times)"

    exported = aloud("terms", "rules", "export").out
    assert exported.splitlines()[1].startswith("NumPy,num pie,yes,0,0,0,2")
    assert exported.splitlines()[2].startswith(",sea view,yes")
    assert aloud("terms", "rules", "export", tmp_path / "rules.csv").code == 0
    assert (tmp_path / "rules.csv").read_text(encoding="utf-8") == exported
    assert aloud("terms", "import", tmp_path / "rules.csv").out == "2 new terms, 0 known before.\n"
    refused(aloud("terms", "rules", "export", tmp_path), "cannot be written")

    assert aloud("terms", "rules", "remove", "Num pie").code == 0
    refused(aloud("terms", "rules", "remove", "num pie"), "'num pie'", "aloud terms rules")


def test_where_nothing_was_learned_that_is_said() -> None:
    nothing = aloud("terms", "rules")
    assert (nothing.code, nothing.out) == (0, "")
    assert "No correction was learned yet." in nothing.err
    assert aloud("terms", "rules", "--json").json == []
    assert "0 of the last 0" in aloud("terms", "rules", "preview", "view", "Vue").out


@pytest.mark.parametrize(
    ("heard", "meant", "said"),
    [
        ("one two three four five", "x", "one to 4 words"),
        (" ", "x", "one to 4 words"),
        ("?!", "x", "one to 4 words"),
        ("view", " ", "it is empty"),
        ("view", "x" * 500, "500 characters"),
        ("view", "a\nb", "line break"),
    ],
)
def test_what_can_be_no_rule_is_refused(heard: str, meant: str, said: str) -> None:
    refused(aloud("terms", "rules", "add", heard, meant), said)
