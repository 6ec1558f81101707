"""The recogniser alone, for commands that need nothing else of the program."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from assistant import paths
from assistant.errors import AssistantError
from assistant.settings import Recogniser
from assistant.turn.events import AudioEnded, AudioStarted, Event, StageFailed, Transcribed

if TYPE_CHECKING:
    from assistant.transcribe.transcriber import ScribeTranscriber

Heard = TypeVar("Heard", AudioStarted, AudioEnded, Transcribed)


@contextmanager
def recogniser(
    chosen: Recogniser, model: str, language: str
) -> Iterator[tuple["ScribeTranscriber", "queue.SimpleQueue[Event]"]]:
    """As it was chosen, but for `model` where one is named; and what it tells. Raises AssistantError."""
    from assistant.build import models
    from assistant.transcribe.transcriber import ScribeTranscriber

    store = models()
    if model:
        store.find(model)
    heard: queue.SimpleQueue[Event] = queue.SimpleQueue()
    transcriber = ScribeTranscriber(store, doubt_file=paths.doubt_file())
    transcriber.use(model or chosen.model, language, chosen.device)
    transcriber.start(heard.put)
    try:
        yield transcriber, heard
    finally:
        transcriber.stop()


def outcome(heard: "queue.SimpleQueue[Event]", turn: int, kind: type[Heard]) -> Heard:
    """The next event of this kind and turn. Raises AssistantError where it failed."""
    while True:
        try:
            event = heard.get(timeout=0.5)  # so that Ctrl+C is seen on every platform
        except queue.Empty:
            continue
        if isinstance(event, kind) and event.turn == turn:
            return event
        if isinstance(event, StageFailed) and event.turn == turn:
            raise AssistantError(event.fault.code, event.fault.message, event.fault.hint)
