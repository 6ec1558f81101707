"""Puts spoken words into the text, where the cursor is, or around what was typed while they were spoken."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtGui import QTextCursor

from assistant.turn.transcript import Origin, Transcript, Word
from assistant.window.islands import Island, Islands
from assistant.window.junction import in_paragraphs, joined, shares
from assistant.window.units import units
from assistant.window.worded import Known
from assistant.window.wording import Wording

_BEFORE, _AFTER = 4000, 100  # characters around a place that decide how words are joined to it


def place(
    wording: Wording, islands: Islands, cursor: QTextCursor, transcript: Transcript, below: float, at: int
) -> int:
    """Put the words of `transcript` at `at`; those less probable than `below` are doubtful. The position after them."""
    wording.hear(transcript.turn, transcript.words, below)
    known = [
        Known(transcript.turn, index, index, word, is_doubtful(word, below))
        for index, word in enumerate(transcript.words)
    ]
    typed = islands.within(transcript.turn)
    if not typed:
        return insert(wording, cursor, known, at, transcript.language)
    end = _behind(wording, typed[-1].end)
    groups = list(_around(known, typed))
    for number in range(len(groups) - 1, -1, -1):  # from the end: what comes before keeps its position
        where = _behind(wording, typed[number - 1].end) if number else typed[0].start
        after = insert(wording, cursor, groups[number], where, transcript.language)
        end = after if number == len(typed) else end + after - where
    return end


def is_doubtful(word: Word, below: float) -> bool:
    return word.probability < below and word.origin is Origin.SPOKEN


def _around(known: Sequence[Known], typed: Sequence[Island]) -> Iterator[list[Known]]:
    """The words before the first island, those after it, and so on."""
    groups: list[list[Known]] = [[] for _ in range(len(typed) + 1)]
    for one in known:
        word = one.word
        middle = None if word.start_s is None or word.end_s is None else (word.start_s + word.end_s) / 2
        before = [
            number for number, island in enumerate(typed) if middle is not None and middle < island.at_s
        ]
        groups[before[0] if before else len(typed)].append(one)
    spoken_after = False
    for group in reversed(groups):
        if group and spoken_after:  # the speaker paused to type, which the recogniser took for an end
            last = group[-1]
            text = last.word.text.rstrip(".,…") or last.word.text
            group[-1] = replace(last, word=replace(last.word, text=text))
        spoken_after = spoken_after or bool(group)
    yield from groups


def _behind(wording: Wording, at: int) -> int:
    """The position after the space that was typed at `at`."""
    return at + (wording.text(at, at + 1) == " ")


def insert(wording: Wording, cursor: QTextCursor, known: Sequence[Known], at: int, language: str) -> int:
    """Put these words at `at`, as they fit in there. The position after them."""
    texts = [one.word.text for one in known]
    spoken = "".join(texts).strip()
    if not spoken:
        return at
    before, after = wording.text(at - _BEFORE, at), wording.text(at, at + _AFTER)
    gap, words, gap_after = joined(before, spoken, after, language)
    parts = list(shares(texts, words))
    first = next(number for number, part in enumerate(parts) if part)
    parts[first] = gap + parts[first]
    cursor.setPosition(at)
    for one, text in zip(known, in_paragraphs(parts, before), strict=True):
        if text:
            word = one.word if one.word.text == text else replace(one.word, text=text)
            cursor.insertText(text, wording.written(wording.add(replace(one, word=word))))
    end = cursor.position()
    if gap_after:
        cursor.insertText(gap_after, wording.written(0))
    return end


def put(wording: Wording, cursor: QTextCursor, start: int, end: int, known: Known) -> int:
    """Let a word stand where something else does. How much longer the text has become."""
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(known.word.text, wording.written(wording.add(known)))
    return units(known.word.text) - (end - start)
