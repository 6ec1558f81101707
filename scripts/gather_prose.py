"""Ordinary English prose for scripts/bench_terms.py: `python3 scripts/gather_prose.py OUT` writes at least 100,000 words to OUT.

The words come from two Debian packages: `fortunes` (anecdotes, letters, news and sayings; what is about computers is left out)
and `anarchism` (long essays on politics, work and history). They are downloaded into a temporary folder and unpacked there,
without root. OUT has a paragraph a line, and is the same each time for the same versions of the packages.
"""

import argparse
import gzip
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

WORDS_AT_LEAST = 100_000
_ESSAY_WORDS_AT_MOST = 70_000
_PACKAGES = ("anarchism", "fortunes", "fortunes-min")
_ESSAYS = "usr/share/doc/anarchism/markdown"
_FORTUNES = "usr/share/games/fortunes"
_SUBJECTS = (
    "art", "drugs", "education", "food", "humorists", "kids", "law", "literature", "love", "medicine", "men-women",
    "miscellaneous", "news", "people", "pets", "platitudes", "politics", "riddles", "sports", "wisdom", "work",
)  # fmt: skip
_ABOUT_COMPUTERS = re.compile(
    r"\b(?:comput\w+|software|hardware|program(?:mer|ming)s?|hackers?|internet|e-?mail|web ?sites?|keyboards?|unix|linux|debian"
    r"|microsoft|windows nt|ibm|usenet|perl|fortran|cobol|emacs|disks?|databases?|compilers?|algorithms?)\b",
    re.IGNORECASE,
)


class ProseError(Exception):
    """The prose cannot be had here. The message is one sentence that says why and what to do."""


def fortune_paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a file of fortunes (separated by lines of "%"), without attributions, labels and drawings."""
    for entry in re.split(r"^%\s*$", re.sub(r".\x08", "", text), flags=re.MULTILINE):
        unsigned = re.split(r"^\s*--\s", entry, maxsplit=1, flags=re.MULTILINE)[0]
        fortune = re.sub(r"^\s*\[[^\]]*\]\s*$", "", unsigned, flags=re.MULTILINE)
        if _ABOUT_COMPUTERS.search(fortune) or _is_drawing(fortune):
            continue
        for paragraph in re.split(r"\n\s*\n|\n(?=\t| {4})", fortune):
            yield from _prose(re.sub(r"^\s*(?:[QA]:|\(?\d+[.)])\s+", "", paragraph, flags=re.MULTILINE))


def essay_paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a Markdown text, without headings, links, emphasis and references."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[[^\[\]]*(?:\bpp?\.|Op\. Cit|\*\*)[^\[\]]*\]", "", text)
    text = re.sub(r"<[^<>]*>|https?://\S+", "", text)
    for paragraph in re.split(r"\n\s*\n", text):
        if not paragraph.lstrip().startswith(("#", "|", "---")):
            yield from _prose(re.sub(r"^\s*(?:[>*+-]|\d+\.)\s+", "", paragraph, flags=re.MULTILINE))


def _is_drawing(text: str) -> bool:
    """Whether this is a drawing or a table: few letters, or lines with wide gaps."""
    signs = [sign for sign in text if not sign.isspace()]
    letters = sum(sign.isalpha() or sign in ".,;:!?'\"-" for sign in signs)
    gaps = re.findall(r"\S(?: {3,}|\t+)\S", text)
    return letters < 0.93 * len(signs) or len(gaps) > 2


def _prose(paragraph: str) -> Iterator[str]:
    """Yield this paragraph as one line of plain words, unless it is no sentence."""
    joined = re.sub(r"(?<=\w)-\s*\n\s*", "-", paragraph)
    plain = re.sub(r"[*_`\[\]{}|\\<>#~^]", "", joined)
    line = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(plain.split()))
    if len(line.split()) >= 5 and not line.isupper() and re.search(r"[.!?]['\")]*$", line):
        yield line


def _words(lines: Iterable[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _at_most(lines: Iterable[str], words: int) -> Iterator[str]:
    """Yield the first lines, until there are about this many words."""
    for line in lines:
        if words <= 0:
            return
        words -= len(line.split())
        yield line


def _unpack(folder: Path) -> None:
    """Download the packages into this folder and unpack them there, or raise ProseError."""
    for program in ("apt-get", "dpkg-deb"):
        if shutil.which(program) is None:
            raise ProseError(
                f"There is no {program} here, so the prose cannot be had: run this on a Debian machine."
            )
    _run(folder, "apt-get", "download", *_PACKAGES)
    for file in sorted(folder.glob("*.deb")):
        _run(folder, "dpkg-deb", "-x", str(file), str(folder))


def _run(folder: Path, *command: str) -> None:
    done = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        why = (done.stderr.strip().splitlines() or ["no reason given"])[-1].rstrip(".")
        raise ProseError(
            f"{command[0]} failed ({why}): see that this is Debian, run apt-get update, and try again."
        )


def gather(folder: Path) -> list[str]:
    """Return the paragraphs of the unpacked packages in this folder, or raise ProseError where there are too few."""
    fortunes = [folder / _FORTUNES / subject for subject in _SUBJECTS]
    lines = [
        line
        for file in fortunes
        if file.is_file()
        for line in fortune_paragraphs(file.read_text(encoding="utf-8", errors="replace"))
    ]
    essays = (
        line
        for file in sorted((folder / _ESSAYS).glob("sec*.md.gz"))
        for line in essay_paragraphs(gzip.decompress(file.read_bytes()).decode("utf-8", errors="replace"))
    )
    lines += _at_most(essays, _ESSAY_WORDS_AT_MOST)
    unique = list(dict.fromkeys(lines))
    if _words(unique) < WORDS_AT_LEAST:
        raise ProseError(
            f"The packages hold only {_words(unique):,} words of prose, and {WORDS_AT_LEAST:,} are needed: "
            "adapt scripts/gather_prose.py to the packages of this Debian release."
        )
    return unique


def main(arguments: list[str] | None = None) -> int:
    """Write the prose to the file that the command names. Return 2 where that cannot be done."""
    parser = argparse.ArgumentParser(
        description="Write at least 100,000 words of ordinary English prose, a paragraph a line."
    )
    parser.add_argument("out", type=Path, help="the file to write")
    out: Path = parser.parse_args(arguments).out
    try:
        with tempfile.TemporaryDirectory() as folder:
            _unpack(Path(folder))
            lines = gather(Path(folder))
        out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except (ProseError, OSError, subprocess.TimeoutExpired) as why:
        print(f"gather_prose: {why}", file=sys.stderr)
        return 2
    print(f"{out}: {_words(lines):,} words in {len(lines):,} paragraphs.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
