"""What was measured is kept, and told as it is."""

from pathlib import Path

import numpy as np
import pytest

from assistant.recordings import RATE_HZ
from scripts.benchmarks import keep, report
from scripts.benchmarks.machine import this_machine
from scripts.benchmarks.measure import Row, Series
from scripts.benchmarks.results import NUMBERS, Measured, Results, read
from scripts.benchmarks.talking import Grown, Said
from scripts.benchmarks.transcription import waits_of_words
from scripts.benchmarks.utterances import Speaker, SpokenWord, Utterance, words_of


def row(number: str, *samples: float, kept: bool = True) -> Row:
    return Row(
        number,
        f"row {number}",
        "ms",
        Series(samples or (10.0, 30.0)),
        "≤ 20 ms",
        kept,
        {"W": Series((1000.0, 1000.0))},
        {"encode": Series((7.0, 9.0))},
        {"ours": {5.0: 20.0, 120.0: 21.0}, "W": {5.0: 900.0, 120.0: 4000.0}} if number == "4" else {},
    )


def results(*rows: Row) -> Results:
    return Results(this_machine(), [Measured(one, "2026-01-02", 0.1) for one in rows])


def test_a_newer_measurement_takes_the_place_of_the_older(tmp_path: Path) -> None:
    file = tmp_path / "performance.json"
    results(row("2", 9.0), row("10")).write(file)
    kept = read(file).with_(results(row("2", 5.0), row("4")).measured)
    assert [one.row.number for one in kept.measured] == ["2", "4", "10"]
    assert kept.measured[0].row.ours.median == 5.0
    assert kept.measured[1].row.points["W"] == {5.0: 900.0, 120.0: 4000.0}


def test_what_another_machine_measured_is_not_mixed_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "performance.json"
    results(row("2")).write(file)
    file.write_text(file.read_text().replace(this_machine().processor, "another processor"))
    assert not read(file).measured


def test_the_page_is_written_when_every_row_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "DOCS", tmp_path)
    page = tmp_path / "performance.md"
    keep.keep(results(*(row(number) for number in NUMBERS[:-1])))
    assert not page.exists()
    keep.keep(results(row(NUMBERS[-1])))
    assert "| 2 | row 2 | 20.0 ms | 30.0 ms | W 1000 ms (1/50.0) | ≤ 20 ms | yes | 2 |" in page.read_text()
    assert "120" in (tmp_path / "performance.svg").read_text()


def test_a_promise_that_was_not_kept_says_where_the_time_goes() -> None:
    told = report.page(results(row("2"), row("3", kept=False)), "plot.svg")
    assert "## 3: row 3" in told
    assert "| encode | 8.00 ms | 9.00 ms |" in told
    assert "## 2:" not in told


def test_words_are_spoken_when_the_sound_says_so() -> None:
    utterance = Speaker().utter(6)
    times = [time_s for word in utterance.words for time_s in (word.start_s, word.end_s)]
    assert times == sorted(times)
    loud = np.flatnonzero(np.abs(utterance.samples) > 0.01) / RATE_HZ
    assert utterance.words[0].start_s == pytest.approx(loud[0], abs=0.05)
    assert utterance.last_word_s == pytest.approx(loud[-1], abs=0.1)
    assert words_of(utterance.text) == [word.text.lower() for word in utterance.words]


def test_a_word_is_seen_when_it_first_appears() -> None:
    spoken = tuple(SpokenWord(text, end - 0.5, end) for text, end in (("Please", 1.0), ("wait", 1.5)))
    grown = (Grown(1.2, ("Please",)), Grown(1.9, ("Please,", "wait.")), Grown(2.5, ("Please", "wait.")))
    said = Said(Utterance(np.zeros(1, np.float32), spoken), "Please wait.", 1.6, 0.1, 0.0, grown, {})
    assert waits_of_words(said) == pytest.approx([0.2, 0.4])
