"""The index of a project: its names, kept up to date by a process that may be stopped at any moment."""

import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.terms.project import Index, reading
from assistant.terms.project import index as index_module
from assistant.terms.project.store import open_store
from assistant.terms.project.troubles import Trouble

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "my-shop"
    write(folder / "shop" / "cart.py", "import numpy as np\n\n\ndef add_to_cart():\n    np.einsum()\n")
    write(folder / "shop" / "till.ts", "export class CashTill { }\n")
    write(folder / "pyproject.toml", '[project]\nname = "my-shop"\ndependencies = ["httpx"]\n')
    write(folder / "docs" / "opening-hours.md", "# Hours\n")
    return folder


@pytest.fixture
def unlucky(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    with monkeypatch.context() as patch:
        patch.setattr(index_module, "_INDEXER", "tests.terms.project.unlucky_indexer")
        yield patch


def write(file: Path, text: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)


def opened(project: Path) -> Index:
    return Index(project, project.parent / "kept")


def texts(index: Index) -> set[str]:
    return {term.text for term in index.terms()}


def test_symbols_dependencies_and_names_of_files_are_terms_of_the_project(project: Path) -> None:
    index = opened(project)
    assert index.terms() == ()
    refreshed = index.refresh()
    assert (refreshed.files, refreshed.changed, refreshed.notes, refreshed.complete) == (4, 4, (), True)
    terms = index.terms()
    assert len(terms) == refreshed.terms
    assert {term.source for term in terms} == {"project my-shop"}
    assert {(term.text, term.kind) for term in terms} == {
        ("my-shop", "project"),
        ("httpx", "library"),
        ("numpy", "module"),
        ("np.einsum", "member"),
        ("add_to_cart", "function"),
        ("CashTill", "class"),
        ("cart.py", "file"),
        ("till.ts", "file"),
        ("pyproject.toml", "file"),
        ("opening-hours.md", "file"),
        ("shop", "folder"),
        ("docs", "folder"),
    }
    assert terms[0].kind in {"library", "project"}


def test_only_what_changed_is_read_again(project: Path) -> None:
    index = opened(project)
    index.refresh()
    assert index.refresh().changed == 0
    write(project / "shop" / "cart.py", "def take_from_cart():\n    pass\n")
    (project / "shop" / "till.ts").unlink()
    write(project / "shop" / "new.go", "package shop\nfunc MakeShelf() {}\n")
    told: list[tuple[int, int]] = []
    refreshed = index.refresh(lambda done, total: told.append((done, total)))
    assert (refreshed.files, refreshed.changed) == (4, 3)
    assert told[-1] == (2, 2)
    assert {"take_from_cart", "MakeShelf"} <= texts(index)
    assert not {"add_to_cart", "np.einsum", "CashTill", "till.ts"} & texts(index)


def test_after_many_changes_the_index_is_what_a_new_one_would_be(project: Path) -> None:
    index = opened(project)
    for step in range(4):
        write(project / "shop" / f"a{step % 2}.py", f"def shared_name(): pass\ndef step_{step}(): pass\n")
        if step == 2:
            (project / "shop" / "cart.py").rename(project / "cart2.py")
        index.refresh()
    fresh = Index(project, project.parent / "kept anew")
    fresh.refresh()
    assert index.terms() == fresh.terms()


def test_a_file_that_was_only_touched_is_not_parsed_again(project: Path) -> None:
    index = opened(project)
    index.refresh()
    os.utime(project / "shop" / "cart.py", ns=(1, 1))
    store = open_store(index.kept_as)
    before = store._database.execute("SELECT * FROM content").fetchall()
    store._database.execute('UPDATE content SET names = \'{"function":{"as_it_was":1}}\'')
    store.close()
    assert index.refresh().changed == 1
    store = open_store(index.kept_as)
    kept = store._database.execute("SELECT names FROM content").fetchall()
    store.close()
    assert kept == [('{"function":{"as_it_was":1}}',)] * len(before)


@pytest.mark.parametrize("what", [b"this is no database at all " * 1000, b"", None])
def test_a_damaged_index_is_begun_anew(project: Path, what: bytes | None) -> None:
    index = opened(project)
    index.refresh()
    for beside in ("-wal", "-shm"):
        index.kept_as.with_name(index.kept_as.name + beside).unlink(missing_ok=True)
    if what is None:  # damaged in the middle, the beginning whole
        whole = index.kept_as.read_bytes()
        what = whole[:4096] + b"\xaa" * (len(whole) - 4096)
    index.kept_as.write_bytes(what)
    assert index.terms() == ()
    assert index.refresh().complete
    assert "add_to_cart" in texts(index)


def test_an_index_from_another_version_is_begun_anew(project: Path) -> None:
    index = opened(project)
    index.refresh()
    store = open_store(index.kept_as)
    store._database.execute("PRAGMA user_version = 99")
    store.close()
    assert index.terms() == ()
    assert index.refresh().changed == 4
    assert "add_to_cart" in texts(index)


def test_bad_files_cost_a_sentence_for_each_kind_and_the_rest_is_read(project: Path) -> None:
    write(project / "binary.py", b"\0\1\2" * 100)
    write(project / "huge.py", b"def in_a_huge_file(): pass\n" * (reading.LARGEST // 20))
    write(project / "a" / "package.json", "{")
    write(project / "b" / "package.json", "[" * 100_000)
    write(project / "broken.py", "x = = 3\n\n\ndef behind_the_error(): pass\n")
    index = opened(project)
    notes = index.refresh().notes
    assert sorted(notes) == [
        "1 file had more than 2 MB and was left out: huge.py.",
        "1 source file held no text: binary.py.",
        "2 manifests could not be understood, a/package.json first.",
    ]
    assert {"add_to_cart", "behind_the_error", "huge.py"} <= texts(index)
    assert "in_a_huge_file" not in texts(index)
    assert index.refresh().notes == notes


def test_names_that_are_not_unicode_do_no_harm(project: Path) -> None:
    write(
        project / os.fsdecode(b"caf\xe9") / os.fsdecode(b"\xff.py"), b"def said_name(): pass\ncaf\xe9 = 1\n"
    )
    write(project / os.fsdecode(b"\xff.json"), b"{")
    write(project / os.fsdecode(b"\xfe") / "package.json", b"{")
    index = opened(project)
    assert index.refresh().notes == ("1 manifest could not be understood: ?/package.json.",)
    assert "said_name" in texts(index)
    assert all(text.isprintable() for text in texts(index))
    assert index.refresh().changed == 0


def test_what_is_no_file_any_more_is_not_waited_for_and_is_tried_again(project: Path) -> None:
    (project / "folder.py").mkdir()
    (project / "link.py").symlink_to(project / "shop" / "cart.py")
    os.mkfifo(project / "pipe.py")
    for name in ("folder.py", "link.py", "pipe.py"):
        content = reading.load(project, name, 10)
        assert (content.trouble, content.again) == (Trouble.FILE, True)
    vanished = reading.load(project, "vanished.py", 10)
    assert (vanished.trouble, vanished.again) == (None, True)


def test_a_file_that_could_not_be_read_is_told_and_read_the_next_time(
    project: Path, unlucky: pytest.MonkeyPatch
) -> None:
    index = opened(project)
    write(project / "later.py", "def denied(): pass\n")
    assert index.refresh().notes == ("1 file could not be read: later.py.",)
    unlucky.undo()
    assert "denied" not in texts(index)
    refreshed = index.refresh()
    assert (refreshed.changed, refreshed.notes) == (1, ())
    assert "denied" in texts(index)


def test_links_that_lead_in_a_circle_are_refused_in_a_sentence(project: Path) -> None:
    (project / "round").symlink_to(project / "round")
    with pytest.raises(AssistantError, match=r"is not a folder|cannot be read"):
        opened(project / "round").refresh()


def test_what_is_no_folder_is_refused_in_a_sentence_and_leaves_nothing_behind(project: Path) -> None:
    for folder in (project / "nothing", project / "pyproject.toml"):
        with pytest.raises(AssistantError, match="is not a folder"):
            Index(folder, project.parent / "kept").refresh()
    assert not (project.parent / "kept").exists()


def test_a_home_folder_that_is_refused_leaves_no_index_behind(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project / "a lot" / ".keep", "")
    for number in range(3):
        (project / "a lot" / f"{number}").mkdir()
    monkeypatch.setenv("HOME", str(project))
    monkeypatch.setattr(index_module, "_INDEXER", "tests.terms.project.narrow_indexer")
    with pytest.raises(AssistantError, match="too many files for one project"):
        opened(project).refresh()
    assert not opened(project).kept_as.exists()


@pytest.mark.parametrize("folder", ["~nobody at all/shop", "shop\0"])
def test_a_folder_that_nobody_can_have_is_refused_in_a_sentence(project: Path, folder: str) -> None:
    with pytest.raises(AssistantError) as refused:
        Index(Path(folder), project.parent / "kept")
    assert re.search(r"cannot be read: [^.]+\.$", refused.value.fault.message)


def test_a_folder_that_vanished_leaves_its_terms(project: Path) -> None:
    index = opened(project)
    index.refresh()
    project.rename(project.parent / "elsewhere")
    with pytest.raises(AssistantError, match="is not a folder"):
        index.refresh()
    assert "add_to_cart" in texts(index)


def test_an_index_that_cannot_be_kept_is_told(project: Path) -> None:
    (project.parent / "kept").touch()
    with pytest.raises(AssistantError, match="cannot be kept"):
        opened(project).refresh()


@pytest.mark.usefixtures("unlucky")
def test_a_parser_that_crashes_or_hangs_costs_one_file(project: Path) -> None:
    write(project / "c1.py", "def crash(): pass\n")
    write(project / "c2.py", "def no_name(): 'no end'\n")
    index = opened(project)
    refreshed = index.refresh()
    assert refreshed.notes == ("2 files could not be parsed, c1.py first.",)
    assert {"add_to_cart", "c1.py"} <= texts(index)
    assert index.refresh().changed == 0


def many(project: Path, files: int = 150) -> Path:
    """More files than an unlucky indexer reads."""
    for number in range(files):
        write(
            project / f"part_{number % 10}" / f"file_{number}.py", f"def number_{number}(): 'one of many'\n"
        )
    return project


def test_cancelling_ends_at_once_and_what_was_read_is_kept(
    project: Path, unlucky: pytest.MonkeyPatch
) -> None:
    index = opened(many(project))
    told: list[int] = []
    threads = set()

    def progress(done: int, _total: int) -> None:
        told.append(done)
        threads.add(threading.current_thread())

    refreshed = index.refresh(progress, cancelled=lambda: bool(told) and told[-1] > 7)
    assert not refreshed.complete
    assert 7 < refreshed.changed < refreshed.files == 154
    assert threads == {threading.current_thread()}
    unlucky.undo()
    rest = index.refresh()
    assert rest.complete
    assert 0 < rest.changed < 154
    assert {"number_0", "number_149"} <= texts(index)


def is_running(pid: str) -> bool:
    """Not gone, nor only waiting for somebody to take notice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_killed_program_leaves_no_indexer_and_an_index_that_goes_on(project: Path) -> None:
    index = opened(many(project))
    program = textwrap.dedent(f"""
        import os, signal
        from pathlib import Path
        from assistant.terms.project import Index, index

        class Told(index.Child):
            def __init__(self, *rest, **more):
                super().__init__(*rest, **more)
                print(self.pid, flush=True)

        index.Child = Told
        index._INDEXER = "tests.terms.project.unlucky_indexer"
        Index(Path({str(project)!r}), Path({str(index.kept_as.parent)!r})).refresh(
            lambda done, total: done and os.kill(os.getpid(), signal.SIGKILL))
    """)
    # The indexer has the program's standard error, so nobody waits for the end of that.
    killed = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=60,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    until = time.monotonic() + 10
    while is_running(killed.stdout.strip()) and time.monotonic() < until:
        threading.Event().wait(0.02)
    assert not is_running(killed.stdout.strip())
    assert index.refresh().complete
    assert {"number_0", "number_149", "add_to_cart"} <= texts(index)


def test_two_indexers_of_one_project_get_along(project: Path) -> None:
    index = opened(many(project, 200))
    with ThreadPoolExecutor() as threads:
        done = list(threads.map(lambda _: index.refresh(), range(3)))
    assert [refreshed.complete for refreshed in done] == [True] * 3
    assert sorted(refreshed.changed for refreshed in done) == [0, 0, 204]
    fresh = Index(project, project.parent / "kept anew")
    fresh.refresh()
    assert index.terms() == fresh.terms()


def test_the_work_is_done_at_the_lowest_priority(project: Path) -> None:
    index = opened(many(project, 400))
    seen: list[int] = []

    def look(_done: int, _total: int) -> None:
        if not seen:
            children = Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split()
            seen.extend(os.getpriority(os.PRIO_PROCESS, int(child)) for child in children)

    index.refresh(look)
    assert 19 in seen


def test_a_project_has_one_index_by_whichever_way_it_is_named(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "shop")
    kept = project.parent / "kept"
    assert Index(Path(".."), kept).kept_as == Index(project, kept).kept_as
    other = project.parent / "other" / "my-shop"
    assert Index(other, kept).kept_as != Index(project, kept).kept_as
