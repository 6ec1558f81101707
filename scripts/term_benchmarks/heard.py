"""Terms right from real sound: held-out sentences and voices, through the test model, without and with the dictionaries.

The test model writes terms as general recognisers mis-hear them; which term was meant is told by the held-out list.
"""

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant import paths
from assistant.terms.matcher import Matcher
from assistant.transcribe.machine import recogniser_threads
from assistant.transcribe.sound import read_sound
from assistant.transcribe.whisper import WhisperRecogniser
from scripts.term_benchmarks.row import Row, Task
from scripts.term_benchmarks.texts import shipped_terms

RIGHT_SHALL_BE = 0.95
_WITHOUT_SHALL_BE = 0.15
_QUICK_SENTENCES = 4


def measure(task: Task) -> Iterator[Row]:
    folder = paths.shipped_models_folder() / "test.en"
    sentences = [one for one in json.loads((folder / "held-out.json").read_text()) if _terms(one)]
    recogniser = WhisperRecogniser(folder, "test.en", "en", "cpu", recogniser_threads())
    matcher = Matcher(shipped_terms())
    without = right = said = 0
    with tempfile.TemporaryDirectory() as scratch:
        for one in sentences[: _QUICK_SENTENCES if task.quick else None]:
            words = recogniser.recognise(read_sound(_speak(one, Path(scratch) / "said.wav"))).words
            terms = _terms(one)
            said += len(terms)
            without += _count(terms, "".join(word.text for word in words))
            right += _count(terms, "".join(word.text for word in matcher.fix(words)))
    of = f"of {said} in {len(sentences)} held-out sentences"
    yield Row(
        "terms right from sound, as the test model hears them",
        100 * without / said,
        "%",
        f"{without} {of}",
        f"≤ {_WITHOUT_SHALL_BE:.0%}",
        without <= _WITHOUT_SHALL_BE * said,
    )
    yield Row(
        "the same with the shipped dictionaries",
        100 * right / said,
        "%",
        f"{right} {of}",
        f"≥ {RIGHT_SHALL_BE:.0%}",
        right >= RIGHT_SHALL_BE * said,
    )


def _terms(sentence: Mapping[str, Any]) -> list[str]:
    """The terms of a sentence that are not written as they are meant."""
    written = _words(sentence["written"])
    return [word for word in _words(sentence["meant"]) if word not in written]


def _count(terms: list[str], text: str) -> int:
    found = _words(text)
    return sum(term in found for term in terms)


def _words(text: str) -> list[str]:
    """Its words in lower case, without what stands around them or before a name (".gitignore")."""
    return [word.strip(".,?!") for word in re.split(r"\s+", text.lower()) if word.strip(".,?!")]


def _speak(sentence: Mapping[str, Any], path: Path) -> Path:
    manner = {"-v": "voice", "-s": "words_per_minute", "-p": "pitch", "-g": "word_gap"}
    options = [part for flag, name in manner.items() for part in (flag, str(sentence[name]))]
    subprocess.run(["espeak-ng", *options, "-w", path, sentence["spoken"]], check=True, timeout=60)
    return path
