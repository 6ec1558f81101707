"""What was said and answered is there again, exactly."""

import itertools
import queue
import stat
import threading
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.remember import SqliteHistory
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.events import Goal, Recording
from assistant.turn.records import (
    DraftKept,
    Fate,
    QuestionAsked,
    RecordingBegun,
    RecordingEnded,
    RecordingSettled,
    ReplyBegun,
    ReplyClosed,
    ReplyHeard,
    ReplyPiece,
    TextInserted,
    TranscriptHeard,
)
from assistant.turn.transcript import Alternative, Origin, Transcript, Word

from .conftest import Open

WORDS = (
    Word("How", 0.1, 0.3, 0.9),
    Word(" λ", origin=Origin.TYPED),
    Word(" 日本語", 0.5, 0.8, 0.4, Origin.CORRECTED, " nippon go"),
    Word(" numpy", 0.9, 1.2, 0.3, Origin.REPLACED, "num pie", "python", (Alternative("num pie"),)),
)


def ask(history: SqliteHistory, turn: int, text: str = "How λ 日本語", conversation: str = "kyoto") -> None:
    history.save(QuestionAsked(turn, conversation, "Trip to Kyoto", text, WORDS, ()))


def answer(
    history: SqliteHistory, turn: int, question: int, *pieces: str, conversation: str = "kyoto"
) -> None:
    history.save(ReplyBegun(turn, conversation, question))
    for piece in pieces:
        history.save(ReplyPiece(turn, piece, reasoning=f"<{piece}>"))
    history.save(ReplyClosed(turn, whole=True, model="small", tokens_in=3, tokens_out=5))


def test_a_conversation_is_there_again_word_for_word(open_history: Open) -> None:
    first = open_history()
    ask(first, 1)
    answer(first, 2, 1, "Like ", "this 🙂.")
    first.save(ReplyHeard(2, 5))
    first.close()
    assert open_history().conversation("kyoto") == Conversation(
        "kyoto",
        (
            Message(1, Role.USER, "How λ 日本語", WORDS),
            Message(
                2, Role.ASSISTANT, "Like this 🙂.", reasoning="<Like ><this 🙂.>", heard_to=5, model="small"
            ),
        ),
        "Trip to Kyoto",
    )


def test_an_answer_that_is_still_growing_is_shown_as_far_as_it_came_and_not_whole(
    history: SqliteHistory,
) -> None:
    ask(history, 1)
    history.save(ReplyBegun(2, "kyoto", 1))
    history.save(ReplyPiece(2, "Li"))
    history.save(ReplyPiece(2, "ke"))
    history.save(ReplyHeard(2, 0))  # returns after what came before it was written
    assert history.conversation("kyoto").messages[-1] == Message(
        2, Role.ASSISTANT, "Like", heard_to=0, whole=False
    )


def test_an_answer_that_was_broken_off_stays_marked_so(history: SqliteHistory) -> None:
    ask(history, 1)
    history.save(ReplyBegun(2, "kyoto", 1))
    history.save(ReplyPiece(2, "Like"))
    history.save(ReplyClosed(2, whole=False))
    assert history.conversation("kyoto").messages[-1] == Message(2, Role.ASSISTANT, "Like", whole=False)


def test_answering_again_shows_only_the_new_answer(history: SqliteHistory) -> None:
    ask(history, 1)
    answer(history, 2, 1, "Wrong.")
    answer(history, 3, 1, "Right.")
    assert [message.text for message in history.conversation("kyoto").messages] == ["How λ 日本語", "Right."]
    assert history.find("wrong") == []
    assert history.find()[0].messages == 2


def test_the_list_counts_the_messages_that_are_shown(history: SqliteHistory) -> None:
    def counts() -> set[int]:
        history.save(RecordingSettled(99, Fate.EMPTY))  # returns when all before it is written
        listed = {found.messages for query in ("", "how") for found in history.find(query)}
        return listed | {len(history.conversation("kyoto").messages)}

    ask(history, 1)
    assert counts() == {1}
    history.save(ReplyBegun(2, "kyoto", 1))
    assert counts() == {1}
    history.save(ReplyPiece(2, "Like"))
    assert counts() == {2}
    history.save(ReplyClosed(2, whole=False))
    assert counts() == {2}


def test_half_a_surrogate_pair_from_a_server_does_not_stop_the_history(history: SqliteHistory) -> None:
    ask(history, 1)
    answer(history, 2, 1, "broken \ud83d here")
    assert history.conversation("kyoto").messages[-1].text == "broken ? here"


def test_a_turn_is_never_given_out_twice(open_history: Open, recordings: Path) -> None:
    given = open_history().next_turn()
    assert given == 1
    window, command_line = open_history(), open_history()
    first, second = window.next_turn(), command_line.next_turn()
    ask(window, first)
    ask(command_line, second)
    assert len({given, first, second}) == 3
    recordings.mkdir(exist_ok=True)
    (recordings / f"{second + 5_000_000}.wav").touch()  # of a history that was lost
    assert open_history().next_turn() > second + 5_000_000


def test_messages_stand_in_the_order_of_writing_whatever_program_wrote_them(open_history: Open) -> None:
    window, command_line = open_history(), open_history()
    early, late = window.next_turn(), command_line.next_turn()
    ask(command_line, late, "first")
    ask(window, early, "second")
    assert [message.text for message in window.conversation("kyoto").messages] == ["first", "second"]


