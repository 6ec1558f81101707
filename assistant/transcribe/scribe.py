"""The scribe: the process that turns recordings into words, so that a native crash or a full GPU harms nothing else.

From the parent: `load` (what to work with), `transcribe` (turn, path, prompt), `abandon` (turn).
To the parent: `ready`, or `missing` where there is nothing to work with; for a turn `grew` before each piece of the recording, then `transcribed` or `failed`.
What else goes wrong ends the process; the parent starts another.
"""

import logging
import os
import queue
import threading
import time
from importlib.util import find_spec
from pathlib import Path

from assistant import paths
from assistant.children import Message, Parent
from assistant.errors import AssistantError
from assistant.logs import start_logging
from assistant.transcribe import voice_activity
from assistant.transcribe.basic import BasicRecogniser
from assistant.transcribe.gate import let_through
from assistant.transcribe.installed import InstalledModel, Models
from assistant.transcribe.machine import has_cuda, recogniser_threads, this_machine
from assistant.transcribe.recogniser import Recogniser
from assistant.transcribe.sound import read_sound
from assistant.transcribe.whisper import WhisperRecogniser
from assistant.transcribe.wire import fault_as_data, words_as_data
from assistant.turn.events import Fault, Remedy
from assistant.turn.transcript import Word

_NO_MODEL = Fault(
    "no-model",
    "There is no Whisper model yet; the basic recogniser stands in, and makes more mistakes.",
    "Get a model.",
    Remedy.GET_RECOGNISER,
)
_NOTHING = Fault(
    "no-recogniser",
    "There is no speech model yet, and no basic recogniser for this system.",
    "Get a model.",
    Remedy.GET_RECOGNISER,
)

log = logging.getLogger("assistant.transcribe.scribe")


class Scribe:
    """Takes the parent's messages one after the other; only `abandon` is heard while it works."""

    def __init__(self, parent: Parent) -> None:
        self._parent = parent
        self._inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._abandoned: set[int] = set()
        self._recogniser: Recogniser

    def run(self) -> None:
        threading.Thread(target=self._listen, name="from the parent", daemon=True).start()
        while True:
            message = self._inbox.get()
            if message.type == "load":
                self._load(**message.data)
            else:
                self._transcribe(**message.data)

    def _listen(self) -> None:
        while (message := self._parent.receive()) is not None:
            if message.type == "abandon":
                self._abandoned.add(message.data["turn"])
            else:
                self._inbox.put(message)
        os._exit(0)  # The parent is gone, and a decoder cannot be interrupted in any other way.

    def _load(
        self, downloads: str, shipped: str, model: str, language: str, device: str, basic: bool
    ) -> None:
        began = time.monotonic()
        models = Models(Path(downloads), Path(shipped))
        chosen, fault = (None, None) if basic else choose(models, model, language)
        if chosen is None and find_spec("pocketsphinx") is None:
            self._parent.send("missing", fault=fault_as_data(_NOTHING))
            return
        used = "cuda" if device != "cpu" and chosen is not None and has_cuda() else "cpu"
        voice_activity.warm_up()
        if chosen is None:
            self._recogniser = BasicRecogniser()
        else:
            whisper = WhisperRecogniser(chosen.folder, chosen.name, language, used, recogniser_threads())
            if used == "cuda":
                whisper.warm_up()
            self._recogniser = whisper
        log.info("%s on %s ready after %.2f s", self._recogniser.name, used, time.monotonic() - began)
        self._parent.send(
            "ready",
            recogniser=self._recogniser.name,
            basic=self._recogniser.basic,
            fault=fault and fault_as_data(fault),
        )

    def _transcribe(self, turn: int, path: str, prompt: str = "") -> None:
        try:
            samples = read_sound(Path(path))
        except AssistantError as error:
            self._parent.send("failed", turn=turn, fault=fault_as_data(error.fault))
            return
        words: list[Word] = []
        language = ""
        for piece in voice_activity.pieces(voice_activity.find_speech(samples)):
            self._tell("grew", turn, words, language)
            if turn in self._abandoned:
                break
            heard = self._recogniser.recognise(piece.samples(samples), prompt)
            believed = let_through(heard, piece.voiced_s, prompt)
            language = language or heard.language
            words += map(piece.place, believed.words)
        self._tell("transcribed", turn, words, language)

    def _tell(self, type_: str, turn: int, words: list[Word], language: str) -> None:
        self._parent.send(
            type_,
            turn=turn,
            words=words_as_data(words),
            recogniser=self._recogniser.name,
            basic=self._recogniser.basic,
            language=language,
        )


def choose(models: Models, model: str, language: str) -> tuple[InstalledModel | None, Fault | None]:
    """The model to use, None for the basic recogniser; with what the user is to know about it."""
    fault: Fault | None = None
    if model:
        try:
            found = models.find(model)
        except AssistantError as error:
            fault = error.fault
        else:
            return found, None if found.understands(language) else _other_language(found)
    best = models.best(language, this_machine())
    if best is None and fault is None:
        fault = _other_languages(language) if models.installed() else _NO_MODEL
    return best, fault


def _other_languages(language: str) -> Fault:
    return Fault(
        "other-language",
        f"No model here understands the language {language or 'that may come'}; the basic recogniser knows only English.",
        "Get a model of many languages, or choose English as the language.",
        Remedy.GET_RECOGNISER,
    )


def _other_language(model: InstalledModel) -> Fault:
    return Fault(
        "other-language",
        f"The model {model.name} understands only English.",
        "Choose a model of many languages, or English as the language.",
        Remedy.GET_RECOGNISER,
    )


def main() -> None:
    os.environ["HF_HUB_OFFLINE"] = "1"
    parent = Parent()
    start_logging(paths.log_folder(), "scribe")
    try:
        Scribe(parent).run()
    except Exception:
        log.exception("the scribe ends")
        logging.shutdown()
        os._exit(
            1
        )  # The listening thread holds the standard input, so the interpreter could not end in peace.


if __name__ == "__main__":
    main()
