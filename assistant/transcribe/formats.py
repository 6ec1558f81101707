"""Transcripts as files: plain text, JSON with the time of every word, and subtitles (SRT, WebVTT). Pure."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Transcript, Word

_LONGEST_S = 6.0
_LONGEST_CHARACTERS = 84
_LINE_CHARACTERS = 42
_PAUSE_S = 0.8
_SENTENCE_ENDS = (".", "?", "!", "。", "？", "！")


@dataclass(frozen=True, slots=True)
class Caption:
    """What is shown at once: one or two lines, from `start_s` to `end_s` seconds of the recording."""

    start_s: float
    end_s: float
    text: str


def as_text(transcript: Transcript) -> str:
    return transcript.text + "\n"


def as_json(transcript: Transcript) -> str:
    words = [
        {
            "text": word.text.strip(),
            "start_s": word.start_s,
            "end_s": word.end_s,
            "probability": round(word.probability, 3),
        }
        for word in transcript.words
    ]
    content = {
        "text": transcript.text,
        "recogniser": transcript.recogniser,
        "basic": transcript.basic,
        "language": transcript.language,
        "words": words,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def as_srt(transcript: Transcript) -> str:
    return "\n".join(
        f"{number}\n{_clock(caption.start_s, ',')} --> {_clock(caption.end_s, ',')}\n{caption.text}\n"
        for number, caption in enumerate(captions(transcript), 1)
    )


def as_vtt(transcript: Transcript) -> str:
    cues = [
        f"{_clock(caption.start_s, '.')} --> {_clock(caption.end_s, '.')}\n{_escaped(caption.text)}\n"
        for caption in captions(transcript)
    ]
    return "\n".join(["WEBVTT\n", *cues])


FORMATS: Mapping[str, Callable[[Transcript], str]] = {
    "text": as_text,
    "json": as_json,
    "srt": as_srt,
    "vtt": as_vtt,
}
"""Every format by its name."""


def captions(transcript: Transcript) -> list[Caption]:
    """The words in captions that end at pauses and sentences, and are neither too long to read nor to show."""
    return [
        Caption(
            group[0].start_s or 0.0,
            group[-1].end_s or 0.0,
            _lines("".join(word.text for word in group).strip()),
        )
        for group in _groups(transcript.words)
    ]


def _groups(words: Sequence[Word]) -> Iterator[list[Word]]:
    group: list[Word] = []
    for word in words:
        if group and _ends_before(group, word):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _ends_before(group: Sequence[Word], word: Word) -> bool:
    begin, last_end = group[0].start_s or 0.0, group[-1].end_s or 0.0
    characters = sum(len(earlier.text) for earlier in group) + len(word.text)
    return (
        group[-1].text.endswith(_SENTENCE_ENDS)
        or (word.start_s or 0.0) - last_end > _PAUSE_S
        or (word.end_s or 0.0) - begin > _LONGEST_S
        or characters > _LONGEST_CHARACTERS
    )


def _lines(text: str) -> str:
    """The text in two lines of about the same length, where it is too long for one."""
    if len(text) <= _LINE_CHARACTERS:
        return text
    spaces = [place for place, character in enumerate(text) if character == " "]
    middle = min(spaces, key=lambda place: abs(place - len(text) / 2), default=None)
    return text if middle is None else f"{text[:middle]}\n{text[middle + 1 :]}"


def _clock(time_s: float, point: str) -> str:
    milliseconds = round(time_s * 1000)
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{milliseconds:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
