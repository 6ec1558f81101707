"""The scribe: the process that turns recordings into words, so that a native crash or a full GPU harms nothing else.

From the parent: `load` (what to work with; `patient`: at low priority), `follow` (turn, path) while a recording is being made, `transcribe` (turn, path, prompt) when it is complete,
`abandon` (turn), `again` (turn, path, start_s, end_s, prompt) for a second look at some words.
To the parent: `ready`, or `missing` where there is nothing to work with; for a turn `grew`, each time something more is understood, then `transcribed` or `failed`;
`heard_again` (words, each with what else it may be) after a second look, however little it found.
Of a transcript only the words from `since` on are told, and that `firm` of all no longer change.
What else goes wrong ends the process; the parent starts another.
"""

import logging
import os
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from assistant import paths
from assistant.children import Message, Parent
from assistant.errors import AssistantError
from assistant.logs import start_logging
from assistant.memory import give_back
from assistant.priority import yield_to_others
from assistant.recordings import RATE_HZ
from assistant.transcribe import voice_activity
from assistant.transcribe.basic import BasicRecogniser
from assistant.transcribe.detector import CHUNK, Detector
from assistant.transcribe.followed import Followed, Growing
from assistant.transcribe.following import Pass
from assistant.transcribe.gate import let_through
from assistant.transcribe.installed import InstalledModel, Models
from assistant.transcribe.machine import has_cuda, recogniser_threads, this_machine, use_its_instructions
from assistant.transcribe.recogniser import Heard, Recogniser
from assistant.transcribe.second_look import around, with_alternatives, within
from assistant.transcribe.sound import read_sound
from assistant.transcribe.whisper import WhisperRecogniser
from assistant.transcribe.wire import fault_as_data, words_with_alternatives
from assistant.turn.events import Fault, Remedy

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

_LOOK_EVERY_S = 0.01
_FAR_BEHIND_S = 5.0

log = logging.getLogger("assistant.transcribe.scribe")


