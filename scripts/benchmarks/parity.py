"""Row 6: what is lost by understanding speech while it is spoken, against decoding the whole recording in one go.

The policy asks for sound and for nothing else, so it is driven on virtual time here: a pass takes as long as with
base.en on two cores, and what is spoken meanwhile is heard after it. The recogniser is the test model.
"""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant import paths
from assistant.recordings import RATE_HZ
from assistant.transcribe.following import Following
from assistant.transcribe.gate import let_through
from assistant.transcribe.installed import Models
from assistant.transcribe.machine import recogniser_threads
from assistant.transcribe.recogniser import Recogniser
from assistant.transcribe.voice_activity import find_speech, pieces
from assistant.transcribe.whisper import WhisperRecogniser
from scripts.benchmarks.measure import Effort, Row, Series
from scripts.benchmarks.utterances import Samples, Speaker, Utterance, room, words_of

UTTERANCES = 200
_QUICK_UTTERANCES = 4
_LENGTHS_S = (2.0, 60.0)
_TAIL_S = 0.3
_BLOCK = round(0.02 * RATE_HZ)
_PASS_S = 0.15
_MOST_WORSE_POINTS = 0.3
_MOST_REDONE = 0.01
# Pauses after a sentence, in seconds from and to, and the noise of the room in dB.
CONDITIONS = {
    "clean": ((0.2, 1.0), -66.0),
    "noisy": ((0.2, 1.0), -35.0),
    "with long pauses": ((0.8, 3.0), -66.0),
    "without pauses": ((0.0, 0.1), -66.0),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One utterance, understood both ways: words wrong, of so many; and passes of the streaming, some of them redone."""

    condition: str
    words: int
    streamed_wrong: int
    whole_wrong: int
    passes: int
    redone: int


def measure(effort: Effort) -> list[Row]:
    if not effort.wants("6"):
        return []
    compared = compare(_QUICK_UTTERANCES if effort.quick else UTTERANCES)
    return [row(compared)]


def row(compared: Sequence[Compared]) -> Row:
    worse = worse_points(compared)
    redone = redone_share(compared)
    conditions = {name: [one for one in compared if one.condition == name] for name in CONDITIONS}
    passes = sum(one.passes for one in compared)
    notes = (
        *(f"{name}: streaming {_rates(of)}." for name, of in conditions.items() if of),
        f"Of {passes} passes {100 * redone:.2f} % were decoded again in a full window.",
    )
    return Row(
        "6",
        f"word error rate, streaming minus whole, {len(compared)} utterances of 2 to 60 s",
        "points",
        Series([worse]),
        "≤ +0.3 points; redos ≤ 1 %",
        worse <= _MOST_WORSE_POINTS and redone <= _MOST_REDONE,
        {"whole": Series([100 * _rate(compared, lambda one: one.whole_wrong)])},
        notes=notes,
    )


def worse_points(compared: Sequence[Compared]) -> float:
    """By how many percentage points the streaming's word error rate is above the whole's."""
    return 100 * _rate(compared, lambda one: one.streamed_wrong - one.whole_wrong)


def redone_share(compared: Sequence[Compared]) -> float:
    return sum(one.redone for one in compared) / max(1, sum(one.passes for one in compared))


def compare(count: int, seed: int = 6) -> list[Compared]:
    """Understand so many utterances both ways; lengths are spread evenly on a logarithmic scale."""
    recogniser = test_recogniser()
    speaker, rng = Speaker(seed), random.Random(seed)
    compared = []
    for index in range(count):
        condition = tuple(CONDITIONS)[index % len(CONDITIONS)]
        pauses_s, level_db = CONDITIONS[condition]
        length_s = math.exp(rng.uniform(*map(math.log, _LENGTHS_S)))
        utterance = speaker.utter(length_s, pauses_s)
        samples = utterance.recorded(utterance.last_word_s + _TAIL_S)
        samples = np.clip(samples + room(len(samples), level_db), -1, 1)
        following = follow(Following(recogniser.stream()), samples)
        streamed = "".join(word.text for word in following.words)
        compared.append(
            Compared(
                condition,
                len(utterance.words),
                _wrong(utterance, streamed),
                _wrong(utterance, whole(recogniser, samples)),
                following.effort.passes,
                following.effort.redone,
            )
        )
    return compared


def follow(following: Following, samples: Samples) -> Following:
    """Give it the sound as it comes, and the passes that it asks for."""
    at = 0
    while at < len(samples):
        following.add(samples[at : at + _BLOCK])
        at += _BLOCK
        kind = following.due()
        if kind is not None:
            following.decode(kind, lambda: False)
            spoken = at + round(_PASS_S * RATE_HZ)
            following.add(samples[at:spoken])
            at = spoken
    following.finish()
    return following


def whole(recogniser: Recogniser, samples: Samples) -> str:
    """The text of the recording, decoded in one go."""
    text = ""
    for piece in pieces(find_speech(samples)):
        heard = let_through(recogniser.recognise(piece.samples(samples)), piece.voiced_s)
        text += "".join(word.text for word in heard.words)
    return text


def test_recogniser() -> WhisperRecogniser:
    """The test model, as the scribe uses it."""
    models = Models(paths.downloaded_models_folder(), paths.shipped_models_folder())
    model = models.find("test.en")
    context_s = models.shortest_context_s(model)
    return WhisperRecogniser(model.folder, model.name, "en", "cpu", recogniser_threads(), context_s)


def _wrong(utterance: Utterance, heard: str) -> int:
    return edits(words_of(utterance.text), words_of(heard))


def edits(wanted: Sequence[str], heard: Sequence[str]) -> int:
    """The fewest words to change, leave out or add (Levenshtein's distance)."""
    row = list(range(len(heard) + 1))
    for index, word in enumerate(wanted, 1):
        diagonal, row[0] = row[0], index
        for at, other in enumerate(heard, 1):
            diagonal, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, diagonal + (word != other))
    return row[-1]


def _rate(compared: Sequence[Compared], wrong: Callable[[Compared], int]) -> float:
    return sum(map(wrong, compared)) / sum(one.words for one in compared)


def _rates(compared: Sequence[Compared]) -> str:
    streamed = 100 * _rate(compared, lambda one: one.streamed_wrong)
    return f"{streamed:.2f} %, whole {100 * _rate(compared, lambda one: one.whole_wrong):.2f} %"
