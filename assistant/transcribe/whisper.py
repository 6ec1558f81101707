"""Whisper, by CTranslate2.

A piece is encoded and decoded without timestamps, as WhisperX does (Bain et al. 2023,
https://arxiv.org/abs/2303.00747); the times of its words come from the cross-attention.

Whisper was trained on windows of 30 s, and its encoder takes as long for one second of speech. While somebody speaks it
is given less: the speech, a margin of silence, and not less than the model's shortest context. Too short a context
makes a model repeat itself (https://github.com/futo-org/whisper-acft), so what comes of it is believed only when it
neither loops nor is unlikely nor fills its limit; else the piece is decoded again in a full window.
"""

import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from assistant.recordings import RATE_HZ
from assistant.transcribe.catalogue import FULL_CONTEXT_S
from assistant.transcribe.gate import nobody_spoke, without_loops
from assistant.transcribe.mel import FRAMES_PER_S, LogMel, Spectrogram, spectrogram
from assistant.transcribe.recogniser import Cost, Heard, Samples
from assistant.transcribe.tokens import Part, Tokens
from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Word

_MARGIN_S = 2.56
_BEAM = 5
_HOTTER = 0.4
_REPETITIVE = 2.4
_UNLIKELY = -1.0
_TOKENS_PER_S = 12
_SPARE_TOKENS = 12
_LONGEST = 448
_LONGEST_PROMPT = 223
_LONGEST_SAID_BEFORE = 32
_LONGEST_NEAR = 50
_POSITIONS_PER_S = 50
_MEDIAN_WIDTH = 7
_GREEDY: dict[str, Any] = {"beam_size": 1}
_BEAMS: dict[str, Any] = {"beam_size": _BEAM, "patience": 2}
"""Without patience a search ends with the fifth text that does, and texts that break off may be the first five."""
_BY_CHANCE: dict[str, Any] = {
    "beam_size": 1,
    "num_hypotheses": _BEAM,
    "sampling_topk": 0,
    "sampling_temperature": _HOTTER,
}


