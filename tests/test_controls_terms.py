"""What the window can do with names and rules, on the real list, index and history."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import paths, settings
from assistant.controls_terms import ProgramTerms
from assistant.errors import AssistantError
from assistant.ports_terms import OwnTerm, TakenIn
from assistant.remember import SqliteHistory
from assistant.settings import Settings
from assistant.turn.corrections import Correction
from assistant.turn.events import Fault
from assistant.turn.records import TranscriptHeard
from assistant.turn.transcript import Transcript, Word
from tests.fakes.terms import FakeDesk


def _fail(fault: Fault) -> None:
    raise AssertionError(fault.message)


@pytest.fixture
def history(private_environment: Path) -> Iterator[SqliteHistory]:
    history = SqliteHistory(paths.history_file(), paths.recordings_folder(), _fail)
    yield history
    history.close()


@pytest.fixture
def terms(history: SqliteHistory) -> ProgramTerms:
    def change(name: str, value: object) -> Settings:
        return settings.change(paths.settings_file(), "terms", name, value)

    return ProgramTerms(lambda: FakeDesk(_fail), lambda: history, change, lambda _: None, _fail)


def counts(terms: ProgramTerms) -> dict[str, int]:
    return {source.name: source.terms for source in terms.sources()}


def test_own_terms_are_added_changed_removed_and_brought_back(terms: ProgramTerms) -> None:
    terms.put(OwnTerm("QuizzleBack", ("quizzle back",)))
    terms.put(OwnTerm("other_name"))
    assert counts(terms)["own"] == 2
    kept = terms.put(OwnTerm(" QuizzleBack2 ", ("Quizzle  Back two",)), instead_of="QuizzleBack")
    assert kept == OwnTerm("QuizzleBack2", ("quizzle back two",))
    assert terms.own() == [kept, OwnTerm("other_name")]
    removed = terms.remove([kept.text, "other_name"])
    assert (terms.own(), counts(terms)["own"]) == ([], 0)
    terms.bring_back(removed)
    assert terms.own() == [kept, OwnTerm("other_name")]
    with pytest.raises(AssistantError, match="This cannot be a term"):
        terms.put(OwnTerm("x" * 500))


def test_a_list_is_taken_in_for_what_is_good_in_it_and_written_out(
    terms: ProgramTerms, tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_text("term;spoken\nnew_one;new one\n" + "x" * 500 + ";\n", encoding="utf-8")
    taken = terms.take_in(tmp_path / "list.csv")
    assert (taken.new, taken.known, taken.refused) == (1, 0, 1)
    assert taken.first_refusal.startswith("line 3")
    assert terms.write_own(tmp_path / "out.csv") == 1
    terms.remove(["new_one"])
    assert terms.take_in(tmp_path / "out.csv") == TakenIn(1, 0)
    assert terms.own() == [OwnTerm("new_one", ("new one",))]


def test_a_folder_is_indexed_used_and_dropped_with_what_was_read_of_it(
    terms: ProgramTerms, tmp_path: Path
) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "cart.py").write_text("def add_to_cart(): pass\n", encoding="utf-8")
    stopped = terms.index(str(folder), lambda _done, _total: None, lambda: True)
    assert (stopped.complete, list(terms.projects())) == (False, [])
    before = time.time()
    indexed = terms.index(str(folder), lambda _done, _total: None, lambda: False)
    assert (indexed.complete, indexed.source) == (True, "project shop")
    (project,) = terms.projects()
    assert (project.folder, project.terms) == (str(folder), indexed.terms)
    assert project.looked_at >= before - 2
    assert counts(terms)["project shop"] == indexed.terms > 0
    terms.drop_project(str(folder))
    assert (list(terms.projects()), "project shop" in counts(terms)) == ([], False)
    assert list(paths.project_indexes_folder().glob("shop-*")) == []


def test_a_rule_is_looked_at_made_changed_forgotten_and_known_again(
    terms: ProgramTerms, history: SqliteHistory, tmp_path: Path
) -> None:
    words = tuple(
        Word(text, at, at + 0.2, 0.9) for at, text in enumerate(("Ask", " glorbo", " neck", " now."))
    )
    history.save(TranscriptHeard(Transcript(7, words, "test")))
    seen = terms.preview("glorbo neck", "Glorbonek")
    assert [(one.turn, one.before, one.heard, one.meant, one.after) for one in seen.changes] == [
        (7, "Ask ", "glorbo neck", "Glorbonek", " now.")
    ]
    assert seen.dictations == 1
    terms.agree("Glorbo neck", "Glorbonek")
    terms.agree("glorbo", "Glorbonek", instead_of="glorbo neck")
    (rule,) = terms.rules()[0]
    assert (rule.heard, rule.meant, rule.confirmed) == ("glorbo", "Glorbonek", True)
    assert terms.write_rules(tmp_path / "rules.csv") == 1
    assert "Glorbonek,glorbo,yes" in (tmp_path / "rules.csv").read_text(encoding="utf-8")
    forgotten = terms.forget("glorbo")
    assert terms.rules()[0] == []
    terms.relearn(forgotten)
    assert terms.rules()[0] == [rule]
    terms.agree("glorbo", "glorbo")
    assert [one.leaves_alone for one in terms.rules()[0]] == [True]
    with pytest.raises(AssistantError, match="one to 4 words"):
        terms.preview("one two three four five", "x")


def test_rules_and_what_may_become_one_come_newest_first(terms: ProgramTerms, history: SqliteHistory) -> None:
    now_s = time.time()
    seen = [
        Correction("glorbo", "Glorbonek", now_s - 50, confirmed=True),
        Correction("frobby", "Frobnitz", now_s - 10, seen=3),
        Correction("quizzle", "Quizzlet", now_s - 20, seen=2),
        Correction("old one", "OldOne", now_s - 100 * 86_400, confirmed=True),
    ]
    history.correct(lambda _: seen)
    valid, candidates = terms.rules()
    assert [one.heard for one in valid] == ["frobby", "glorbo"]
    assert [one.heard for one in candidates] == ["quizzle"]


def test_the_start_does_not_wait_for_what_only_the_pages_of_names_and_rules_need() -> None:
    code = "import sys, assistant.build; sys.exit('assistant.controls_terms' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
