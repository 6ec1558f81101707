"""Names of keys: "right ctrl", "f9", "ctrl+alt+space". Pure; the adapters know what a name is on their system."""

import sys
from collections.abc import Mapping

from assistant.errors import AssistantError
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Remedy

MODIFIERS = ("ctrl", "alt", "shift", "super")
BARE_MODIFIERS = (*(f"{side} {modifier}" for side in ("left", "right") for modifier in MODIFIERS), "alt gr")

# What one types and edits with: never a key for talking on its own, nor with Shift alone.
TYPING = (
    *("space", "enter", "tab", "backspace", "delete", "esc"),
    *("left", "right", "up", "down", "home", "end", "page up", "page down"),
)
ALONE = (*(f"f{n}" for n in range(1, 25)), "pause", "scroll lock", "print screen", "insert", "menu")

_ALIASES: Mapping[str, str] = {
    "control": "ctrl",
    "option": "alt",
    "cmd": "super",
    "command": "super",
    "win": "super",
    "windows": "super",
    "altgr": "alt gr",
    "escape": "esc",
    "return": "enter",
    "print": "print screen",
    "break": "pause",
}
_SPOKEN = {"darwin": {"alt": "Option", "super": "Cmd"}, "win32": {"super": "Win"}}


@dataclass(frozen=True, slots=True)
class Chord:
    """A key, and the modifiers held with it. A bare modifier is a key of its own, on one side of the keyboard.

    `key` is a character, one of the named keys, or "key N" for a key without a name (N is the system's number).
    """

    key: str
    modifiers: frozenset[str] = frozenset()

    @property
    def bare(self) -> bool:
        return self.key in BARE_MODIFIERS

    @property
    def name(self) -> str:
        return "+".join((*(m for m in MODIFIERS if m in self.modifiers), self.key))

    @property
    def number(self) -> int | None:
        """The system's number of a key without a name."""
        word, _, digits = self.key.partition(" ")
        return int(digits) if word == "key" and digits.isascii() and digits.isdigit() else None

    def pretty(self, platform: str = sys.platform) -> str:
        """The name for people: "Right Ctrl", "Ctrl+Alt+Space"."""
        spoken = _SPOKEN.get(platform, {})
        keys = (key.split(" ") for key in self.name.split("+"))
        return "+".join(" ".join(spoken.get(word, _capital(word)) for word in words) for words in keys)


def modifier_of(key: str) -> str:
    """What the key is when it is combined with others ("ctrl" for "right ctrl"); empty if it is no modifier."""
    side, _, modifier = key.partition(" ")
    return (modifier if side in {"left", "right"} else key) if key in BARE_MODIFIERS else ""


def parse(name: str) -> Chord:
    """The chord with this name. Raises AssistantError("bad-key")."""
    *modifiers, key = [_plain(part) for part in name.split("+")]
    chord = Chord(key, frozenset(modifiers))
    if key in MODIFIERS and not modifiers:
        raise _bad(f'"{name}" is on both sides of the keyboard.', f"Write left {key} or right {key}.")
    known = key in BARE_MODIFIERS + TYPING + ALONE or chord.number is not None or _is_character(key)
    if not known or not chord.modifiers <= set(MODIFIERS) or (chord.bare and modifiers):
        raise _bad(f'"{name}" is not a key.', "Examples: right ctrl, f9, pause, ctrl+alt+space.")
    if (key in TYPING or _is_character(key)) and chord.modifiers <= {"shift"}:
        raise _bad(
            f'"{name}" is needed for typing.', f"Choose another, or a combination like ctrl+alt+{key}."
        )
    return chord


def _plain(part: str) -> str:
    words = " ".join(part.lower().replace("_", " ").split())
    side, _, modifier = words.partition(" ")
    if modifier in _ALIASES:
        return f"{side} {_ALIASES[modifier]}"
    return _ALIASES.get(words, words)


def _capital(word: str) -> str:
    first = word[:1].upper()
    return (first if len(first) == 1 else word[:1]) + word[1:]  # "ß" has no capital of one letter


def _is_character(key: str) -> bool:
    return len(key) == 1 and key.isprintable() and not key.isspace()


def _bad(message: str, hint: str) -> AssistantError:
    return AssistantError("bad-key", message, hint, Remedy.CHOOSE_KEY)
