"""Whatever lies in a folder, the walk comes to an end, and says what it left out."""

import os
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.terms.project import walk as walking
from assistant.terms.project.walk import walk


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.py").touch()
    (tmp_path / "a" / "around").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "c.py").symlink_to(tmp_path / "a" / "b.py")
    (tmp_path / "nowhere.py").symlink_to(tmp_path / "nothing")
    assert set(walk(tmp_path).files) == {"a/b.py"}


def test_a_name_that_is_not_unicode_is_walked_like_any_other(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9")).mkdir()
    (tmp_path / os.fsdecode(b"caf\xe9/\xff.py")).touch()
    assert [os.fsencode(path) for path in walk(tmp_path).files] == [b"caf\xe9/\xff.py"]


def test_what_is_no_file_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    assert not walk(tmp_path).files


def test_a_folder_that_cannot_be_read_is_told_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("closed", "gone", "open"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.py").touch()
    scandir = os.scandir

    def guarded(folder: str | int) -> object:
        if str(folder).endswith("closed"):
            raise PermissionError(13, "Permission denied", folder)
        if str(folder).endswith("gone"):
            raise FileNotFoundError(2, "No such file or directory", folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", guarded)
    found = walk(tmp_path)
    assert set(found.files) == {"open/a.py"}
    assert list(found.troubles.sentences()) == ["1 folder could not be read: closed."]
    with pytest.raises(AssistantError, match="closed cannot be read: Permission denied"):
        walk(tmp_path / "closed")


@pytest.mark.parametrize(
    ("limit", "note"),
    [
        ("MOST_FILES", "The files beyond the first 200,000 were left out."),
        ("MOST_SOURCES", "The source files beyond the first 20,000 were left out."),
    ],
)
def test_far_too_many_files_are_cut_short_the_nearest_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, note: str
) -> None:
    (tmp_path / "far" / "farther").mkdir(parents=True)
    for number in range(5):
        (tmp_path / f"near_{number}.py").touch()
        (tmp_path / "far" / "farther" / f"far_{number}.py").touch()
    monkeypatch.setattr(walking, limit, 8)
    found = walk(tmp_path)
    assert sum(path.startswith("near") for path in found.files) == 5
    assert len(found.files) < 10
    assert list(found.troubles.sentences()) == [note]


def test_a_folder_full_of_files_is_read_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rows").mkdir()
    for number in range(9):
        (tmp_path / "rows" / f"row_{number}.json").touch()
    (tmp_path / "zz.py").touch()
    monkeypatch.setattr(walking, "MOST_IN_FOLDER", 5)
    found = walk(tmp_path)
    assert len(found.files) == 6
    assert list(found.troubles.sentences()) == [
        "1 folder held too many files, the rest of it was left out: rows."
    ]


@pytest.mark.parametrize("limit", ["MOST_FILES", "MOST_SOURCES"])
@pytest.mark.parametrize("above", [False, True])
def test_a_home_folder_with_too_much_in_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, above: bool, limit: str
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for number in range(9):
        (home / f"file_{number}.py").touch()
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr(walking, limit, 5)
    with pytest.raises(AssistantError, match="Choose a narrower folder"):
        walk(tmp_path if above else home)


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "nothing"):
        with pytest.raises(AssistantError, match="is not a folder"):
            walk(path)
