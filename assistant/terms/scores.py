"""The scores that were taken, kept as JSON lines: by model, to be compared after each change."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path

from assistant.errors import AssistantError
from assistant.terms.score import Errors, HeardTerm
from assistant.turn.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """One reading of the set `set_number`, at Unix time `at_s`.

    `reader` is "you" or a voice's. `as_heard` is what the recogniser wrote, `put_right` what the vocabulary made of it.
    `wait_s` is how long the text took after the end of a sentence, the median. `whole` is false where not all
    sentences were read. `missed` are the terms that were wrong in the end, with what stood there.
    """

    at_s: float
    model: str
    set_number: int
    reader: str
    sentences: int
    whole: bool
    as_heard: Errors
    put_right: Errors
    wait_s: float
    missed: tuple[HeardTerm, ...] = ()


def keep(file: Path, score: Score) -> None:
    """Write `score` after the others; in the place of the last one, if that was begun at the same moment.

    Raises AssistantError.
    """
    line = json.dumps(asdict(score), ensure_ascii=False)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a+b") as scores:
            scores.truncate(_without_last(file, score.at_s))
            scores.write(_line_end(file) + line.encode() + b"\n")
            scores.flush()
            os.fsync(scores.fileno())
    except OSError as error:
        raise AssistantError(
            "score-not-kept",
            f"The score cannot be written to {file}: {error.strerror}.",
            "Make room on the disk.",
        ) from error


def kept(file: Path) -> tuple[Score, ...]:
    """The scores, the oldest first; lines that are none are left out. Raises AssistantError where it cannot be read."""
    try:
        lines = file.read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise AssistantError(
            "scores-not-read", f"The scores in {file} cannot be read: {error.strerror}.", "Check its rights."
        ) from error
    return tuple(score for line in lines if (score := _score(line)) is not None)


def last_alike(scores: Sequence[Score], new: Score) -> Score | None:
    """The newest whole score that `new` may be compared with: the same model, set and reader."""
    return _newest(scores, new, {new.model}).get(new.model)


def others_alike(scores: Sequence[Score], new: Score) -> tuple[Score, ...]:
    """The newest whole score of each other model, of the same set and reader; the best first."""
    others = _newest(scores, new, {score.model for score in scores} - {new.model})
    return tuple(sorted(others.values(), key=lambda score: score.put_right.term_error_rate))


def _newest(scores: Iterable[Score], new: Score, models: set[str]) -> dict[str, Score]:
    return {
        score.model: score
        for score in scores
        if score.model in models
        and score.whole
        and (score.set_number, score.reader) == (new.set_number, new.reader)
    }


def _without_last(file: Path, at_s: float) -> int:
    """How long the file is without its last score, where that was begun `at_s`; else as it is."""
    data = file.read_bytes()
    last = data.rfind(b"\n", 0, -1) + 1
    score = _score(data[last:])
    return last if score is not None and score.at_s == at_s else len(data)


def _line_end(file: Path) -> bytes:
    """What ends a line that was broken off."""
    data = file.read_bytes()
    return b"\n" if data and not data.endswith(b"\n") else b""


def _score(line: bytes) -> Score | None:
    try:
        found = json.loads(line)
        given = {field.name: found[field.name] for field in fields(Score)}
        given["as_heard"] = Errors(**found["as_heard"])
        given["put_right"] = Errors(**found["put_right"])
        given["missed"] = tuple(HeardTerm(**term) for term in found["missed"])
        return Score(**given)
    except (ValueError, TypeError, KeyError):
        return None
