"""The vocabulary: sources that can be seen and switched, and a number that tells when it has changed."""

from pathlib import Path

from assistant import paths
from assistant.settings import Terms
from assistant.terms.table import made
from assistant.terms.term import Term
from assistant.terms.vocabulary import Kind, Source, StandingVocabulary, Vocabulary, project_index
from assistant.turn.events import Fault


def two(*texts: str, source: str) -> tuple[Term, ...]:
    return tuple(Term(text, source=source) for text in texts)


def test_every_source_is_shown_with_its_count_and_whether_it_is_on() -> None:
    vocabulary = Vocabulary(off=["python"])
    vocabulary.put("python", Kind.DICTIONARY, two("asyncio", "np.einsum", source="python"))
    vocabulary.put("commands", Kind.DICTIONARY, two("kubectl", source="commands"))
    vocabulary.put("project aloud", Kind.PROJECT, two("hold_after_ms", source="project aloud"))
    vocabulary.put("own", Kind.OWN, ())
    assert vocabulary.sources() == (
        Source("own", Kind.OWN, 0, on=True),
        Source("project aloud", Kind.PROJECT, 1, on=True),
        Source("commands", Kind.DICTIONARY, 1, on=True),
        Source("python", Kind.DICTIONARY, 2, on=False),
    )
    assert [term.text for term in vocabulary.terms()] == ["hold_after_ms", "kubectl"]
    assert [term.text for term in vocabulary.source("python")] == ["asyncio", "np.einsum"]
    assert vocabulary.source("none") == ()


def test_of_two_sources_that_have_a_term_the_users_own_counts_with_the_forms_of_both() -> None:
    vocabulary = Vocabulary()
    vocabulary.put(
        "python", Kind.DICTIONARY, [made("np.einsum", "function", heard=["iron sum"], source="python")]
    )
    vocabulary.put("own", Kind.OWN, [made("np.einsum", spoken=["n p e"], source="own")])
    assert vocabulary.terms() == (Term("np.einsum", ("n p e",), "own", "function", ("iron sum",)),)
    vocabulary.switch(["python"])
    assert vocabulary.terms() == (Term("np.einsum", ("n p e",), "own"),)


def test_the_version_grows_only_when_the_terms_in_use_change() -> None:
    vocabulary = Vocabulary()
    versions = [vocabulary.version]

    def grew() -> bool:
        versions.append(vocabulary.version)
        return versions[-1] > versions[-2]

    vocabulary.put("clipboard", Kind.CLIPBOARD, ())
    assert not grew()
    vocabulary.put("clipboard", Kind.CLIPBOARD, two("a_b", source="clipboard"))
    assert grew()
    vocabulary.put("clipboard", Kind.CLIPBOARD, two("a_b", source="clipboard"))
    assert not grew()
    assert vocabulary.terms() is vocabulary.terms()
    vocabulary.switch(["clipboard", "unknown"])
    assert grew()
    vocabulary.put("clipboard", Kind.CLIPBOARD, two("c_d", source="clipboard"))
    vocabulary.switch(["clipboard"])
    assert not grew()
    vocabulary.switch([])
    assert grew()
    assert [term.text for term in vocabulary.terms()] == ["c_d"]
    vocabulary.drop("clipboard")
    assert grew()
    vocabulary.drop("clipboard")
    assert not grew()
    assert vocabulary.terms() == ()


def test_the_standing_vocabulary_follows_the_users_list_while_it_is_edited() -> None:
    told: list[Fault] = []
    vocabulary = StandingVocabulary(Terms(off=("clipboard",)), told.append)
    sources = {source.name: source for source in vocabulary.sources()}
    assert sources["python"].kind is Kind.DICTIONARY
    assert sources["python"].terms > 100
    assert not sources["clipboard"].on
    assert sources["conversation"].on
    assert sources["own"].terms == 0
    before = vocabulary.version
    vocabulary.refresh()
    assert vocabulary.version == before
    paths.own_terms_file().parent.mkdir(parents=True)
    paths.own_terms_file().write_text("my_own_term\n")
    vocabulary.refresh()
    assert vocabulary.version > before
    assert vocabulary.terms()[0] == Term("my_own_term", source="own")
    assert not told


def test_the_projects_of_the_settings_are_sources_as_they_were_last_read(tmp_path: Path) -> None:
    folders = [tmp_path / "one" / "shop", tmp_path / "two" / "shop", tmp_path / "never_read"]
    for number, folder in enumerate(folders):
        folder.mkdir(parents=True)
        (folder / "prices.py").write_text(f"def total_price_{number}():\n    pass\n")
    for folder in folders[:2]:
        project_index(str(folder)).refresh()
    told: list[Fault] = []
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    chosen = [*map(str, folders), str(folders[0] / ".." / "shop"), str(loop)]
    vocabulary = StandingVocabulary(Terms(projects=tuple(chosen)), told.append)
    shop = [term.text for term in vocabulary.source("project shop")]
    assert [shop.count("total_price_0"), shop.count("total_price_1")] == [1, 1]
    assert {"project never_read", "project shop"} <= {source.name for source in vocabulary.sources()}
    assert [fault.code for fault in told] == ["bad-project"]
    before = vocabulary.version
    vocabulary.use_projects([str(folders[2])])
    assert vocabulary.version > before
    assert [source.name for source in vocabulary.sources() if source.kind is Kind.PROJECT] == [
        "project never_read"
    ]
