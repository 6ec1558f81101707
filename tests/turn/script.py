"""A script for the turn: tell it what happens, look at what it asks for."""

from typing import TypeVar

from assistant.turn.commands import Command, Remember
from assistant.turn.conversation import Conversation
from assistant.turn.events import (
    AudioEnded,
    Event,
    Goal,
    Habits,
    Placed,
    Recording,
    TalkEnded,
    TalkStarted,
    Transcribed,
)
from assistant.turn.machine import step
from assistant.turn.records import Record
from assistant.turn.states import Session
from assistant.turn.transcript import Transcript, Word

C = TypeVar("C", bound=Command)
R = TypeVar("R", bound=Record)


def recording(duration_s: float = 2.0) -> Recording:
    return Recording("1.wav", duration_s, 0.5)


def transcript(turn: int, text: str, probability: float = 0.9, *, basic: bool = False) -> Transcript:
    words = tuple(
        Word(f" {word}", i * 0.3, i * 0.3 + 0.3, probability) for i, word in enumerate(text.split())
    )
    return Transcript(turn, words, "test.en", "en", basic)


class Script:
    """The session as it goes, and the commands of the last event (`now`) and of all of them (`all`)."""

    def __init__(self, habits: Habits | None = None) -> None:
        self.session = Session(1, Conversation("c1"), habits or Habits())
        self.now: tuple[Command, ...] = ()
        self.all: list[Command] = []

    def __call__(self, *events: Event) -> "Script":
        self.now = ()
        for event in events:
            self.session, commands = step(self.session, event)
            self.now += commands
        self.all += self.now
        return self

    def asked(self, kind: type[C]) -> list[C]:
        """The commands of this kind in `now`."""
        return [command for command in self.now if isinstance(command, kind)]

    def written(self, kind: type[R]) -> list[R]:
        """The records of this kind written down in `now`."""
        return [
            command.record
            for command in self.now
            if isinstance(command, Remember) and isinstance(command.record, kind)
        ]

    def say(self, text: str, goal: Goal = Goal.ASK, probability: float = 0.9) -> "Script":
        """Hold the key, say `text`, let go, and see it in the composer."""
        turn = self.session.next_turn
        self(TalkStarted(goal, 0.0), TalkEnded(1.0), AudioEnded(turn, recording()))
        done = self.now
        self(Transcribed(turn, transcript(turn, text, probability)))
        done += self.now
        if goal is Goal.ASK and text:
            self(Placed(turn, f"{self.session.draft} {text}".strip()))
            done += self.now
        self.now = done
        return self
