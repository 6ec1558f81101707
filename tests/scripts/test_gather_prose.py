"""The prose for counting wrong changes is sentences only, and who cannot get it is told why in one sentence."""

import gzip
from pathlib import Path

import pytest

from scripts.gather_prose import ProseError, essay_paragraphs, fortune_paragraphs, gather, main


def test_fortunes_lose_their_attributions_labels_and_overstrikes() -> None:
    text = (
        "A bank is a place where they lend you an umbrella in fair\nweather and _\x08a_\x08s_\x08k for it back.\n\t\t-- Robert Frost\n"
        "%\nQ:\tWhat do they call the baker now?\nA:\tNobody calls the *baker* any more.\n%\n"
    )
    assert list(fortune_paragraphs(text)) == [
        "A bank is a place where they lend you an umbrella in fair weather and ask for it back.",
        "What do they call the baker now? Nobody calls the baker any more.",
    ]


@pytest.mark.parametrize(
    "fortune",
    [
        "  /\\_/\\   +-----+   ==>   ( o.o )  ~~~~ |||| here. \n  > ^ <   |_____|\n",
        "Nothing is as slow as a computer that someone waits for.\n",
        "Too short.\n",
        "NO SHOUTING IN THE CORRIDORS AT NIGHT, SAYS THE LANDLORD.\n",
        "a line of verse that never\ncomes to a full stop\n",
    ],
    ids=["drawing", "computers", "short", "shouted", "verse"],
)
def test_a_fortune_that_is_no_ordinary_prose_is_left_out(fortune: str) -> None:
    assert not list(fortune_paragraphs(fortune))


def test_essays_lose_their_headings_links_emphasis_and_references() -> None:
    text = (
        "# D.2 What is wealth?\n\nWe have **already** touched on this in [section B](secB.md#b) of these so-\ncalled essays.\n\n"
        "> Elections cost _money_ [Schweickart, **Against** , pp. 210-1] and [in society] the rich can pay .\n"
    )
    assert list(essay_paragraphs(text)) == [
        "We have already touched on this in section B of these so-called essays.",
        "Elections cost money and in society the rich can pay.",
    ]


def test_the_paragraphs_of_both_packages_come_once_each(tmp_path: Path) -> None:
    fortunes = tmp_path / "usr/share/games/fortunes"
    essays = tmp_path / "usr/share/doc/anarchism/markdown"
    fortunes.mkdir(parents=True)
    essays.mkdir(parents=True)
    many = "%\n".join(
        f"Once there were {number} sheep on the steep green hill behind the old farm in the valley.\n"
        for number in range(8_000)
    )
    (fortunes / "pets").write_text(many + "%\n" + many, encoding="utf-8")
    (essays / "secA1.md.gz").write_bytes(gzip.compress(b"The essay is a paragraph of eight words.\n"))
    lines = gather(tmp_path)
    assert len(lines) == 8_001
    assert lines[0] == "Once there were 0 sheep on the steep green hill behind the old farm in the valley."
    assert lines[-1] == "The essay is a paragraph of eight words."


def test_too_few_words_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ProseError, match="only 0 words of prose, and 100,000 are needed"):
        gather(tmp_path)


def test_without_debians_programs_it_says_so_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main([str(tmp_path / "prose.txt")]) == 2
    said = capsys.readouterr().err
    assert (
        said
        == "gather_prose: There is no apt-get here, so the prose cannot be had: run this on a Debian machine.\n"
    )
    assert not (tmp_path / "prose.txt").exists()
