"""Which part of the world carries which command out."""

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assistant.ports import ChatModel, Excerpt, History, Inserter, Microphone, Transcriber, View, Voice
from assistant.recordings import recording_file, trial_file
from assistant.turn.commands import (
    AbandonReply,
    AbandonTranscription,
    Ask,
    ClearComposer,
    CloseMicrophone,
    ExpectQuestion,
    ExpectSpeech,
    FollowRecording,
    ForgetRecording,
    Insert,
    ListenAgain,
    LoadDraft,
    NoteTarget,
    OpenMicrophone,
    Place,
    PlayCue,
    PlaySound,
    Refine,
    Remember,
    Silence,
    Speak,
    Transcribe,
)
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Part


@dataclass(frozen=True, slots=True)
class Ports:
    """The world, as the engine needs it."""

    microphone: Microphone
    transcriber: Transcriber
    chat: ChatModel
    voice: Voice
    inserter: Inserter
    history: History


def duties(ports: Ports, view: View, recordings: Path) -> Mapping[type, tuple[Part, Callable[[Any], None]]]:
    """For each type of command the part that is at fault when it fails, and the function that carries it out.

    `recordings` is the folder of the recordings, which are named after their turns.
    """

    def place_of(it: OpenMicrophone | FollowRecording) -> Path:
        return (trial_file if it.trial else recording_file)(recordings, it.turn)

    return {
        Remember: (Part.REMEMBER, lambda it: ports.history.save(it.record)),
        OpenMicrophone: (
            Part.HEAR,
            lambda it: ports.microphone.open(it.turn, place_of(it)),
        ),
        CloseMicrophone: (Part.HEAR, lambda it: ports.microphone.close(it.turn)),
        FollowRecording: (
            Part.TRANSCRIBE,
            lambda it: ports.transcriber.follow(it.turn, place_of(it)),
        ),
        ForgetRecording: (Part.HEAR, lambda it: _delete(trial_file(recordings, it.turn))),
        Transcribe: (Part.TRANSCRIBE, lambda it: ports.transcriber.transcribe(it.turn, it.recording)),
        AbandonTranscription: (Part.TRANSCRIBE, lambda it: ports.transcriber.abandon(it.turn)),
        Place: (Part.TRANSCRIBE, lambda it: view.place(it.transcript)),
        Refine: (Part.TRANSCRIBE, lambda it: view.refine(it.turn, it.words)),
        ListenAgain: (
            Part.TRANSCRIBE,
            lambda it: ports.transcriber.listen_again(
                it.turn, recording_file(recordings, it.turn), it.start_s, it.end_s, it.near, it.look
            ),
        ),
        PlaySound: (
            Part.SPEAK,
            lambda it: ports.voice.play(
                [Excerpt(recording_file(recordings, turn), start, end) for turn, start, end in it.stretches]
            ),
        ),
        ClearComposer: (Part.THINK, lambda it: view.clear(it.text)),
        LoadDraft: (Part.THINK, lambda it: view.load(it.text)),
        NoteTarget: (Part.INSERT, lambda it: ports.inserter.note_target(it.turn)),
        Insert: (Part.INSERT, lambda it: ports.inserter.insert(it.turn, it.text)),
        ExpectQuestion: (Part.THINK, lambda _: ports.chat.expect()),
        Ask: (Part.THINK, lambda it: ports.chat.ask(it.turn, it.conversation)),
        AbandonReply: (Part.THINK, lambda it: ports.chat.abandon(it.turn)),
        ExpectSpeech: (Part.SPEAK, lambda _: ports.voice.expect()),
        Speak: (Part.SPEAK, lambda it: ports.voice.speak(it.turn, it.index, it.text)),
        Silence: (Part.SPEAK, lambda it: ports.voice.silence(it.turn)),
        PlayCue: (Part.SPEAK, lambda it: ports.voice.cue(it.cue)),
    }


def _delete(recording: Path) -> None:
    """Where somebody reads it yet, and the system minds, the next start deletes it."""
    with contextlib.suppress(OSError):
        recording.unlink(missing_ok=True)