class Scribe:
    """Takes the parent's messages one after the other, and follows a recording between them.

    `abandon`, and that a recording has ended, are heard also while it works.
    """

    def __init__(self, parent: Parent) -> None:
        self._parent = parent
        self._inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._abandoned: set[int] = set()
        self._ended: set[int] = set()
        self._followed: Followed | None = None
        self._recogniser: Recogniser

    def run(self) -> None:
        threading.Thread(target=self._listen, name="from the parent", daemon=True).start()
        while True:
            try:
                message = self._inbox.get(timeout=None if self._followed is None else _LOOK_EVERY_S)
            except queue.Empty:
                self._follow_on()
            else:
                self._obey(message)

    def _listen(self) -> None:
        while (message := self._parent.receive()) is not None:
            if message.type == "abandon":
                self._abandoned.add(message.data["turn"])
            elif message.type == "transcribe":
                self._ended.add(message.data["turn"])
            self._inbox.put(message)
        os._exit(0)  # The parent is gone, and a decoder cannot be interrupted in any other way.

    def _obey(self, message: Message) -> None:
        followed = self._followed
        match message.type:
            case "load":
                self._load(**message.data)
            case "follow":
                self._follow(message.data["turn"], Path(message.data["path"]))
            case "abandon":
                turn = message.data["turn"]
                if followed is not None and followed.turn == turn:
                    self._unfollow(followed)
                self._abandoned.discard(turn)  # what it was meant for came before it
            case "again":
                words = self._look_again(**message.data)
                self._parent.send("heard_again", turn=message.data["turn"], words=words)
            case "transcribe":
                turn = message.data["turn"]
                if followed is not None and followed.turn == turn:
                    self._complete(followed)
                    self._unfollow(followed)
                else:
                    self._transcribe(**message.data)
                self._ended.discard(turn)

    def _load(
        self,
        downloads: str,
        shipped: str,
        model: str,
        language: str,
        device: str,
        basic: bool,
        patient: bool = False,
    ) -> None:
        began = time.monotonic()
        if patient:
            yield_to_others()
        models = Models(Path(downloads), Path(shipped))
        chosen, fault = (None, None) if basic else choose(models, model, language)
        if chosen is None and find_spec("pocketsphinx") is None:
            self._parent.send("missing", fault=fault_as_data(_NOTHING))
            return
        used = "cuda" if device != "cpu" and chosen is not None and has_cuda() else "cpu"
        if chosen is None:
            self._recogniser = BasicRecogniser()
        else:
            whisper = WhisperRecogniser(
                chosen.folder,
                chosen.name,
                language,
                used,
                recogniser_threads(),
                models.shortest_context_s(chosen),
            )
            whisper.warm_up()
            self._recogniser = whisper
        Detector().probabilities(np.full(CHUNK, 0.1, np.float32))
        log.info("%s on %s ready after %.2f s", self._recogniser.name, used, time.monotonic() - began)
        self._parent.send(
            "ready",
            recogniser=self._recogniser.name,
            basic=self._recogniser.basic,
            fault=fault and fault_as_data(fault),
        )
        give_back()

    def _follow(self, turn: int, path: Path) -> None:
        if self._followed is not None:
            self._unfollow(self._followed)
        try:
            self._followed = Followed(turn, path, self._recogniser)
        except OSError as error:  # whoever records tells what is wrong
            log.warning("the recording cannot be followed: %s", error.strerror)

    def _unfollow(self, followed: Followed) -> None:
        self._followed = None
        followed.close()

    def _follow_on(self) -> None:
        """Take in what has been recorded since, and decode what is due."""
        followed = self._followed
        if followed is None:
            return
        while followed.turn not in self._abandoned | self._ended and followed.listen():
            kind = followed.due()
            if kind is not None:
                followed.following.decode(kind, partial(self._given_up, followed, kind))
            if followed.has_news:
                self._parent.send("grew", turn=followed.turn, **followed.news())

    def _given_up(self, followed: Followed, kind: Pass) -> bool:
        """Hear what was said since the pass began. If the speaker had stopped, it is of use also after the recording's end."""
        if followed.turn in self._abandoned or (kind is Pass.GROWING and followed.turn in self._ended):
            return True
        followed.listen()
        return followed.following.outdated(kind)

    def _complete(self, followed: Followed) -> None:
        if followed.waiting_s > _FAR_BEHIND_S:
            self._transcribe(followed.turn, str(followed.path))
            return
        began = time.monotonic()
        followed.listen(_FAR_BEHIND_S)
        followed.following.finish()
        effort = followed.following.effort
        self._parent.send(
            "transcribed", turn=followed.turn, passes=effort.passes, redone=effort.redone, **followed.news()
        )
        log.info(
            "text %.0f ms after the end: %d passes, %d redone, the last %s",
            (time.monotonic() - began) * 1000,
            effort.passes,
            effort.redone,
            effort.last,
        )

    def _look_again(self, turn: int, path: str, start_s: float, end_s: float, prompt: str) -> list[Any]:
        """The words as they travel; none where the recording is gone, or another one is being followed."""
        if self._followed is not None or not isinstance(self._recogniser, WhisperRecogniser):
            return []
        try:
            samples, from_s = around(Path(path), start_s, end_s)
        except OSError as error:
            log.warning("no second look at %d: %s", turn, error.strerror)
            return []
        best, others = self._recogniser.readings(samples, prompt)
        believed = let_through(best, len(samples) / RATE_HZ, prompt)
        words = within(with_alternatives(believed.words, others), start_s, end_s, from_s)
        return [words_with_alternatives(word) for word in words]

    def _transcribe(self, turn: int, path: str, prompt: str = "") -> None:
        """Understand a whole recording, with all the care that takes no thought of time."""
        try:
            samples = read_sound(Path(path))
        except AssistantError as error:
            self._parent.send("failed", turn=turn, fault=fault_as_data(error.fault))
            return
        transcript = Growing(self._recogniser)
        passes = 0
        pieces = list(voice_activity.pieces(voice_activity.find_speech(samples)))

        def recognise(piece: voice_activity.Piece) -> Heard | None:
            if turn in self._abandoned:
                return None
            return self._recogniser.recognise(piece.samples(samples), prompt)

        with ThreadPoolExecutor(self._recogniser.at_a_time, "pieces") as together:
            for piece, heard in zip(pieces, together.map(recognise, pieces), strict=True):
                self._parent.send("grew", turn=turn, **transcript.news())
                if heard is None:
                    break
                passes += 1
                believed = let_through(heard, piece.voiced_s, prompt)
                transcript.add([piece.place(word) for word in believed.words], heard.language)
        self._parent.send("transcribed", turn=turn, passes=passes, redone=0, **transcript.news())


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
    use_its_instructions()
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
