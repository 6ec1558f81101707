"""`aloud say`: text read aloud, or written to a sound file."""

import queue
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant import paths, settings
from assistant.cli.output import plainly
from assistant.errors import AssistantError
from assistant.turn.events import Event, SentenceSpoken, StageFailed
from assistant.turn.sentences import cut, wording

if TYPE_CHECKING:
    from assistant.speak.voice import ChildVoice

_TURN = 1


@plainly
def say(
    text: Annotated[list[str] | None, typer.Argument(help="The text; without any, standard input.")] = None,
    to: Annotated[Path | None, typer.Option(help="Write it to this WAV file instead.")] = None,
    voice: Annotated[str, typer.Option(help="A voice's name; --voices lists them.")] = "",
    rate: Annotated[int | None, typer.Option(help="Words a minute.", min=80, max=500)] = None,
    voices: Annotated[bool, typer.Option("--voices", help="List the voices.")] = False,
) -> None:
    """Read text (plain or Markdown) aloud."""
    from assistant.speak.saving import save_speech
    from assistant.speak.voice import ChildVoice

    chosen = settings.load(paths.settings_file()).speaking
    voice, rate = voice or chosen.voice, rate or chosen.rate_wpm
    if voices:
        print("\n".join(_voices(ChildVoice())))
        return
    words = " ".join(text) if text else sys.stdin.read()
    if not words.strip():
        raise AssistantError("bad-input", "There is nothing to say.", "Give a text.")
    if to is not None:
        save_speech(words, to, voice, rate)
    else:
        _speak(ChildVoice(voice, rate), words)


def _voices(speaker: "ChildVoice") -> list[str]:
    speaker.start(lambda _: None)
    try:
        return speaker.voices()
    finally:
        speaker.stop()


def _speak(speaker: "ChildVoice", words: str) -> None:
    heard: queue.SimpleQueue[Event] = queue.SimpleQueue()
    pieces = cut(words, 0, complete=True)
    speaker.start(heard.put)
    try:
        for index, piece in enumerate(pieces):
            speaker.speak(_TURN, index, wording(words, piece))
        spoken = 0
        while spoken < len(pieces):
            try:
                event = heard.get(timeout=0.5)
            except queue.Empty:
                continue
            if isinstance(event, SentenceSpoken):
                spoken += 1
            elif isinstance(event, StageFailed):
                raise AssistantError(event.fault.code, event.fault.message, event.fault.hint)
    finally:
        speaker.stop()
