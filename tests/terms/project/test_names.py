"""Of the names in a project those are kept that a person would say, and the important ones first."""

import pytest

from assistant.terms.project.names import LONGEST, weighed, worth_saying


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("function", "i"),
        ("function", "x1"),
        ("method", "__init__"),
        ("function", "test_it_works"),
        ("class", "TestStore"),
        ("class", "StoreTest"),
        ("function", "testIt"),
        ("import", "self"),
        ("function", "x" * (LONGEST + 1)),
        ("constant", "_"),
        ("member", "__name__"),
        ("field", "___"),
        ("class", "Args"),
        ("file", "__init__.py"),
    ],
)
def test_what_nobody_says_is_dropped(kind: str, name: str) -> None:
    assert not worth_saying(kind, name)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("member", "np.einsum"),
        ("function", "load_it"),
        ("class", "Store"),
        ("library", "six"),
        ("library", "q2"),
        ("command", "test"),
        ("file", "test_store.py"),
        ("function", "contest_entry"),
        ("class", "Attestation"),
    ],
)
def test_what_people_say_is_kept(kind: str, name: str) -> None:
    assert worth_saying(kind, name)


def weight(kind: str, name: str, path: str = "src/a.py", times: int = 1) -> int:
    return weighed([(kind, name)] * times, path)[kind][name]


def test_definitions_weigh_more_than_uses_and_tests_and_private_names_less() -> None:
    assert weight("library", "numpy") > weight("class", "BatchStore") > weight("member", "np.einsum")
    assert weight("function", "load_it") > weight("function", "load_it", "tests/a.py")
    assert weight("function", "load_it") > weight("function", "_load_it")
    assert weight("function", "load_it") > weight("function", "load")
    assert weight("member", "np.einsum", times=50) > weight("member", "np.einsum")
