"""Whisper, through faster-whisper and CTranslate2.

Each piece is encoded and decoded once. faster-whisper's own `transcribe` goes on where the last word ended and decodes
the rest of the window again, which is where text comes from that nobody said; so the steps are called one by one here.
A piece is decoded without timestamps, as WhisperX does (Bain et al. 2023, https://arxiv.org/abs/2303.00747); the times
of its words come from the cross-attention.
"""

import zlib
from pathlib import Path
from typing import Any

import numpy as np

from assistant.recordings import RATE_HZ
from assistant.transcribe.recogniser import Heard, Samples
from assistant.transcribe.sound import leave_out_av
from assistant.turn.transcript import Word

_BEAM = 5
_HOTTER = 0.4
_REPETITIVE = 2.4
_UNLIKELY = -1.0
_TOKENS_PER_S = 20
_SPARE_TOKENS = 20
_LONGEST_PROMPT = 223
_PREPENDED = "\"'“¿([{-"
_APPENDED = "\"'.。,，!！?？:：”)]}、"


class WhisperRecogniser:
    """A Whisper model in CTranslate2's format. `device` is "cpu" or "cuda"; language "" is detected in each piece.

    Raises RuntimeError (CTranslate2's) where the model or the device cannot be used; out of memory is one, too.
    """

    basic = False

    def __init__(self, folder: Path, name: str, language: str, device: str, threads: int) -> None:
        leave_out_av()
        from faster_whisper import WhisperModel

        self.name = name
        self._model: Any = WhisperModel(
            str(folder),
            device=device,
            compute_type="int8" if device == "cpu" else "auto",
            cpu_threads=threads,
            local_files_only=True,
        )
        self._language = language if self._model.model.is_multilingual else "en"

    def warm_up(self) -> None:
        """Use every part once. A library that the GPU lacks shows only then; the CPU has nothing to warm up."""
        self.recognise(np.zeros(RATE_HZ, np.float32))

    def recognise(self, samples: Samples, prompt: str = "") -> Heard:
        from faster_whisper.audio import pad_or_trim
        from faster_whisper.tokenizer import Tokenizer
        from faster_whisper.transcribe import merge_punctuations

        model = self._model
        features = model.feature_extractor(samples)[..., :-1]
        frames = min(features.shape[-1], model.feature_extractor.nb_max_frames)
        encoded = model.encode(pad_or_trim(features))
        language = self._language or model.model.detect_language(encoded)[0][0][0][2:-2]
        tokenizer = Tokenizer(
            model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language=language
        )
        said_before = tokenizer.encode(" " + prompt)[-_LONGEST_PROMPT:] if prompt else []
        given = model.get_prompt(tokenizer, said_before, without_timestamps=True)
        tokens, no_speech, likelihood = self._decode(encoded, given, tokenizer, len(samples) / RATE_HZ)
        if not tokens:
            return Heard((), language, no_speech, likelihood)
        timings = model.find_alignment(tokenizer, [tokens], encoded, frames)[0]
        merge_punctuations(timings, _PREPENDED, _APPENDED)
        words = tuple(
            Word(timing["word"], float(timing["start"]), float(timing["end"]), float(timing["probability"]))
            for timing in timings
            if timing["word"]
        )
        return Heard(words, language, no_speech, likelihood)

    def _decode(
        self, encoded: Any, given: list[int], tokenizer: Any, duration_s: float
    ) -> tuple[list[int], float, float]:
        """Tokens, probability that nobody spoke, mean log probability of the tokens.

        A result that repeats itself or is unlikely is decoded once more with chance; the likelier of the two that does
        not repeat itself is taken.
        """
        longest = min(self._model.max_length, len(given) + round(duration_s * _TOKENS_PER_S) + _SPARE_TOKENS)
        results = []
        for way in (
            {"beam_size": _BEAM},
            {"beam_size": 1, "num_hypotheses": _BEAM, "sampling_topk": 0, "sampling_temperature": _HOTTER},
        ):
            result = self._model.model.generate(
                encoded, [given], max_length=longest, return_scores=True, return_no_speech_prob=True, **way
            )[0]
            tokens = [token for token in result.sequences_ids[0] if token < tokenizer.eot]
            count = len(result.sequences_ids[0])
            likelihood = result.scores[0] * count / (count + 1)
            repeats = repetition(tokenizer.decode(tokens)) > _REPETITIVE
            results.append((not repeats, likelihood, tokens, result.no_speech_prob))
            if not repeats and likelihood >= _UNLIKELY:
                break
        _, likelihood, tokens, no_speech = max(results, key=lambda result: result[:2])
        return tokens, no_speech, likelihood


def repetition(text: str) -> float:
    """How much a text repeats itself: its length over its compressed length; ordinary speech stays under 2.4."""
    data = text.encode()
    return len(data) / len(zlib.compress(data))
