"""Settings: one TOML file in the platform's config folder, environment variables above it, defaults below.

`ALOUD_CHAT__MODEL=…` overrides `model` in `[chat]`. A bad value gives one sentence that names the file or variable,
the setting, and what it may be. Saving keeps the user's comments and order.
"""

import os
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Literal

from assistant.errors import AssistantError
from assistant.turn.dataclass import dataclass
from assistant.turn.events import SendMode
from assistant.values import Texts, between, plain, read_value

_PREFIX = "ALOUD_"
_CLIPBOARD = "clipboard"


@dataclass(frozen=True, slots=True)
class Keys:
    """Global keys, by name ("right ctrl", "f9", "ctrl+alt+space"); an empty dictate key means the default."""

    talk: str = "right ctrl"
    dictate: str = ""
    hold_after_ms: int = between(100, 300, 2000)
    longest_recording_s: float = between(5, 600, 7200)


@dataclass(frozen=True, slots=True)
class Hearing:
    """The microphone, by name; "" is the system's default.

    With `pre_roll` it stays open, so that words spoken just before the key are kept.
    """

    microphone: str = ""
    cue: bool = True
    pre_roll: bool = False


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Speech to text: a catalogue name or a folder; "" is the best for this machine. Language "" is detected.

    After `rest_after_min` minutes without a recording it gives its memory back until the next one; 0 keeps it.
    """

    model: str = ""
    language: str = "en"
    device: Literal["auto", "cpu", "cuda"] = "auto"
    rest_after_min: int = between(0, 0, 1440)


@dataclass(frozen=True, slots=True)
class Chat:
    """The language model: an OpenAI-compatible base URL and a model name."""

    base_url: str = ""
    model: str = ""
    instructions: str = (
        "The user speaks to you and may have your answer read aloud. Answer briefly and plainly."
    )
    send: SendMode = SendMode.AT_ONCE
    first_token_timeout_s: float = between(1, 120, 3600)
    stall_timeout_s: float = between(1, 30, 3600)


@dataclass(frozen=True, slots=True)
class Speaking:
    """The voice; "" is the system's default. Rate in words a minute."""

    replies: bool = True
    voice: str = ""
    rate_wpm: int = between(80, 200, 500)


@dataclass(frozen=True, slots=True)
class HistoryKept:
    """How long recordings are kept; the text stays until it is deleted. 0 removes a recording once it is settled."""

    keep_recordings_days: int = between(0, 7, 3650)


@dataclass(frozen=True, slots=True)
class Terms:
    """The vocabulary: `off` names the sources that are not used, `projects` the folders whose names belong to it.

    The `clipboard` is a source only where one asks for it: what people copy may be anything. With `spoken_code`, "dot"
    and "snake case" are written as code; with `tell_model`, the language model is told which words were dictated,
    typed, doubtful or replaced.
    """

    off: Texts = ()
    clipboard: bool = False
    projects: Texts = ()
    spoken_code: bool = False
    tell_model: bool = True

    @property
    def unused(self) -> Texts:
        """The sources that are not used."""
        return self.off if self.clipboard else (*self.off, _CLIPBOARD)

    def switched(self, source: str, *, on: bool) -> list[tuple[str, Any]]:
        """The values, by name, with which a source is used, or is not."""
        others = [name for name in self.off if name != source]
        if source == _CLIPBOARD:
            return [("off", others), ("clipboard", on)]
        return [("off", others if on else [*others, source])]


