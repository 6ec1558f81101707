"""The program's own `dataclass` does what the standard one does."""

from dataclasses import dataclass as standard
from dataclasses import field, replace
from typing import Any

import pytest

from assistant.turn.dataclass import dataclass


def _made(with_: Any) -> tuple[type[Any], type[Any], type[Any]]:
    @with_(frozen=True, slots=True)
    class Word:
        """With a default, a field that does not count, and a secret."""

        text: str
        parts: tuple[str, ...] = ()
        at: float = field(default=0.0, compare=False)
        key: str = field(default="", repr=False)

    @with_(frozen=True, slots=True)
    class Nothing:
        """Without fields."""

    @with_(frozen=True, slots=True)
    class Other:
        """With the fields of the first."""

        text: str

    return Word, Nothing, Other


@pytest.fixture(params=[standard, dataclass], ids=["standard", "own"])
def made(request: pytest.FixtureRequest) -> tuple[type[Any], type[Any], type[Any]]:
    return _made(request.param)


def test_values_are_compared_and_hashed_by_the_fields_that_count(made: tuple[type[Any], ...]) -> None:
    word, nothing, other = made
    assert word("a", at=1.0) == word("a", at=2.0)
    assert hash(word("a", at=1.0)) == hash(word("a", at=2.0))
    assert word("a") != word("b")
    assert word("a", key="x") != word("a")
    assert other("a") != word("a")
    assert other("a") == other("a")
    assert nothing() == nothing()
    assert len({nothing(), nothing(), other("a"), other("a"), word("a")}) == 3


def test_a_value_shows_its_fields_but_no_secret(made: tuple[type[Any], ...]) -> None:
    word, nothing, _ = made
    assert repr(word("a", ("b",), key="secret")).endswith("Word(text='a', parts=('b',), at=0.0)")
    assert repr(nothing()).endswith("Nothing()")


def test_a_value_is_matched_replaced_and_takes_no_other_field(made: tuple[type[Any], ...]) -> None:
    word, *_ = made
    match replace(word("a"), text="b"):
        case word(text, parts):
            assert (text, parts) == ("b", ())
    with pytest.raises((AttributeError, TypeError)):
        word("a").colour = "red"
