"""What was said is found by any part of it, and no input means anything but itself."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.remember import SqliteHistory
from assistant.turn.records import QuestionAsked, ReplyBegun, ReplyClosed, ReplyPiece


def say(history: SqliteHistory, turn: int, text: str) -> None:
    history.save(QuestionAsked(turn, f"c{turn}", f"title {turn}", text, (), ()))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("How do I use np.einsum for a batch?", "einsum"),
        ("How do I use np.einsum for a batch?", "EINS batch"),
        ("京都への旅行を計画する", "旅行"),
        ("京都への旅行を計画する", "京"),
        ("Привет, Мир", "привет"),
        ("Привет, Мир", "ми"),
        ('say "NEAR(a b)" AND NOT c*', 'NEAR(a "near'),
        ("SELECT * FROM x; DROP TABLE messages", "; DROP"),
        ("100% sure_thing", "0% e_t"),
        ("naïve λ 🙂", "🙂"),
        ("c:\\path -- and 'quote'", "h -- 'quo"),
    ],
)
def test_any_part_of_a_message_finds_it(history: SqliteHistory, text: str, query: str) -> None:
    say(history, 1, text)
    say(history, 2, "something else")
    assert [found.conversation for found in history.find(query)] == ["c1"]


def test_all_words_must_be_in_one_message(history: SqliteHistory) -> None:
    say(history, 1, "apples and pears")
    assert history.find("apples grapes") == []
    assert history.find("ap grapes") == []


def test_the_newest_conversation_comes_first_and_the_list_can_be_cut(history: SqliteHistory) -> None:
    for turn in range(1, 6):
        say(history, turn, "the same words")
    assert [found.conversation for found in history.find("same", limit=2)] == ["c5", "c4"]
    assert [found.conversation for found in history.find(limit=3)] == ["c5", "c4", "c3"]
    assert [(found.title, found.messages) for found in history.find("same", limit=1)] == [("title 5", 1)]


def test_the_result_shows_the_words_around_the_match(history: SqliteHistory) -> None:
    say(history, 1, "start " * 50 + "here is the\nNeedle we look for" + " end" * 50)
    snippet = history.find("needle")[0].snippet
    assert snippet.startswith("…")
    assert "here is the Needle we look for" in snippet
    assert snippet.endswith("…")
    assert len(snippet) < 130


def test_an_answer_is_found_once_it_is_complete(history: SqliteHistory) -> None:
    say(history, 1, "question")
    history.save(ReplyBegun(2, "c1", 1))
    history.save(ReplyPiece(2, "a needle in "))
    history.save(ReplyPiece(2, "a haystack"))
    history.save(ReplyClosed(2, whole=True))
    assert [found.conversation for found in history.find("needle in a hay")] == ["c1"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(st.characters(), max_size=20))
def test_no_input_breaks_the_search(history: SqliteHistory, query: str) -> None:
    history.find(query)
