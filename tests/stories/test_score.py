"""A score of one's own is taken with the real microphone: sentence by sentence, given up in the middle, and gone on with."""

from pathlib import Path

from assistant import paths
from assistant.terms.score import read_sentences
from assistant.terms.scores import Score, kept
from tests.rig import wait_until
from tests.rig.speech import synthesise
from tests.stories import screen
from tests.stories.program import TALK, Talk

COUNT = 8
WORDS = 3  # of each sentence are read, for the time's sake
MOST_SCORES_S = 60


class Reader:
    """Somebody who reads the first set."""

    def __init__(self, talk: Talk, folder: Path) -> None:
        self.talk, self.display = talk, talk.desktop.display
        sentences = read_sentences(paths.score_sentences_file().read_text(encoding="utf-8"))[1]
        self.wavs = [
            synthesise(" ".join(sentence.text.split()[:WORDS]), folder / f"{number}.wav")
            for number, sentence in enumerate(sentences)
        ]
        self._heard_s = 0.0

    def says(self, number: int) -> None:
        """Once it is listened to: read this sentence."""
        talk, before_s = self.talk, self._heard_s
        talk.until(lambda s: s["live"] and (not before_s or s["duration_s"] < before_s), "the microphone")
        talk.desktop.sound.speak_into_microphone(self.wavs[number])
        heard = talk.until(lambda s: s["live"] and s["duration_s"] > 1, "sound")
        self._heard_s = heard["duration_s"]


def changed(button: screen.Box, before: screen.Box) -> bool:
    """Whether it says something else than before."""
    return button.left != before.left


def until_kept(sentences: int, *, whole: bool) -> Score:
    def look() -> Score | None:
        scores = kept(paths.scores_file())
        return next((one for one in scores if (one.sentences, one.whole) == (sentences, whole)), None)

    found = wait_until(look, MOST_SCORES_S, f"a score of {sentences} sentences")
    assert found is not None
    return found


def test_a_score_is_begun_with_the_mouse_given_up_in_the_middle_and_gone_on_with_to_its_end(
    talk: Talk, tmp_path: Path
) -> None:
    reader, display = Reader(talk, tmp_path), talk.desktop.display
    talk.open_page("score of")
    display.click(*screen.button(display, talk.window).middle)
    reader.says(0)
    display.key("space")
    reader.says(1)
    display.key("space")
    reader.says(2)
    display.key("Escape")
    half = until_kept(2, whole=False)

    # what was read is not lost: the rest is read with the talk key and with the space bar
    talk.until(lambda s: not s["live"], "the microphone to be closed")
    display.key_down(TALK)
    reader.says(2)
    following = screen.button(display, talk.window)
    display.key_up(TALK)
    wait_until(lambda: changed(screen.button(display, talk.window), following), 20, "the button to go on")
    display.key("space")
    for number in range(3, COUNT):
        reader.says(number)
        display.key("space")
    whole = until_kept(COUNT, whole=True)
    assert whole.at_s == half.at_s
    assert kept(paths.scores_file()) == (whole,), "it stands in the place of the half one"
    assert whole.model == "test.en"
    assert talk.status()["messages"] == []
    assert talk.status()["draft"] == ""
