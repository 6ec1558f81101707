"""How sentences are heard for a score: read into the microphone, or read by the system's voice into a file."""

import queue
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.recogniser import outcome, recogniser
from assistant.errors import AssistantError
from assistant.ports import Microphone
from assistant.settings import Settings
from assistant.terms.score import Sentence
from assistant.turn.dataclass import dataclass
from assistant.turn.events import AudioEnded, AudioStarted, Event, Recording, Transcribed
from assistant.turn.transcript import Transcript

if TYPE_CHECKING:
    from assistant.transcribe.transcriber import ScribeTranscriber


@dataclass(frozen=True, slots=True)
class Reading:
    """What was heard of a sentence, and how long the text took after its end."""

    transcript: Transcript
    wait_s: float


Reader = Callable[[int, Sentence], Reading]


@contextmanager
def voice_reader(chosen: Settings, model: str) -> Iterator[Reader]:
    """The system's voice reads."""
    from assistant.hear.from_file import convert
    from assistant.speak.saving import save_speech

    with (
        recogniser(chosen.recogniser, model, chosen.recogniser.language) as (transcriber, events),
        tempfile.TemporaryDirectory() as folder,
    ):

        def read(number: int, sentence: Sentence) -> Reading:
            spoken = Path(folder) / f"{number}.spoken.wav"
            save_speech(sentence.said, spoken, chosen.speaking.voice, chosen.speaking.rate_wpm)
            recording = convert(spoken, Path(folder) / f"{number}.wav")
            return _understood(transcriber, events, number, recording)

        yield read


@contextmanager
def microphone_reader(chosen: Settings, model: str) -> Iterator[Reader]:
    """The user reads; Enter ends a sentence."""
    from assistant.hear import EarMicrophone

    with (
        recogniser(chosen.recogniser, model, chosen.recogniser.language) as (transcriber, events),
        tempfile.TemporaryDirectory() as folder,
    ):
        microphone: Microphone = EarMicrophone()
        microphone.use(chosen.hearing.microphone)
        microphone.start(events.put)

        def read(number: int, _sentence: Sentence) -> Reading:
            path = Path(folder) / f"{number}.wav"
            microphone.open(number, path)
            outcome(events, number, AudioStarted)
            transcriber.follow(number, path)
            sys.stdin.readline()
            microphone.close(number)
            return _understood(transcriber, events, number, outcome(events, number, AudioEnded).recording)

        try:
            yield read
        finally:
            microphone.stop()


def _understood(
    transcriber: "ScribeTranscriber", events: "queue.SimpleQueue[Event]", number: int, recording: Recording
) -> Reading:
    if recording.fault is not None:
        raise AssistantError(recording.fault.code, recording.fault.message, recording.fault.hint)
    ended = time.monotonic()
    transcriber.transcribe(number, recording)
    transcript = outcome(events, number, Transcribed).transcript
    return Reading(transcript, time.monotonic() - ended)
