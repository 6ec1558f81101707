"""The scores of somebody who reads into the running program: counted, kept, and compared with those of before."""

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.ports_score import Reading, ReadPiece, Scored, TakenScore
from assistant.terms.score import Sentence, errors, heard_terms, laid_along, read_sentences, total
from assistant.terms.scores import Score, keep, kept, last_alike, others_alike
from assistant.turn.transcript import Origin, Transcript, Word

_YOU = "you"


class ScoreBook:
    """The port `ScoreControls`; `file` is the one that `aloud score` keeps its scores in as well."""

    def __init__(self, sentences: Path, file: Path) -> None:
        self._sentences = sentences
        self._file = file

    def sets(self) -> Mapping[int, Sequence[str]]:
        return {number: [one.text for one in sentences] for number, sentences in self._read().items()}

    def compare(self, set_number: int, sentence: int, transcript: Transcript) -> Sequence[ReadPiece]:
        laid = laid_along(self._read()[set_number][sentence], transcript.text)
        return [ReadPiece(piece.read, piece.heard, piece.right) for piece in laid]

    def keep(self, begun_at_s: float, set_number: int, readings: Mapping[int, Reading]) -> Scored:
        sentences = self._read()[set_number]
        others = [score for score in kept(self._file) if score.at_s != begun_at_s]
        new = _counted(begun_at_s, set_number, sentences, readings)
        keep(self._file, new)
        last = last_alike(others, new)
        return Scored(
            _told(new),
            _told(last) if last is not None else None,
            tuple(_told(other) for other in others_alike(others, new)),
        )

    def taken(self) -> Sequence[TakenScore]:
        return [_told(score) for score in sorted(kept(self._file), key=lambda score: -score.at_s)]

    def _read(self) -> dict[int, tuple[Sentence, ...]]:
        return read_sentences(self._sentences.read_text(encoding="utf-8"))


def _counted(
    at_s: float, set_number: int, sentences: Sequence[Sentence], readings: Mapping[int, Reading]
) -> Score:
    read = [(sentences[number], reading.transcript) for number, reading in sorted(readings.items())]
    waits_s = [reading.wait_s for reading in readings.values() if reading.wait_s is not None]
    terms = [term for sentence, transcript in read for term in heard_terms(sentence, transcript.text)]
    return Score(
        at_s,
        read[-1][1].recogniser,
        set_number,
        _YOU,
        len(read),
        len(read) == len(sentences),
        total(errors(sentence, _as_heard(transcript.words)) for sentence, transcript in read),
        total(errors(sentence, transcript.text) for sentence, transcript in read),
        statistics.median(waits_s) if waits_s else 0.0,
        tuple(term for term in terms if not term.right),
    )


def _as_heard(words: Sequence[Word]) -> str:
    """The text before names were put right in it."""
    return "".join(
        f" {word.heard}" if word.origin is Origin.REPLACED and word.heard else word.text for word in words
    )


def _told(score: Score) -> TakenScore:
    counted = score.put_right
    return TakenScore(
        score.at_s,
        score.model,
        score.set_number,
        score.reader,
        score.sentences,
        score.whole,
        counted.terms,
        counted.term_errors,
        counted.words,
        counted.word_errors,
        score.wait_s,
    )
