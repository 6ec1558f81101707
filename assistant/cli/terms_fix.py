"""`aloud terms fix`: a text put right, and what was replaced in it."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import paths, settings
from assistant.cli.output import Json, complaints, print_json
from assistant.cli.vocabulary import usual_fix
from assistant.errors import AssistantError
from assistant.settings import Terms
from assistant.turn.transcript import Origin, Word

if TYPE_CHECKING:
    from assistant.terms.vocabulary import StandingVocabulary

_AROUND_A_WORD = " \t\r\n\"'“”‘’«».,;:!?…"
_MOST_CHARACTERS = 200_000


def fix(
    text: Annotated[
        list[str] | None, typer.Argument(help="What was heard; without it, standard input.")
    ] = None,
    folder: Annotated[Path | None, typer.Option(help="A project whose names belong to it as well.")] = None,
    as_json: Json = False,
) -> None:
    """Put the terms in a text right, and tell what was replaced."""
    heard = _heard(text)
    if not heard.strip():
        raise AssistantError("bad-input", "There is no text to put right.", "Give a text.")
    if len(heard) > _MOST_CHARACTERS:
        limit = f"The text has more than {_MOST_CHARACTERS:,} characters."
        raise AssistantError("bad-input", limit, "Give it in parts.")
    words = _put_right(heard, folder)
    fixed = "".join(word.text for word in words).strip()
    replaced = [_told(word) for word in words if word.origin is Origin.REPLACED]
    if as_json:
        print_json({"text": fixed, "replacements": replaced})
        return
    print(fixed)
    _print(replaced)


def _heard(arguments: list[str] | None) -> str:
    try:
        heard = " ".join(arguments) if arguments else sys.stdin.read(_MOST_CHARACTERS + 1)
        heard.encode()  # bytes that are no text come as half characters
    except UnicodeError as error:
        raise AssistantError("bad-input", "The text is not UTF-8.", "Give it as UTF-8.") from error
    return heard


def _put_right(heard: str, folder: Path | None) -> tuple[Word, ...]:
    """As the program does it where nothing was said before."""
    chosen = settings.load(paths.settings_file()).terms
    from assistant.terms.matcher import spoken_words

    fix = usual_fix(chosen, None if folder is None else lambda it: _use_project(it, folder, chosen))
    return fix(spoken_words(heard))


def _use_project(vocabulary: "StandingVocabulary", folder: Path, chosen: Terms) -> None:
    """The names of the project in `folder`, as they are now, are terms, too."""
    from assistant.terms.vocabulary import project_index

    index = project_index(str(folder))
    for note in index.refresh().notes:
        complaints.print(note, markup=False, highlight=False, soft_wrap=True)
    vocabulary.use_projects([*chosen.projects, str(folder)])
    vocabulary.switch([name for name in chosen.unused if name != index.source])


def _told(word: Word) -> dict[str, Any]:
    return {
        "heard": word.heard,
        "text": word.text.strip(_AROUND_A_WORD),
        "source": word.source,
        "score": round(word.probability, 3),
    }


def _print(replaced: Iterable[dict[str, Any]]) -> None:
    for it in replaced:
        print(f"  {it['heard']} → {it['text']}  ({it['source']}, {it['score']:.2f})")