def test_every_step_of_a_spoken_turn_is_written(history: SqliteHistory, recordings: Path) -> None:
    steps = (
        RecordingBegun(1, "kyoto", Goal.ASK),
        RecordingEnded(1, Recording(str(recordings / "1.wav"), 2.0, 0.5)),
        TranscriptHeard(Transcript(1, WORDS, "base.en", "en")),
        DraftKept("kyoto", "How"),
        RecordingSettled(1, Fate.TRANSCRIBED),
        QuestionAsked(2, "kyoto", "Trip", "How", WORDS, (1,)),
        DraftKept("kyoto", ""),
        RecordingBegun(3, "kyoto", Goal.DICTATE),
        RecordingEnded(3, Recording(str(recordings / "3.wav"), 2.0, 0.5)),
        TranscriptHeard(Transcript(3, WORDS, "base.en", "en")),
        TextInserted(3, "How"),
        RecordingSettled(3, Fate.TRANSCRIBED),
    )
    for step in steps:
        history.save(step)

    def rows_of(table: str) -> list[tuple[object, ...]]:
        return history._writer.run(
            lambda connection: [tuple(row) for row in connection.execute(f"SELECT * FROM {table}")]
        )

    assert [(row[0], row[2], row[3], row[4]) for row in rows_of("recordings")] == [
        (1, 2, "ask", "transcribed"),
        (3, None, "dictate", "transcribed"),
    ]
    assert [row[0] for row in rows_of("transcripts")] == [1, 3]
    assert rows_of("insertions")[0][2] == "How"
    assert rows_of("drafts") == []


def test_a_conversation_that_is_not_there_is_said(history: SqliteHistory) -> None:
    with pytest.raises(AssistantError) as raised:
        history.conversation("nowhere")
    assert raised.value.fault.code == "no-conversation"


def test_a_deleted_conversation_leaves_no_word_on_the_disk(
    history: SqliteHistory, file: Path, recordings: Path
) -> None:
    recordings.mkdir()
    (recordings / "1.wav").write_bytes(b"sound")
    history.save(RecordingBegun(1, "kyoto", Goal.ASK))
    ask(history, 2, "the secret word is xyz")
    answer(history, 3, 2, "I keep the xyz.")
    history.save(DraftKept("kyoto", "more xyz"))
    ask(history, 4, "another conversation", conversation="other")
    history.delete("kyoto")
    assert history.find("xyz") == []
    assert [found.conversation for found in history.find()] == ["other"]
    assert not (recordings / "1.wav").exists()
    assert not [name for name in file.parent.iterdir() if name.is_file() and b"xyz" in name.read_bytes()]


def test_a_users_own_sound_file_is_not_deleted_with_its_conversation(
    history: SqliteHistory, tmp_path: Path
) -> None:
    own = tmp_path / "interview.wav"
    own.write_bytes(b"sound")
    history.save(RecordingBegun(1, "kyoto", Goal.ASK))
    history.save(RecordingEnded(1, Recording(str(own), 2.0, 0.5)))
    history.delete("kyoto")
    assert own.exists()


def test_only_its_user_can_read_the_history(open_history: Open, file: Path) -> None:
    file.parent.mkdir(mode=0o755)
    ask(open_history(), 1)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    modes = {name.name: stat.S_IMODE(name.stat().st_mode) for name in file.parent.glob("history*")}
    assert modes == {"history.sqlite3": 0o600, "history.sqlite3-wal": 0o600, "history.sqlite3-shm": 0o600}


def test_reading_goes_on_while_another_program_writes(open_history: Open) -> None:
    window, command_line = open_history(), open_history()
    ended = threading.Event()

    def write() -> None:
        for turn in range(1, 300):
            ask(window, turn, f"question {turn}")
        ended.set()

    writing = threading.Thread(target=write)
    writing.start()
    seen = [0]
    turns = itertools.count(1_000_000)
    while not ended.is_set():
        seen += [found.messages for found in command_line.find() if found.conversation == "kyoto"]
        turn = next(turns)
        ask(command_line, turn, "from the command line", f"other {turn}")
    writing.join()
    assert seen == sorted(seen)
    assert len(window.conversation("kyoto").messages) == 299
    assert len(window.find("command line", 1000)) == len(window.find(limit=1000)) - 1


def test_what_is_saved_after_closing_is_refused_instead_of_waiting_for_ever(open_history: Open) -> None:
    history = open_history()
    history.close()
    with pytest.raises(RuntimeError):
        ask(history, 1)


def test_the_users_words_are_forced_to_the_disk_and_nobody_waits_for_it(
    history: SqliteHistory, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced: queue.Queue[str] = queue.Queue()
    go_on = threading.Event()

    def slow_disk(descriptor: int) -> None:
        forced.put(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        go_on.wait(30)

    monkeypatch.setattr("assistant.remember.writer.os.fsync", slow_disk)
    history.save(RecordingBegun(1, "kyoto", Goal.ASK))
    ask(history, 1)
    assert forced.get(timeout=30).endswith("-wal")
    go_on.set()
    assert forced.empty()
