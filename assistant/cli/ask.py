"""`aloud ask`: one question, typed, recorded or from a file; its answer printed, and spoken where that is asked for."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.output import NO_ANSWER, Json, complain, fault_as_json, plainly, print_json
from assistant.cli.terminal import TerminalView
from assistant.errors import AssistantError
from assistant.turn.events import Goal, Submitted, TalkEnded, TalkStarted

Text = Annotated[
    list[str] | None, typer.Argument(help="The question; without any, --audio or --record gives it.")
]
Audio = Annotated[Path | None, typer.Option(help="A sound file with the question.")]
Record = Annotated[bool, typer.Option("--record", help="Record the question; Enter ends it.")]
Speak = Annotated[bool, typer.Option("--speak", help="Read the answer aloud.")]
SpeakTo = Annotated[Path | None, typer.Option(help="Write the spoken answer to this WAV file.")]


@plainly
def ask(
    text: Text = None,
    audio: Audio = None,
    record: Record = False,
    speak: Speak = False,
    speak_to: SpeakTo = None,
    as_json: Json = False,
) -> None:
    """Ask the language model a question. Exit code 3 means that there was no answer; the question is kept."""
    from assistant.build import Program, Wanted

    typed = " ".join(text or [])
    _check(typed, audio, record=record, speak_to=speak_to)
    view = TerminalView(quiet=as_json)
    with closing(Program(Wanted(microphone=record, audio=audio, voice=speak))) as program:
        view.attach(program.emit)
        program.start(view)
        if typed:
            program.emit(Submitted(typed))
        else:
            program.emit(TalkStarted(Goal.ASK, 0.0))
            if record:
                print("Speak, then press Enter.", file=sys.stderr)
                sys.stdin.readline()
            program.emit(TalkEnded(0.0))
        view.wait()
        answer = view.answer
        if speak_to is not None and answer is not None:
            program.say_to(answer.text, speak_to)
    _report(view, as_json=as_json)
    if answer is None or not answer.whole:
        raise typer.Exit(NO_ANSWER)


def _check(typed: str, audio: Path | None, *, record: bool, speak_to: Path | None) -> None:
    if sum((bool(typed.strip()), audio is not None, record)) != 1:
        raise AssistantError(
            "bad-input", "A question comes as text, with --audio or with --record.", "Give one."
        )
    if audio is not None and not audio.is_file():
        raise AssistantError("bad-input", f"There is no file {audio}.", "Check its name.")
    if speak_to is not None and not speak_to.resolve().parent.is_dir():
        raise AssistantError(
            "bad-input", f"There is no folder {speak_to.resolve().parent}.", "Make it first."
        )


def _report(view: TerminalView, *, as_json: bool) -> None:
    notices = view.session.notices if view.session is not None else ()
    if not as_json:
        if view.answer is not None:
            print()
        for notice in notices:
            complain(notice)
        return
    question, answer = view.question, view.answer
    print_json(
        {
            "question": question.text if question is not None else "",
            "transcript": _transcript(view),
            "answer": answer.text if answer is not None else None,
            "whole": answer is not None and answer.whole,
            "model": answer.model if answer is not None else "",
            "conversation": view.session.conversation.id if view.session is not None else "",
            "notices": [fault_as_json(notice) for notice in notices],
        }
    )


def _transcript(view: TerminalView) -> dict[str, Any] | None:
    if not view.transcripts:
        return None
    transcript = view.transcripts[-1]
    return {
        "text": transcript.text,
        "recogniser": transcript.recogniser,
        "basic": transcript.basic,
        "language": transcript.language,
        "words": [
            {
                "text": word.text.strip(),
                "start_s": word.start_s,
                "end_s": word.end_s,
                "probability": word.probability,
            }
            for word in transcript.words
        ],
    }
