"""The dialects in which servers stream."""

import json

import pytest

from assistant.think.chunks import Chunk, GarbledError, read_chunk
from assistant.think.refusal import Refusal


def chunk(delta: dict[str, object], **more: object) -> Chunk:
    return read_chunk(json.dumps({"choices": [{"delta": delta}], **more}))


def test_both_names_of_reasoning_are_read_and_never_twice() -> None:
    assert chunk({"reasoning": "Hm."}).reasoning == "Hm."
    assert chunk({"reasoning_content": "Hm."}).reasoning == "Hm."
    assert chunk({"reasoning": "Hm.", "reasoning_content": "Hm."}).reasoning == "Hm."


def test_text_may_be_missing_null_or_in_parts() -> None:
    assert chunk({}).text == ""
    assert chunk({"content": None}).text == ""
    assert (
        chunk({"content": [{"type": "thinking", "thinking": []}, {"type": "text", "text": "Hi"}]}).text
        == "Hi"
    )


def test_the_usage_may_come_without_choices() -> None:
    said = read_chunk(
        '{"choices": [], "model": "m", "usage": {"prompt_tokens": 7, "completion_tokens": null}}'
    )
    assert said == Chunk(model="m", tokens_in=7)


def test_a_whole_answer_is_read_like_a_piece() -> None:
    said = read_chunk('{"choices": [{"message": {"content": "Yes."}, "finish_reason": "length"}]}')
    assert said == Chunk(text="Yes.", finish_reason="length")


@pytest.mark.parametrize(
    "data", ['{"choices": [{"delta"', "[1]", '"text"', '{"choices": "none"}', '{"choices": [1]}']
)
def test_what_is_not_a_piece_of_an_answer_is_garbled(data: str) -> None:
    with pytest.raises(GarbledError):
        read_chunk(data)


def test_an_error_within_the_answer_is_the_servers_refusal() -> None:
    with pytest.raises(Refusal) as caught:
        read_chunk('{"error": {"message": "Slow down.", "code": "429"}}')
    assert (caught.value.status, caught.value.message) == (429, "Slow down.")
    with pytest.raises(Refusal) as caught:
        read_chunk('{"error": "out of memory"}')
    assert (caught.value.status, caught.value.message) == (500, "out of memory")
