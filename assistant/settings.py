"""Settings: one TOML file in the platform's config folder, environment variables above it, defaults below.

`ALOUD_CHAT__MODEL=…` overrides `model` in `[chat]`. A bad value gives one sentence that names the file or variable,
the setting, and what it may be. Saving keeps the user's comments and order.
"""

import os
import tempfile
from pathlib import Path
from typing import Literal

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from tomlkit.exceptions import ParseError

from assistant.errors import AssistantError
from assistant.turn.events import SendMode

_PREFIX = "ALOUD_"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Keys(_Section):
    """Global keys, by name ("right ctrl", "f9", "ctrl+alt+space"); an empty dictate key means the default."""

    talk: str = "right ctrl"
    dictate: str = ""
    hold_after_ms: int = Field(default=300, ge=100, le=2000)
    longest_recording_s: float = Field(default=600, ge=5, le=7200)


class Hearing(_Section):
    """The microphone, by name; "" is the system's default."""

    microphone: str = ""
    cue: bool = True


class Recogniser(_Section):
    """Speech to text: a catalogue name or a folder; "" is the best for this machine. Language "" is detected."""

    model: str = ""
    language: str = "en"
    device: Literal["auto", "cpu", "cuda"] = "auto"


class Chat(_Section):
    """The language model: an OpenAI-compatible base URL and a model name."""

    base_url: str = ""
    model: str = ""
    instructions: str = (
        "The user speaks to you and may have your answer read aloud. Answer briefly and plainly."
    )
    send: SendMode = SendMode.AT_ONCE
    first_token_timeout_s: float = Field(default=120, ge=1, le=3600)
    stall_timeout_s: float = Field(default=30, ge=1, le=3600)


class Speaking(_Section):
    """The voice; "" is the system's default. Rate in words a minute."""

    replies: bool = True
    voice: str = ""
    rate_wpm: int = Field(default=200, ge=80, le=500)


class HistoryKept(_Section):
    """How long recordings are kept; the text stays until it is deleted. 0 removes a recording once it is settled."""

    keep_recordings_days: int = Field(default=7, ge=0, le=3650)


class Window(_Section):
    theme: Literal["system", "light", "dark"] = "system"
    doubt_below: float = Field(default=0.5, ge=0, le=1)


class Settings(_Section):
    """All of it, frozen: a change makes a new one."""

    keys: Keys = Keys()
    hearing: Hearing = Hearing()
    recogniser: Recogniser = Recogniser()
    chat: Chat = Chat()
    speaking: Speaking = Speaking()
    history: HistoryKept = HistoryKept()
    window: Window = Window()


def load(file: Path) -> Settings:
    """The settings of `file` (which need not exist) under the environment. Raises AssistantError("bad-setting")."""
    values = _read(file).unwrap()
    from_environment = _environment()
    for (section, name), text in from_environment.items():
        values.setdefault(section, {})[name] = text
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise _complaint(error, file, from_environment) from error


def change(file: Path, section: str, name: str, value: object) -> Settings:
    """Set one value in `file`, keeping everything else as it stands there, and return the settings in force."""
    document = _read(file)
    candidate = document.unwrap()
    plain = value.value if isinstance(value, SendMode) else value
    candidate.setdefault(section, {})[name] = plain
    try:
        Settings.model_validate(candidate)
    except ValidationError as error:
        raise _complaint(error, file, {}) from error
    if section not in document:
        document[section] = tomlkit.table()
    document[section][name] = plain
    write_whole(file, tomlkit.dumps(document))
    return load(file)


def write_whole(file: Path, text: str) -> None:
    """Replace `file` by `text` in one step, so that a crash leaves either the old or the new."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=file.parent, prefix=file.name, delete=False
        ) as new:
            new.write(text)
            new.flush()
            os.fsync(new.fileno())
        Path(new.name).replace(file)
    except OSError as error:
        message = f"The settings cannot be saved to {file}: {error.strerror}."
        raise AssistantError("settings-not-saved", message, "Make room or make the file writable.") from error


def _read(file: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return tomlkit.document()
    except ParseError as error:
        message = f"{file} is not valid TOML: {error}."
        raise AssistantError("bad-setting", message, "Mend the line, or move the file away.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(
            "bad-setting", f"{file} cannot be read: {error}.", "Mend or move the file."
        ) from error


def _environment() -> dict[tuple[str, str], str]:
    found = {}
    for variable, text in os.environ.items():
        section, separator, name = variable.removeprefix(_PREFIX).lower().partition("__")
        if variable.startswith(_PREFIX) and separator:
            found[section, name] = text
    return found


def _complaint(
    error: ValidationError, file: Path, from_environment: dict[tuple[str, str], str]
) -> AssistantError:
    first = error.errors()[0]
    where = tuple(str(step) for step in first["loc"])
    name = ".".join(where)
    pair = (where[0], where[1]) if len(where) == 2 else ("", "")
    source = f"{_PREFIX}{pair[0]}__{pair[1]}".upper() if pair in from_environment else str(file)
    if first["type"] == "extra_forbidden":
        message = f"{source}: there is no setting {name}."
        hint = "`aloud config` lists the settings."
    else:
        complaint = first["msg"][0].lower() + first["msg"][1:]
        message = f"{source}: {name} = {first['input']!r} is not usable: {complaint}."
        hint = "Correct it, or take it out to have the default."
    return AssistantError("bad-setting", message, hint)
