"""How well a term fits what the words near it are about."""

import pytest

from assistant import paths
from assistant.terms.topics import FILE, NOWHERE, direction, fits, topic_of_term, topic_of_word
from scripts.make_topics import LIST, fingerprint


def about(*words: str) -> list[float]:
    return list(direction([sum(one) for one in zip(*map(topic_of_word, words), strict=True)]))


@pytest.mark.parametrize(
    ("term", "words", "others"),
    [
        ("Celery", ("broker", "queue", "worker"), ("chart", "axis", "legend")),
        ("matplotlib", ("chart", "axis", "legend"), ("broker", "queue", "worker")),
        ("kubectl", ("pods", "cluster", "namespaces"), ("tensor", "gradient", "epoch")),
        ("PyTorch", ("tensor", "gradient", "epoch"), ("pods", "cluster", "namespaces")),
    ],
)
def test_a_term_fits_words_that_are_met_with_its_like(
    term: str, words: tuple[str, ...], others: tuple[str, ...]
) -> None:
    fitting = fits(topic_of_term(term), about(*words))
    assert fitting > 0.4
    assert fits(topic_of_term(term), about(*others)) < fitting / 2


def test_little_that_is_known_tells_little_and_nothing_tells_nothing() -> None:
    much, little = (
        fits(topic_of_term("celery"), about(*words)) for words in (("broker", "queue"), ("time",))
    )
    assert abs(little) < much
    assert fits(topic_of_term("celery"), about("zzzz")) == 0
    assert topic_of_term("no such term") == NOWHERE
    assert fits(NOWHERE, about("broker")) == 0


def test_the_shipped_points_are_those_of_the_shipped_list() -> None:
    """After a change of the list: `python3 scripts/make_topics.py`."""
    first = (paths.resources_folder() / FILE).read_text(encoding="utf-8").partition("\n")[0]
    assert first.endswith(fingerprint(LIST))
