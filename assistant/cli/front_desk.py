"""The running program's answers to the command line's verbs, on the local socket's thread."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from assistant.build import Program
from assistant.errors import AssistantError
from assistant.turn.conversation import Message
from assistant.turn.events import Cancelled
from assistant.turn.states import Session

STARTING = AssistantError("starting", "Aloud is still starting.", "Try again in a second.")


class FrontDesk:
    """Knows the verbs. `raise_window` and `quit_program` may be called on any thread."""

    def __init__(
        self, program: Program, raise_window: Callable[[], None], quit_program: Callable[[], None]
    ) -> None:
        self._program = program
        self._raise_window = raise_window
        self._quit_program = quit_program

    def answer(self, verb: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        program, key = self._program, str(data.get("key", "talk"))
        match verb:
            case "press" | "release":
                program.hotkeys.press(key, verb == "press", time.monotonic())
            case "toggle":
                now = time.monotonic()
                program.hotkeys.press(key, True, now)
                program.hotkeys.press(key, False, now)
            case "cancel":
                program.emit(Cancelled())
            case "recover":
                for one in program.controls.unfinished()[:1]:
                    program.controls.take_up(one)
            case "status":
                return self._status()
            case "quit":
                self._quit_program()
            case _:
                self._raise_window()
        return {}

    def _status(self) -> Mapping[str, Any]:
        session = self._program.watched.session
        if session is None:
            raise STARTING
        unfinished = [
            {
                "turn": one.turn,
                "what": one.what,
                "recording": one.recording.path if one.recording is not None else None,
                "conversation": one.conversation,
            }
            for one in self._program.controls.unfinished()
        ]
        return {**described(session), "unfinished": unfinished}


def described(session: Session) -> dict[str, Any]:
    """What goes on, for scripts and status bars."""
    listening, speech, reply = session.listening, session.speech, session.reply
    messages = [_message(message) for message in session.conversation.messages]
    if reply is not None and reply.text:
        messages.append({"role": "assistant", "text": reply.text, "heard_to": None, "whole": False})
    return {
        "stage": session.stage.value,
        "live": listening is not None and listening.live,
        "duration_s": listening.duration_s if listening is not None else 0.0,
        "understood": _understood(session),
        "spoken": speech.spoken if speech is not None else 0,
        "draft": session.draft,
        "conversation": session.conversation.id,
        "messages": messages,
        "notices": [
            {"code": notice.code, "message": notice.message, "hint": notice.hint}
            for notice in session.notices
        ],
        "parts": {change.part.value: change.readiness.value for change in session.parts},
    }


def _understood(session: Session) -> dict[str, Any]:
    """What is being said, as far as it is understood; its first `firm` words no longer change."""
    said = session.listening or next(iter(session.transcribing), None)
    if said is None or said.tentative is None:
        return {"text": "", "words": 0, "firm": 0}
    return {"text": said.tentative.text, "words": len(said.tentative.words), "firm": said.firm}


def _message(message: Message) -> dict[str, Any]:
    return {
        "role": message.role.value,
        "text": message.text,
        "heard_to": message.heard_to,
        "whole": message.whole,
    }
