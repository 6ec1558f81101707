"""`aloud doctor`: on a machine with everything, and on one with nothing."""

from typing import Any

import numpy as np

from tests.cli.command import aloud
from tests.rig import Desktop, ModelServer
from tests.rig.speech import wer

SENTENCE = "There are nine blue books on the table."


def by_part(findings: Any) -> dict[str, Any]:
    return {finding["part"]: finding for finding in findings}


def test_with_nothing_everything_is_said_and_nothing_crashes() -> None:
    done = aloud("doctor", "--json")
    found = by_part(done.json)
    assert found["disk"]["state"] == "ready"
    assert found["display"]["state"] == "missing"
    assert found["keys"]["state"] != "ready"
    assert found["microphone"]["state"] != "ready"
    assert found["model"]["state"] == "missing"
    assert all(finding["said"] for finding in done.json)
    assert all(finding["hint"] for finding in done.json if finding["state"] in {"missing", "broken"})


def test_with_everything_each_part_really_works(desktop: Desktop, model_server: ModelServer) -> None:
    with desktop.sound.record_speaker() as heard:
        done = aloud(
            "doctor",
            "--json",
            ALOUD_RECOGNISER__MODEL="test.en",
            ALOUD_KEYS__DICTATE="pause",
            ALOUD_CHAT__BASE_URL=model_server.base_url,
            ALOUD_CHAT__MODEL="blue-books",
            ALOUD_API_KEY=model_server.KEY,
        )
        heard.wait_for_silence()
    assert np.abs(heard.samples).max() > 0.05
    found = by_part(done.json)
    ready = {part for part, finding in found.items() if finding["state"] == "ready"}
    assert ready >= {"settings", "disk", "display", "keys", "voice", "recogniser", "model", "insertion"}, (
        done.json
    )
    said = found["recogniser"]["said"]
    assert wer(SENTENCE, said[said.index("“") + 1 : said.index("”")]) <= 0.2
    assert done.code == 0


def test_a_broken_part_gives_exit_code_1() -> None:
    done = aloud("doctor", "--json", ALOUD_CHAT__BASE_URL="http://localhost:1", ALOUD_CHAT__MODEL="any")
    assert by_part(done.json)["model"]["state"] == "broken"
    assert done.code == 1
