"""`aloud terms index`: a project's names are read and used from then on."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from assistant import paths, settings
from assistant.terms.project import Index
from tests.cli.command import PROJECT, aloud


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "my-shop"
    folder.mkdir()
    (folder / "cart.py").write_text("def add_to_cart():\n    pass\n", encoding="utf-8")
    (folder / "package.json").write_text("{", encoding="utf-8")
    return folder


def test_the_names_of_a_project_are_read_and_its_folder_is_chosen_once(project: Path) -> None:
    first = aloud("terms", "index", project)
    assert first.code == 0
    assert first.out.startswith("project my-shop: 3 terms from 2 files, 2 of them new or changed, in ")
    assert first.err == "1 manifest could not be understood: package.json.\n"
    again = aloud("terms", "index", project, "--json").json
    assert again.pop("seconds") > 0
    assert again == {
        "folder": str(project),
        "source": "project my-shop",
        "files": 2,
        "changed": 0,
        "terms": 3,
        "notes": ["1 manifest could not be understood: package.json."],
        "complete": True,
    }
    assert settings.load(paths.settings_file()).terms.projects == (str(project),)
    listed = aloud("terms", "list", "--source", "project my-shop", "--json").json
    assert [term["term"] for term in listed if term["kind"] == "function"] == ["add_to_cart"]


def test_what_is_no_folder_is_refused_and_not_chosen(tmp_path: Path) -> None:
    done = aloud("terms", "index", tmp_path / "nothing")
    assert (done.code, done.out) == (2, "")
    assert done.err == f"{tmp_path / 'nothing'} is not a folder. Choose a project's folder.\n"
    assert str(tmp_path / "nothing") not in settings.load(paths.settings_file()).terms.projects


def test_ctrl_c_stops_and_the_next_time_it_goes_on(project: Path) -> None:
    body = "\n".join(f"def load_part_{number}(): pass" for number in range(300))
    for number in range(300):
        (project / f"file_{number}.py").write_text(f"def number_{number}(): pass\n{body}\n", encoding="utf-8")
    index = Index(project, paths.project_indexes_folder())
    running = subprocess.Popen(
        [sys.executable, "-m", "assistant", "terms", "index", project],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )
    until = time.monotonic() + 30
    while not index.kept_as.exists() and time.monotonic() < until:
        threading.Event().wait(0.01)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (130, "", "Stopped. What was read is kept.\n")
    assert index.refresh().files == 302
    assert "number_299" in {term.text for term in index.terms()}
