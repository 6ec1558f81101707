"""Names that the recogniser does not know come right: real sound, a real model, the shipped dictionaries."""

from pathlib import Path

from tests.rig import Desktop, ModelServer
from tests.rig.speech import synthesise
from tests.stories.program import Aloud, settings

SPOKEN = "The script needs pie test, num pie and cube cuddle."


def test_three_misheard_names_are_put_right_before_they_are_sent(
    desktop: Desktop, model_server: ModelServer, tmp_path: Path
) -> None:
    spoken = synthesise(SPOKEN, tmp_path / "names.wav")
    with Aloud(desktop, settings(model_server)) as aloud:
        aloud.until_ready()
        aloud.say(spoken)
        sent = aloud.until(lambda s: s["messages"], "the question")
    assert sent["messages"][0]["text"] == "The script needs pytest, numpy and kubectl."
    words = aloud.command("history", "show")["messages"][0]["words"]
    replaced = {word["text"].strip(",."): word["heard"] for word in words if word["origin"] == "replaced"}
    assert replaced == {"pytest": "pie test", "numpy": "num pie", "kubectl": "cube cuddle"}
