"""A project's own files are read; what git ignores, and outputs, copies and environments, are not."""

import subprocess
from pathlib import Path

import pytest

from assistant.terms.project.walk import walk

RULES = {
    ".gitignore": "*.log.py\n/top.py\nscratch/\n**/deep/*.py\n!**/deep/kept.py\n# note\n\\#odd.py\nend\\ .py\n[ab]x.py\n",
    "pkg/.gitignore": "!wanted.log.py\nlocal.py\n/here.py\n",
    "pkg/sub/.gitignore": "*\n!.gitignore\n!only.py\n",
    ".git/info/exclude": "mine_alone.py\n",
}
FILES = """
a.py top.py b.log.py pkg/top.py pkg/wanted.log.py pkg/other.log.py pkg/local.py pkg/in/local.py pkg/here.py pkg/in/here.py
pkg/sub/only.py pkg/sub/not.py scratch/a.py pkg/scratch/b.py deep/x.py deep/kept.py pkg/in/deep/x.py pkg/in/deep/kept.py
#odd.py ax.py bx.py cx.py mine_alone.py pkg/mine_alone.py ünï.py
"""


def make(folder: Path, *files: str) -> None:
    for name in files:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("def some_name():\n    pass\n", encoding="utf-8")


def make_repository(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "-q", folder], check=True)
    make(folder, *FILES.split())
    for name, rules in RULES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(rules, encoding="utf-8")


def not_ignored_by_git(folder: Path) -> set[str]:
    listed = subprocess.run(
        ["git", "-C", folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "."],
        check=True,
        capture_output=True,
    )
    return {name for name in listed.stdout.decode().split("\0") if name.endswith(".py")}


@pytest.mark.parametrize("part", ["", "pkg", "pkg/in"])
def test_the_files_are_those_that_git_does_not_ignore(tmp_path: Path, part: str) -> None:
    repository = tmp_path / "repository"
    make_repository(repository)
    expected = not_ignored_by_git(repository / part)
    assert len(expected) > 1
    assert set(walk(repository / part).files) == expected


def test_a_work_tree_of_its_own_shares_the_list_of_its_repository(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    make_repository(repository)
    me = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", repository, *me, "commit", "-qm", "x", "--allow-empty"], check=True)
    subprocess.run(["git", "-C", repository, "worktree", "add", "-q", tmp_path / "other"], check=True)
    make(tmp_path / "other", "mine_alone.py", "b.py")
    assert set(walk(tmp_path / "other").files) == {"b.py"}


def test_an_ignored_folder_that_is_chosen_nevertheless_is_read(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    make_repository(repository)
    make(repository, "scratch/in/b.py", "scratch/c.py", "scratch/d.log.py")
    (repository / "scratch" / ".gitignore").write_text("c.py\n")
    assert set(walk(repository / "scratch").files) == {"a.py", "in/b.py", "d.log.py"}


def test_without_git_its_rules_hold_nevertheless(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "b.py")
    (tmp_path / ".gitignore").write_text("a.py\n")
    assert set(walk(tmp_path).files) == {"b.py"}


@pytest.mark.parametrize(
    "name",
    [
        "node_modules/react/index.js",
        ".venv/lib/a.py",
        "build/lib/a.py",
        "target/debug/a.rs",
        "x.egg-info/a.py",
        ".hidden/a.py",
        "app.min.js",
        "thing_pb2.py",
        "package-lock.json",
        "photo.png",
        "data.bin",
    ],
)
def test_outputs_copies_and_what_is_no_text_are_left_out(tmp_path: Path, name: str) -> None:
    make(tmp_path, name, "src/a.py")
    assert set(walk(tmp_path).files) == {"src/a.py"}


def test_a_virtual_environment_is_known_under_any_name_and_a_package_called_build_is_read(
    tmp_path: Path,
) -> None:
    make(tmp_path, "mine/lib/a.py", "src/build/__init__.py", "src/build/b.py")
    (tmp_path / "mine" / "pyvenv.cfg").touch()
    assert set(walk(tmp_path).files) == {"src/build/__init__.py", "src/build/b.py"}


def test_a_pattern_that_git_does_not_understand_is_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "b.py")
    (tmp_path / ".gitignore").write_bytes(b"!\n\xff\xfe\n/\n***\nb.py\n")
    assert "b.py" not in walk(tmp_path).files
