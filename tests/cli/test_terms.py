"""`aloud terms`: a person's own list, the sources and their switches, lists from elsewhere, and what is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import PROJECT, aloud, refused


def own() -> list[str]:
    return [term["term"] for term in aloud("terms", "list", "--source", "own", "--json").json]


def test_a_term_is_added_listed_exported_and_removed(tmp_path: Path) -> None:
    added = aloud(
        "terms",
        "add",
        "np.einsum",
        "--spoken",
        "n p dot ein sum",
        "--heard",
        "iron sum",
        "--heard",
        "ein some",
    )
    assert (added.code, added.err) == (0, "")
    assert aloud("terms", "add", "שלום_עולם").code == 0
    assert aloud("terms", "list", "IRON", "--source", "own", "--json").json == [
        {
            "term": "np.einsum",
            "source": "own",
            "kind": "",
            "spoken": ["n p dot ein sum"],
            "heard": ["iron sum", "ein some"],
        }
    ]
    listed = aloud("terms", "list", "--source", "own").out.splitlines()
    assert listed[0].split() == ["np.einsum", "own", "n", "p", "dot", "ein", "sum"]
    assert aloud("terms", "export").out == (
        "term,kind,spoken,heard\nnp.einsum,,n p dot ein sum,iron sum|ein some\nשלום_עולם,,,\n"
    )
    assert aloud("terms", "remove", "np.einsum").code == 0
    assert aloud("terms", "export", tmp_path / "out.csv").code == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "term,kind,spoken,heard\nשלום_עולם,,,\n"
    refused(aloud("terms", "remove", "np.einsum"), "'np.einsum' is not among your own terms")


def test_the_shipped_terms_are_searched_by_how_they_are_written_and_heard() -> None:
    found = aloud("terms", "list", "--source", "python", "asyncio.gather").out
    assert found.startswith("asyncio.gather  python  function")
    assert len(aloud("terms", "list").out.splitlines()) > 1_000
    nothing = aloud("terms", "list", "no such term anywhere")
    assert (nothing.code, nothing.out) == (0, "")
    assert "No term" in nothing.err
    refused(aloud("terms", "list", "--source", "nobody"), "no source nobody", "aloud terms sources")


def test_a_source_is_switched_off_and_on(private_environment: Path) -> None:
    def states() -> dict[str, bool]:
        return {source["name"]: source["on"] for source in aloud("terms", "sources", "--json").json}

    assert {"own", "conversation", "clipboard", "corrections", "python"} <= states().keys()
    assert [name for name, on in states().items() if not on] == ["clipboard"]  # until one asks for it
    assert aloud("terms", "on", "clipboard").code == 0
    assert all(states().values())
    assert aloud("terms", "off", "python").code == aloud("terms", "off", "clipboard").code == 0
    assert [name for name, on in states().items() if not on] == ["clipboard", "python"]
    assert aloud("terms", "list", "asyncio.gather", "--json").json == []
    assert aloud("terms", "list", "asyncio.gather", "--source", "python").out
    assert aloud("terms", "on", "python").code == 0
    assert aloud("config", "get", "terms.off").out.strip() == ""
    assert aloud("config", "get", "terms.clipboard").out.strip() == "false"
    line = next(line for line in aloud("terms", "sources").out.splitlines() if line.startswith("clipboard"))
    assert line.split() == ["clipboard", "clipboard", "0", "off"]
    refused(aloud("terms", "off", "project", "nowhere"), "no source project nowhere")


def test_a_source_that_is_gone_can_still_be_switched_on() -> None:
    aloud("config", "set", "terms.off", "project old, python")
    assert aloud("terms", "on", "project", "old").code == 0
    assert aloud("config", "get", "terms.off").out.strip() == "python"


def test_a_list_is_imported_and_what_is_no_term_is_told(tmp_path: Path) -> None:
    aloud("terms", "add", "known_one")
    rows = ["Term;spoken", "known_one;", "new_one;new one", "x" * 500, "a\x07b", '"open', ";", "café_menü;"]
    (tmp_path / "list.csv").write_text("\r\n".join(rows), encoding="utf-16")
    done = aloud("terms", "import", tmp_path / "list.csv")
    assert (done.code, done.out) == (0, "2 new terms, 1 known before.\n")
    assert done.err.splitlines()[0] == "4 lines refused:"
    assert "line 4: 'xxxx" in done.err
    assert "it has 500 characters, a term has at most 80" in done.err
    assert done.err.splitlines()[-1].strip() == "…"
    assert own() == ["known_one", "new_one", "café_menü"]
    piped = aloud("terms", "import", "-", typed="kubectl\nfrom_a_pipe\n")
    assert piped.out == "2 new terms, 0 known before.\n"
    assert (
        aloud("terms", "import", "-", typed=aloud("terms", "export").out).out
        == "0 new terms, 5 known before.\n"
    )


def test_what_cannot_be_imported_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(bytes(range(256)))
    with (tmp_path / "huge").open("wb") as huge:
        huge.truncate(50_000_000)
    (tmp_path / "bad.csv").write_text('term,kind\n"open,x\n')
    for name, said in {
        "binary": "is not a text file",
        "huge": "larger than 8 MB",
        "bad.csv": "has no terms: line 2",
        "missing": "There is no file",
        "": "is a folder",
    }.items():
        refused(aloud("terms", "import", tmp_path / name), said)
    refused(aloud("terms", "import", "-", typed=""), "Standard input has no terms")
    assert own() == []


@pytest.mark.parametrize("term", ["", "x" * 500, "two\nlines"])
def test_what_is_no_term_is_refused(term: str) -> None:
    refused(aloud("terms", "add", term), "This cannot be a term")


def test_a_full_disk_is_said() -> None:
    refused(aloud("terms", "export", "/dev/full"), "/dev/full cannot be written: No space left")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "assistant", "terms", "export"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
        )
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_list_that_cannot_be_saved_is_said_and_a_damaged_one_is_put_aside(tmp_path: Path) -> None:
    settings_file = Path(aloud("config", "path").out.strip())
    terms_file = settings_file.with_name("terms.csv")
    terms_file.mkdir(parents=True)
    refused(aloud("terms", "add", "a_b"), str(terms_file), "cannot be read")
    terms_file.rmdir()
    terms_file.write_bytes(b"term\ncaf\xe9\n")
    refused(aloud("terms", "export", tmp_path / "older.csv"), "neither UTF-8 nor UTF-16")
    assert not (tmp_path / "older.csv").exists()
    done = aloud("terms", "add", "a_b")
    assert done.code == 0
    assert "terms.aside-1.csv" in done.err
    assert own() == ["a_b"]
    assert terms_file.with_name("terms.aside-1.csv").read_bytes() == b"term\ncaf\xe9\n"


def test_help_names_every_command() -> None:
    said = aloud("terms", "--help").out
    for command in ("list", "add", "remove", "import", "export", "sources", "on", "off", "fix", "index"):
        assert f" {command} " in said


def test_the_vocabulary_is_not_loaded_by_other_commands() -> None:
    heavy = ("assistant.terms.vocabulary", "assistant.terms.matcher", "assistant.terms.project")
    code = f"import sys, assistant.cli.app; print([name for name in sys.modules if name in {heavy}])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True, cwd=PROJECT
    )
    assert done.stdout.strip() == "[]"