class WhisperRecogniser:
    """A Whisper model in CTranslate2's format. `device` is "cpu" or "cuda"; language "" is detected in each piece.

    `shortest_context_s` is the least that its encoder may be given, `threads` how many work at one pass. Raises
    RuntimeError (CTranslate2's) where the model or the device cannot be used; out of memory is one, too.
    """

    basic = False

    def __init__(
        self,
        folder: Path,
        name: str,
        language: str,
        device: str,
        threads: int,
        shortest_context_s: float = FULL_CONTEXT_S,
    ) -> None:
        from ctranslate2.models import Whisper

        self.name = name
        self.shortest_context_s = shortest_context_s
        self.at_a_time = 2 if device == "cpu" else 1
        compute_type = "int8" if device == "cpu" else "auto"
        self._model: Any = Whisper(
            str(folder),
            device=device,
            compute_type=compute_type,
            intra_threads=threads,
            inter_threads=self.at_a_time,
        )
        self._tokens = Tokens(folder, multilingual=self._model.is_multilingual)
        self._language = language if self._model.is_multilingual else "en"

    @property
    def bands(self) -> int:
        """Bands of the spectrogram that the model was trained on."""
        return int(self._model.n_mels)

    def warm_up(self) -> None:
        """Use every part once: the first use is slow, and a library that the GPU lacks shows only then."""
        self.understand(spectrogram(np.zeros(RATE_HZ, np.float32), self.bands), "", lambda: False)

    def stream(self) -> "WhisperStream":
        return WhisperStream(self)

    def recognise(self, samples: Samples, prompt: str = "") -> Heard:
        encoded = self._encode(spectrogram(samples, self.bands), FULL_CONTEXT_S)
        return self._thorough(encoded, prompt)

    def readings(self, samples: Samples, prompt: str) -> tuple[Heard, list[list[str]]]:
        """The likeliest text of some seconds, and the words of the next likeliest ones."""
        mel = spectrogram(samples, self.bands)
        context_s = min(FULL_CONTEXT_S, max(self.shortest_context_s, len(samples) / RATE_HZ + _MARGIN_S))
        decoded = self._decode(
            self._encode(mel, context_s), prompt, _LONGEST_NEAR, {**_BEAMS, "num_hypotheses": _BEAM}
        )
        words = [self._tokens.words(ids, decoded.heard.language) for ids in decoded.others]
        return decoded.heard, [["".join(part.text for part in word) for word in other] for other in words]

    def understand(self, mel: Spectrogram, said_before: str, given_up: Callable[[], bool]) -> Heard | None:
        """Understand a spectrogram fast, and thoroughly where that is not to be believed; None where given up."""
        duration_s = mel.shape[1] / FRAMES_PER_S
        context_s = min(FULL_CONTEXT_S, max(self.shortest_context_s, duration_s + _MARGIN_S))
        encoded = self._encode(mel, context_s)
        if given_up():
            return None
        fast = self._decode(encoded, said_before, _LONGEST_SAID_BEFORE, _GREEDY)
        if fast.believable or nobody_spoke(fast.heard):
            return fast.heard
        thorough = self._thorough(self._encode(mel, FULL_CONTEXT_S), "")
        return replace(thorough, cost=thorough.cost and replace(thorough.cost, redone=True))

    def _encode(self, mel: Spectrogram, context_s: float) -> "_Encoded":
        from ctranslate2 import StorageView

        began = time.perf_counter()
        frames = min(mel.shape[1], round(FULL_CONTEXT_S * FRAMES_PER_S))
        context = 2 * round(context_s * FRAMES_PER_S / 2)
        window = np.zeros((1, mel.shape[0], context), np.float32)
        window[0, :, :frames] = mel[:, :frames]
        output = self._model.encode(StorageView.from_array(window))
        return _Encoded(output, frames, context_s, (time.perf_counter() - began) * 1000)

    def _thorough(self, encoded: "_Encoded", prompt: str) -> Heard:
        """Decode with a beam, once more with chance where that is not to be believed, and take the better of the two."""
        first = self._decode(encoded, prompt, _LONGEST_PROMPT, _BEAMS)
        if first.believable or nobody_spoke(first.heard):
            return first.heard
        second = self._decode(encoded, prompt, _LONGEST_PROMPT, _BY_CHANCE)
        return max(first, second, key=lambda it: (not it.repeats, it.heard.mean_log_probability)).heard

    def _decode(
        self, encoded: "_Encoded", said_before: str, longest_before: int, way: dict[str, Any]
    ) -> "_Decoded":
        began = time.perf_counter()
        language = self._language or self._model.detect_language(encoded.output)[0][0][0][2:-2]
        given = self._tokens.given(said_before, language, longest_before)
        most = round(encoded.frames / FRAMES_PER_S * _TOKENS_PER_S) + _SPARE_TOKENS
        result = self._model.generate(
            encoded.output,
            [given],
            max_length=min(_LONGEST, max(2 * most, len(given) - 1 + most)),  # half of it at most is text
            return_scores=True,
            return_no_speech_prob=True,
            **way,
        )[0]
        count = len(result.sequences_ids[0])
        tokens = self._letters(result.sequences_ids[0])
        likelihood = result.scores[0] * count / (count + 1)
        generated = time.perf_counter()
        words = self._words(tokens, language, encoded)
        aligned = time.perf_counter()
        cost = Cost(
            encoded.context_s, encoded.took_ms, (generated - began) * 1000, (aligned - generated) * 1000
        )
        heard = Heard(words, language, result.no_speech_prob, likelihood, cost)
        repeats = (
            count >= most
            or repetition(self._tokens.text(tokens)) > _REPETITIVE
            or len(without_loops(words)) < len(words)
        )
        return _Decoded(heard, repeats, [self._letters(ids) for ids in result.sequences_ids[1:]])

    def _letters(self, ids: Sequence[int]) -> list[int]:
        """The tokens without the special ones."""
        return [token for token in ids if token < self._tokens.end]

    def _words(self, tokens: Sequence[int], language: str, encoded: "_Encoded") -> tuple[Word, ...]:
        """The words with their times in the piece, and how likely their letters are."""
        if not tokens:
            return ()
        aligned = self._model.align(
            encoded.output,
            self._tokens.start(language),
            [list(tokens)],
            encoded.frames,
            median_filter_width=_MEDIAN_WIDTH,
        )[0]
        begins_at = [0] * (len(tokens) + 1)
        for token, position in reversed(aligned.alignments):
            begins_at[token] = position  # the first position of each token
        words: list[Word] = []
        first = 0
        for parts in self._tokens.words(tokens, language):
            last = first + sum(part.tokens for part in parts)
            text = "".join(part.text for part in parts)
            probability = _likely(parts, aligned.text_token_probs[first:last])
            start_s, end_s = (begins_at[place] / _POSITIONS_PER_S for place in (first, last))
            words.append(Word(text, start_s, end_s, probability))
            first = last
        return tuple(words)


class WhisperStream:
    """Sound that is still coming, as a spectrogram that is made once."""

    def __init__(self, recogniser: WhisperRecogniser) -> None:
        self._recogniser = recogniser
        self._mel = LogMel(recogniser.bands)

    def add(self, samples: Samples) -> None:
        self._mel.add(samples)

    def understand(
        self, start: int, end: int, said_before: str, given_up: Callable[[], bool]
    ) -> Heard | None:
        return self._recogniser.understand(self._mel.between(start, end), said_before, given_up)

    def forget(self, before: int) -> None:
        self._mel.forget(before)


@dataclass(frozen=True, slots=True)
class _Encoded:
    """What the encoder made of `frames` frames of sound in a window of `context_s`."""

    output: Any
    frames: int
    context_s: float
    took_ms: float


@dataclass(frozen=True, slots=True)
class _Decoded:
    heard: Heard
    repeats: bool
    others: Sequence[list[int]] = ()

    @property
    def believable(self) -> bool:
        return not self.repeats and self.heard.mean_log_probability >= _UNLIKELY


def _likely(parts: Sequence[Part], probabilities: Sequence[float]) -> float:
    """The mean probability of a word's tokens, without its punctuation."""
    letters: list[float] = []
    first = 0
    for part in parts:
        if any(character.isalnum() for character in part.text):
            letters += probabilities[first : first + part.tokens]
        first += part.tokens
    return float(np.mean(letters or probabilities))


def repetition(text: str) -> float:
    """How much a text repeats itself: its length over its compressed length; ordinary speech stays under 2.4."""
    data = text.encode()
    return len(data) / len(zlib.compress(data))