@dataclass(frozen=True, slots=True)
class Window:
    """How the window looks, and which words are marked: those that are right less often than `doubt_below` of the time.

    `developer_panel` shows when what happened in the last turn.
    """

    theme: Literal["system", "light", "dark"] = "system"
    doubt_below: float = between(0, 0.87, 1)
    developer_panel: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it, frozen: a change makes a new one."""

    keys: Keys = Keys()
    hearing: Hearing = Hearing()
    recogniser: Recogniser = Recogniser()
    chat: Chat = Chat()
    speaking: Speaking = Speaking()
    history: HistoryKept = HistoryKept()
    terms: Terms = Terms()
    window: Window = Window()


_SECTIONS: Mapping[str, Any] = {about.name: about.type for about in fields(Settings)}


def load(file: Path) -> Settings:
    """The settings of `file` (which need not exist) under the environment. Raises AssistantError("bad-setting")."""
    written = _parsed(_text(file), file)
    chosen = _read(Settings(), written, str(file))
    for variable, text in os.environ.items():
        section, separator, name = variable.removeprefix(_PREFIX).lower().partition("__")
        if variable.startswith(_PREFIX) and separator:
            chosen = _read(chosen, {section: {name: text}}, variable)
    return chosen


def changed(settings: Settings, section: str, name: str, value: object) -> Settings:
    """The settings with one value changed. Raises AssistantError("bad-setting")."""
    return _read(settings, {section: {name: value}}, "")


def change(file: Path, section: str, name: str, value: object) -> Settings:
    """Set one value in `file`, keeping everything else as it stands there, and return the settings in force."""
    import tomlkit  # its import costs more than everything else here

    text = _text(file)
    before = _read(Settings(), _parsed(text, file), str(file))
    after = _read(before, {section: {name: value}}, str(file))
    document = tomlkit.parse(text)
    if section not in document:
        document[section] = tomlkit.table()
    document[section][name] = as_mapping(after)[section][name]
    write_whole(file, tomlkit.dumps(document))
    return load(file)


def as_mapping(settings: Settings) -> dict[str, dict[str, Any]]:
    """All values by section and name, as TOML and JSON have them."""
    return {
        section: {
            about.name: plain(getattr(getattr(settings, section), about.name)) for about in fields(kind)
        }
        for section, kind in _SECTIONS.items()
    }


def write_whole(file: Path, text: str, what: str = "settings") -> None:
    """Replace `file` by `text` in one step, so that a crash leaves either the old or the new.

    Raises AssistantError, which says that `what` was not saved.
    """
    new: Path | None = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=file.parent, prefix=file.name, delete=False
        ) as stream:
            new = Path(stream.name)
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)
    except OSError as error:
        if new is not None:
            new.unlink(missing_ok=True)
        message = f"The {what} cannot be saved to {file}: {error.strerror}."
        raise AssistantError(f"{what}-not-saved", message, "Make room or make the file writable.") from error


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(
            "bad-setting", f"{file} cannot be read: {error}.", "Mend or move the file."
        ) from error


def _parsed(text: str, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"{file} is not valid TOML: {error}."
        raise AssistantError("bad-setting", message, "Mend the line, or move the file away.") from error


def _read(settings: Settings, values: Mapping[str, Any], source: str) -> Settings:
    """`settings` with these values of `source` in the place of its own."""
    read = {}
    for section, given in values.items():
        if section not in _SECTIONS:
            raise _unknown(section, source)
        if not isinstance(given, Mapping):
            raise _unusable(section, given, ValueError("it must be a section"), source)
        known = {about.name: about for about in fields(_SECTIONS[section])}
        new = {}
        for name, value in given.items():
            if name not in known:
                raise _unknown(f"{section}.{name}", source)
            try:
                new[name] = read_value(known[name], value)
            except ValueError as error:
                raise _unusable(f"{section}.{name}", value, error, source) from error
        read[section] = replace(getattr(settings, section), **new)
    return replace(settings, **read)


def _unknown(name: str, source: str) -> AssistantError:
    return AssistantError(
        "bad-setting", f"{source}: there is no setting {name}.", "`aloud config` lists the settings."
    )


def _unusable(name: str, value: object, why: ValueError, source: str) -> AssistantError:
    message = f"{source}: {name} = {value!r} is not usable: {why}."
    return AssistantError("bad-setting", message, "Correct it, or take it out to have the default.")
