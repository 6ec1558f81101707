"""A transcript becomes text, JSON, SRT and WebVTT that other programs can read."""

import json

from assistant.transcribe.formats import FORMATS, as_srt, as_vtt, captions
from assistant.turn.transcript import Transcript, Word


def spoken(text: str, start_s: float = 0.0, each_s: float = 0.4) -> tuple[Word, ...]:
    return tuple(
        Word(f" {word}", start_s + place * each_s, start_s + (place + 1) * each_s, 0.9)
        for place, word in enumerate(text.split())
    )


def transcript(*words: Word) -> Transcript:
    return Transcript(1, words, "base.en", "en")


def test_every_format_can_write_an_empty_transcript() -> None:
    written = {name: write(transcript()) for name, write in FORMATS.items()}
    assert written["text"] == "\n"
    assert json.loads(written["json"])["words"] == []
    assert written["srt"] == ""
    assert written["vtt"] == "WEBVTT\n"


def test_json_has_the_time_and_probability_of_every_word() -> None:
    content = json.loads(FORMATS["json"](transcript(*spoken("naïve 日本語", 3600.5))))
    assert content["text"] == "naïve 日本語"
    assert content["recogniser"] == "base.en"
    assert content["words"][1] == {"text": "日本語", "start_s": 3600.9, "end_s": 3601.3, "probability": 0.9}


def test_srt_numbers_captions_and_writes_their_times() -> None:
    words = spoken("Read the answer.") + spoken("Stop speaking now.", 3725.25)
    assert as_srt(transcript(*words)) == (
        "1\n00:00:00,000 --> 00:00:01,200\nRead the answer.\n\n"
        "2\n01:02:05,250 --> 01:02:06,450\nStop speaking now.\n"
    )


def test_vtt_escapes_what_would_be_markup() -> None:
    assert as_vtt(transcript(*spoken("a<b & c"))) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.200\na&lt;b &amp; c\n"
    )


def test_captions_end_at_pauses_and_are_short_enough_to_read() -> None:
    said = spoken("one two three") + spoken("word " * 60, 5.0)
    shown = captions(transcript(*said))
    assert shown[0].text == "one two three"
    assert all(caption.end_s - caption.start_s <= 6.0 for caption in shown)
    assert all(len(line) <= 60 for caption in shown for line in caption.text.split("\n"))
    assert all(caption.text.count("\n") <= 1 for caption in shown)
    assert " ".join(caption.text.replace("\n", " ") for caption in shown) == transcript(*said).text


def test_a_language_without_spaces_is_not_torn_apart() -> None:
    words = tuple(
        Word(character, place * 0.2, place * 0.2 + 0.2) for place, character in enumerate("日本語です。はい")
    )
    assert [caption.text for caption in captions(transcript(*words))] == ["日本語です。", "はい"]
