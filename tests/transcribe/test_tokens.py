"""Words are put together from tokens in every script, and none of their letters gets lost."""

import pytest

from assistant import paths
from assistant.transcribe.tokens import Tokens

TEXTS = [
    "Hello there, how are you?",
    'He said "no" (twice) and left.',
    "don't, won't; it's 5.40 $",
    "naïve café — über",
    "日本語の文章。",
    "🙂 done",
]


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return Tokens(paths.shipped_models_folder() / "test.en", multilingual=False)


def words(tokens: Tokens, text: str, language: str = "en") -> list[str]:
    found = tokens.words(tokens.encode(text), language)
    return ["".join(part.text for part in word) for word in found]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_words_are_the_whole_text_and_have_all_tokens(tokens: Tokens, text: str, language: str) -> None:
    assert "".join(words(tokens, text, language)).strip() == text
    encoded = tokens.encode(text)
    assert sum(part.tokens for word in tokens.words(encoded, language) for part in word) == len(encoded)


def test_words_end_at_spaces_and_keep_their_punctuation(tokens: Tokens) -> None:
    assert words(tokens, TEXTS[0]) == [" Hello", " there,", " how", " are", " you?"]
    assert words(tokens, TEXTS[1]) == [" He", " said", ' "no"', " (twice)", " and", " left."]


def test_without_spaces_each_character_is_a_word_with_its_punctuation(tokens: Tokens) -> None:
    assert words(tokens, "日本。", "ja")[-1] == "本。"
    assert words(tokens, "本「日」", "ja")[-1].endswith("」")


def test_what_was_said_before_comes_first_and_is_not_too_long(tokens: Tokens) -> None:
    start = tokens.given("", "en", 32)
    before = tokens.encode("a b c d e f g h")
    given = tokens.given("a b c d e f g h", "en", 4)
    assert given[-len(start) :] == start
    assert given[1:-2] == before[-4:]
    assert tokens.given("said", "en", 0) == start


def test_a_language_that_the_model_does_not_know_is_told() -> None:
    many = Tokens(paths.shipped_models_folder() / "test.en", multilingual=True)
    assert len(many.start("en")) == 3
    with pytest.raises(ValueError, match="de"):
        many.start("de")
