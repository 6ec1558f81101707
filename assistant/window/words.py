"""Words for things: keys, sizes, times."""

import datetime as dt
from collections.abc import Sequence

from assistant.settings import Settings
from assistant.turn.events import Part, PartChanged, Remedy

REMEDIES = {
    Remedy.ANSWER_AGAIN: "Answer again",
    Remedy.TRANSCRIBE_AGAIN: "Transcribe again",
    Remedy.CONNECT_MODEL: "Connect a model",
    Remedy.GET_RECOGNISER: "Get a recogniser",
    Remedy.CHOOSE_MICROPHONE: "Choose a microphone",
    Remedy.CHOOSE_VOICE: "Choose a voice",
    Remedy.CHOOSE_KEY: "Choose a key",
    Remedy.OPEN_CONVERSATION: "Open it",
    Remedy.LOOK_AT_RULE: "Look at it",
}
"""What the button of each remedy says."""

_KEYS = {"ctrl": "Ctrl", "alt gr": "AltGr", "esc": "Esc", "cmd": "Cmd"}


def key_name(name: str) -> str:
    """A key or chord as people write it: "right ctrl" is Right Ctrl, "ctrl+alt+space" is Ctrl+Alt+Space."""
    return "+".join(_KEYS.get(part, part.title()) for part in name.split("+"))


def keys_in_use(settings: Settings, parts: Sequence[PartChanged]) -> tuple[str, str]:
    """The keys to ask and to dictate, as people write them; the latter "" while nobody has told the default."""
    keys = settings.keys
    told = next((change.in_use for change in parts if change.part is Part.KEYS), ())
    dictate = keys.dictate or (told[1] if told else "")
    return key_name(keys.talk), key_name(dictate)


def size(size_bytes: int) -> str:
    if size_bytes >= 950_000_000:
        return f"{size_bytes / 1e9:.1f} GB"
    return f"{max(1, round(size_bytes / 1e6))} MB"


def when(at: float, now: dt.datetime) -> str:
    """A moment (Unix time, seconds) as seen from `now`: the nearer, the more precise."""
    moment = dt.datetime.fromtimestamp(at, tz=now.tzinfo)
    days = (now.date() - moment.date()).days
    if days == 0:
        return f"{moment:%H:%M}"
    if days == 1:
        return "Yesterday"
    if 1 < days < 7:
        return f"{moment:%A}"
    if moment.year == now.year:
        return f"{moment.day} {moment:%b}"
    return f"{moment.day} {moment:%b} {moment:%Y}"


def clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def counted(number: int, what: str) -> str:
    """A number of things: "1 name", "1,234 names"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def isolated(text: str) -> str:
    """`text` so that its direction does not change the order of what stands beside it."""
    return f"\u2068{text}\u2069" if text else ""
