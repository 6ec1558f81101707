"""Speech into a file. Needs a speech engine, and neither PortAudio nor a sound server."""

import tempfile
import wave
from pathlib import Path

from assistant.errors import AssistantError
from assistant.speak.portions import portions
from assistant.speak.speakable import speakable
from assistant.speak.synthesiser import Sound, Synthesiser, choose_voice
from assistant.speak.synthesiser_process import SynthesiserProcess

_PAUSE_S = 0.15  # besides the pause with which the engine ends each portion


def save_speech(markdown: str, path: Path, voice: str = "", rate_wpm: int = 200) -> None:
    """Say `markdown` into a WAV file (16-bit mono), which appears when it is complete.

    Blocks as long as the synthesis takes. Raises AssistantError: no engine, no such voice, nothing to say, no room.
    """
    said = portions(speakable(markdown))
    if not said:
        raise AssistantError("nothing-to-say", "There is nothing to say in this text.")
    synthesiser = SynthesiserProcess()
    try:
        _write(_sounds(said, synthesiser, voice, rate_wpm), path)
    finally:
        synthesiser.close()


def _sounds(said: list[str], synthesiser: Synthesiser, voice: str, rate_wpm: int) -> list[Sound]:
    chosen = choose_voice(voice, synthesiser.voices())
    return [synthesiser.synthesise(portion, chosen, rate_wpm) for portion in said]


def _write(sounds: list[Sound], path: Path) -> None:
    rate_hz = sounds[0].rate_hz
    pause = bytes(2 * round(_PAUSE_S * rate_hz))
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as new:
            unfinished = Path(new.name)
            try:
                with wave.open(new, "wb") as speech:
                    speech.setnchannels(1)
                    speech.setsampwidth(2)
                    speech.setframerate(rate_hz)
                    speech.writeframes(pause.join(sound.pcm for sound in sounds))
                new.flush()
                unfinished.replace(path)
            except BaseException:
                unfinished.unlink()
                raise
    except OSError as error:
        raise AssistantError(
            "speech-not-saved",
            f"The speech cannot be saved to {path}: {error.strerror}.",
            "Choose another place.",
        ) from error
