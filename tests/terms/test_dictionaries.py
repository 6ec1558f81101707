"""The dictionaries that ship: whole, and without a line that would do harm."""

import csv
import re
from pathlib import Path

import pytest

from assistant import paths
from assistant.errors import AssistantError
from assistant.terms.dictionaries import read_dictionaries, read_dictionary
from assistant.terms.table import COLUMNS, decoded, read_table
from assistant.turn.events import Fault

SHIPPED = sorted(paths.dictionaries_folder().glob("*.csv"))
NOT_SHOWN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_dictionary_is_as_it_should_be(file: Path) -> None:
    text = file.read_bytes().decode("utf-8")
    assert not NOT_SHOWN.search(text)
    header, *rows = csv.reader(text.splitlines(), strict=True)
    assert tuple(header) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    terms = [row[0] for row in rows]
    assert sorted(terms) == sorted(set(terms))
    table = read_table(decoded(file.read_bytes()), file.stem)
    assert not table.refused
    assert [term.text for term in table.terms] == terms
    for term, kind, spoken, heard in rows:
        assert kind, term
        for form in (spoken + "|" + heard).split("|"):
            assert form == " ".join(form.lower().split()), (term, form)


def test_there_are_enough_terms() -> None:
    told: list[Fault] = []
    read = read_dictionaries(paths.dictionaries_folder(), told.append)
    assert list(read) == [file.stem for file in SHIPPED]
    assert not told
    assert len({term.text for terms in read.values() for term in terms}) >= 3_000
    assert {term.source for term in read["python"]} == {"python"}


def test_a_dictionary_that_cannot_be_read_is_told_and_the_others_are_there(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_bytes(b"term\n\xff\xff\n")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "good.csv").write_text("term,kind,spoken,heard\nnp.einsum,function,,num pie dot ein sum\n")
    told: list[Fault] = []
    read = read_dictionaries(tmp_path, told.append)
    assert [(term.text, term.heard) for term in read["good"]] == [("np.einsum", ("num pie dot ein sum",))]
    assert list(read) == ["good"]
    assert ["bad.csv" in told[0].message, "folder.csv" in told[1].message] == [True, True]
    with pytest.raises(AssistantError):
        read_dictionary(tmp_path / "missing.csv")
