"""How well known a term is, and which words it is often met with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import paths
from assistant.terms import renown as module
from assistant.terms.renown import Renown, renown, tells

LIST = """# a comment: that is none
[well known]
golang, go: goroutine channel
redis: cache
[known]
go: slice
valkey: cache key
bare
[others]
redisinsight: key browse
"""


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "well-known-terms.txt").write_text(LIST)
    monkeypatch.setattr(paths, "resources_folder", lambda: tmp_path)

    def forget() -> None:
        for cached in (module._known, module._told, module.renown):
            cached.cache_clear()

    forget()
    yield
    forget()


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("term", "worth", "companions"),
    [
        ("golang", 1.0, "goroutine channel"),
        ("go", 1.0, "goroutine channel slice"),
        ("Redis", 1.0, "cache"),
        ("valkey", 0.5, "cache key"),
        ("bare", 0.5, ""),
        ("redisinsight", 0.0, "key browse"),
        ("a comment", 0.0, ""),
        ("nowhere", 0.0, ""),
    ],
)
def test_a_term_is_as_well_known_as_its_heading_says_and_keeps_all_its_companions(
    term: str, worth: float, companions: str
) -> None:
    assert renown(term) == Renown(worth, tuple(companions.split()))


@pytest.mark.usefixtures("listed")
def test_a_word_tells_less_the_more_kinds_of_terms_it_is_met_with() -> None:
    assert tells("browse") == 1
    assert tells("cache") == tells("key") == pytest.approx(0.707, abs=0.001)
    assert tells("nowhere") == 0


def test_each_shipped_line_is_in_lower_case_under_a_heading_and_its_companions_are_single_words() -> None:
    lines = (paths.resources_folder() / "well-known-terms.txt").read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if not line.startswith(("#", "["))]
    assert {line for line in lines if line.startswith("[")} == {"[well known]", "[known]", "[others]"}
    for line in told:
        assert line == line.casefold().strip(), line
        assert all(term.strip() == term and term for term in line.partition(": ")[0].split(", ")), line
    known = module._known()
    assert all(term in known for line in told for term in line.partition(": ")[0].split(", "))
