"""The process that runs the speech engine: `python -m assistant.speak.synthesiser_child`.

It says which voices there are ("voices"), or why there is no engine ("failed"). To each "say" it answers with "sound", at
the rate that was asked for (0 is the engine's own), or "failed". A process, because engines crash and hang; then it is
replaced. It rests while nothing is said: what brings sound to another rate takes memory here, not where it is played.
"""

import os
import queue
import threading

from assistant import paths
from assistant.children import Message, Parent
from assistant.errors import AssistantError
from assistant.speak.faults import packed
from assistant.speak.quiet import quiet_libraries
from assistant.speak.rate import at_rate
from assistant.speak.synthesiser import Sound, Synthesiser, system_synthesiser

_SHORT = Sound(bytes(2), 22_050)


def main() -> None:
    quiet_libraries()
    parent = Parent()
    requests: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(parent, requests), name="requests", daemon=True).start()
    try:
        engine = system_synthesiser(paths.runtime_folder())
        voices = [(voice.id, voice.name) for voice in engine.voices()]
    except AssistantError as error:
        parent.send("failed", **packed(error.fault))
        return
    parent.send("voices", voices=voices)
    at_rate(_SHORT, 48_000)  # what this imports is there before the first passage
    while True:
        _say(parent, engine, requests.get())


def _receive(parent: Parent, requests: "queue.SimpleQueue[Message]") -> None:
    while (message := parent.receive()) is not None:
        requests.put(message)
    # The engine may be stuck in C code, which nothing but the end of the process ends.
    os._exit(0)


def _say(parent: Parent, engine: Synthesiser, request: Message) -> None:
    wish = request.data
    try:
        sound = engine.synthesise(wish["text"], wish["voice"], wish["rate_wpm"])
        sound = at_rate(sound, wish["rate_hz"] or sound.rate_hz)
    except AssistantError as error:
        parent.send("failed", **packed(error.fault))
    else:
        parent.send("sound", sound.pcm, rate_hz=sound.rate_hz)


if __name__ == "__main__":
    main()
