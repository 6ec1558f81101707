"""`aloud score`: read by a voice or by a person, kept, compared, and what is said where it cannot be."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import paths, settings
from assistant.cli.score import _put_right
from assistant.terms.matcher import spoken_words
from tests.cli.command import PROJECT, aloud
from tests.rig import SoundServer
from tests.rig.speech import synthesise

MODEL = PROJECT / "models" / "test.en"


def test_a_voice_reads_a_set_and_the_score_is_kept_and_compared() -> None:
    assert aloud("score", "--list").code == 0
    first = aloud("score", "--speak", "--set", "2", "--model", MODEL, "--json")
    assert first.code == 0, first.err
    assert (first.json["sentences"], first.json["whole"], first.json["reader"]) == (8, True, "voice")
    assert (first.json["last"], first.json["others"]) == (None, [])
    assert 0 <= first.json["put_right"]["term_error_rate"] <= first.json["as_heard"]["term_error_rate"] <= 1
    second = aloud("score", "--speak", "--set", "2", "--model", MODEL)
    assert "last time" in second.out
    assert "Change" in second.out
    listed = aloud("score", "--list", "--json").json
    assert [score["set_number"] for score in listed] == [2, 2]
    assert listed[0]["as_heard"] == first.json["as_heard"]


def test_what_was_read_before_ctrl_c_is_scored_and_kept(
    sound_server: SoundServer, private_environment: Path, tmp_path: Path
) -> None:
    spoken = synthesise("Please read the answer aloud.", tmp_path / "spoken.wav")
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "score", "--model", str(MODEL)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as reading:
        assert reading.stdin is not None
        assert reading.stderr is not None
        told = iter(reading.stderr.readline, "")
        assert next(line for line in told if line.startswith("1/8"))
        sound_server.speak_into_microphone(spoken)
        reading.stdin.write("\n")
        reading.stdin.flush()
        assert next(line for line in told if line.startswith("2/8"))
        reading.send_signal(signal.SIGINT)
        printed, complained = reading.communicate(timeout=60)
    assert reading.returncode == 0, complained
    assert "terms wrong" in printed
    (score,) = aloud("score", "--list", "--json").json
    assert (score["sentences"], score["whole"], score["reader"]) == (1, False, "you")


@pytest.mark.usefixtures("private_environment")
def test_a_score_is_put_right_with_what_the_user_taught_as_a_talk_is() -> None:
    assert aloud("terms", "rules", "add", "frob nicate", "Frobnik", "--yes").code == 0
    put_right = _put_right(settings.load(paths.settings_file()).terms)
    assert put_right(spoken_words("We met frob nicate.")) == "We met Frobnik."


def test_bad_input_is_one_sentence_and_exit_code_2(private_environment: Path) -> None:
    for arguments in (("--set", "99"), ("--speak", "--model", "no-such-model")):
        done = aloud("score", *arguments)
        assert done.code == 2
        assert len(done.err.strip().splitlines()) == 1, done.err
    assert aloud("score", "--list", "--json").json == []
