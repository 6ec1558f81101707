"""The whole program, without its window, spoken to on the clock's pace: from the press of the key to the text."""

import os
import re
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from unittest import mock

from assistant import paths
from assistant.build import Program, Wanted
from assistant.turn.events import (
    DraftEdited,
    Goal,
    Part,
    Placed,
    Readiness,
    SendMode,
    TalkEnded,
    TalkStarted,
)
from assistant.turn.states import Session
from assistant.turn.transcript import Transcript, Word
from scripts.benchmarks.sources import PacedMicrophone
from scripts.benchmarks.utterances import Utterance
from tests.rig.desktop import bare_environment

_WITHIN_S = 120.0
_SCRIBE = "assistant.transcribe.scribe"


@dataclass(frozen=True, slots=True)
class Grown:
    """What was understood at a moment, in seconds from the beginning of the sound."""

    at_s: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What became of one utterance. `scribe_cpu_s` is processor time while it was spoken, up to the release.

    `wait_s` is from the release to the text; `stages_ms` where it goes, as far as that is known.
    """

    utterance: Utterance
    text: str
    released_s: float
    wait_s: float
    scribe_cpu_s: float
    grown: Sequence[Grown]
    stages_ms: Mapping[str, float]


class Talker:
    """The program with the recogniser of `model` (a folder), for as long as the `with` lasts, and somebody who talks."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
            chosen = {
                "ALOUD_RECOGNISER__MODEL": str(self._model),
                "ALOUD_CHAT__SEND": SendMode.AFTER_LOOK.value,
            }
            stack.enter_context(mock.patch.dict(os.environ, bare_environment(home) | chosen, clear=True))
            self._microphone = PacedMicrophone(home / "said.pcm")
            self._program = Program(Wanted(microphone=True), self._microphone)
            self._view = _View(self._program)
            stack.callback(self._program.close)
            self._program.start(self._view)
            self._view.wait_until_ready()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def say(self, utterance: Utterance, release_after_s: float) -> Said:
        """Say it, and let go of the key so long after its last word."""
        self._view.begin()
        self._microphone.load(utterance)
        scribe = _child(_SCRIBE)
        before_s = _cpu_s(scribe)
        self._program.emit(TalkStarted(Goal.ASK, time.monotonic()))
        self._view.wait_for(self._view.live)
        began_at = self._microphone.began_at
        time.sleep(max(0.0, began_at + utterance.last_word_s + release_after_s - time.monotonic()))
        cpu_s = _cpu_s(scribe) - before_s
        released_at = time.monotonic()
        self._program.emit(TalkEnded(released_at))
        self._view.wait_for(self._view.settled)
        grown = [Grown(at - began_at, words) for at, words in self._view.grown]
        wait_s = self._view.over_at - released_at
        closing_s = self._microphone.closed_at - released_at
        return Said(
            utterance,
            self._view.text,
            released_at - began_at,
            wait_s,
            cpu_s,
            grown,
            _stages_ms(closing_s, wait_s),
        )


def _stages_ms(closing_s: float, wait_s: float) -> dict[str, float]:
    """Where the wait went. What the scribe did is in its log."""
    log = (paths.log_folder() / "scribe.log").read_text(encoding="utf-8").splitlines()
    said = [line for line in log if "after the end" in line][-1]
    after = re.search(r"text (\d+) ms", said)
    scribe_ms = float(after[1]) if after else 0.0
    last_pass = {
        f"of the last pass, most of it before the release: {stage}": float(ms)
        for stage, ms in re.findall(r"(encode|generate|align)_ms=([\d.]+)", said)
    }
    return {
        "the ear, until the last word has come through": 1000 * closing_s,
        "the scribe, from the end of the file to the text": scribe_ms,
        "a pass that is under way, and the messages": 1000 * (wait_s - closing_s) - scribe_ms,
        **last_pass,
    }


class _View:
    """Sees what a window would: the transcript as it grows, and the text that is placed."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._ready = threading.Event()
        self.begin()

    def begin(self) -> None:
        self.live = threading.Event()
        self.settled = threading.Event()
        self.over_at = 0.0
        self.text = ""
        self.grown: list[tuple[float, tuple[str, ...]]] = []
        self._tentative: Transcript | None = None

    def wait_until_ready(self) -> None:
        self.wait_for(self._ready)

    def wait_for(self, event: threading.Event) -> None:
        if not event.wait(_WITHIN_S):
            raise TimeoutError(f"Waited {_WITHIN_S:g} s for the program.")

    def show(self, session: Session) -> None:
        now = time.monotonic()
        part = session.part(Part.TRANSCRIBE)
        if part is not None and part.readiness == Readiness.READY:
            self._ready.set()
        under_way = session.listening or next(iter(session.transcribing), None)
        if session.listening is not None and session.listening.live:
            self.live.set()
        if under_way is None:
            if self.live.is_set() and not self.settled.is_set():
                self.over_at = self.over_at or now
                self.settled.set()
        elif under_way.tentative is not None and under_way.tentative is not self._tentative:
            self._tentative = under_way.tentative
            self.grown.append((now, tuple(word.text.strip() for word in under_way.tentative.words)))

    def place(self, transcript: Transcript) -> None:
        self.over_at = time.monotonic()
        self.text = transcript.text
        self._program.emit(Placed(transcript.turn, transcript.text))
        self._program.emit(DraftEdited(""))

    def refine(self, turn: int, words: Sequence[Word]) -> None:
        """There is no composer."""

    def clear(self, text: str) -> None:
        """There is no composer."""

    def load(self, text: str) -> None:
        """There is no composer."""


def _child(module: str) -> int:
    """The process of ours that runs `module`."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode().split("\0")
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if module in command and parent == os.getpid():
            return int(process.name)
    raise AssertionError(f"{module} is not running")


def _cpu_s(pid: int) -> float:
    """Processor time that the process has had, and its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
