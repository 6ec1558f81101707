"""How often a recogniser had to try again is counted over all starts."""

from pathlib import Path

import pytest

from assistant.transcribe.tally import Count, Tally, read


def test_counts_add_up_over_starts(tmp_path: Path) -> None:
    file = tmp_path / "data" / "recogniser.json"
    Tally(file).add("base.en", 10, 1)
    Tally(file).add("base.en", 5, 0)
    Tally(file).add("small.en", 1, 0)
    assert read(file) == {"base.en": Count(15, 1), "small.en": Count(1, 0)}


@pytest.mark.parametrize("content", ["", "[1, 2]", '{"base.en": 3}', '{"base.en": [1, 2, 3]}'])
def test_a_file_that_is_not_whole_counts_from_nothing(tmp_path: Path, content: str) -> None:
    file = tmp_path / "recogniser.json"
    file.write_text(content)
    assert read(file) == {}


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    tally = Tally(tmp_path / "file" / "recogniser.json")
    tally.add("base.en", 1, 0)
    tally.add("base.en", 1, 0)
