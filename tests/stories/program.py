"""The program as a user has it: started on a desktop, spoken to, looked at from outside."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

from assistant.errors import AssistantError
from assistant.keys import send
from tests.rig import Desktop, ModelServer, wait_until
from tests.rig.processes import Service
from tests.stories.screen import covered

PROJECT = Path(__file__).resolve().parents[2]
TEST_MODEL = PROJECT / "models" / "test.en"
TALK, DICTATE = "Control_R", "Pause"


def settings(server: ModelServer | None = None, model: str = "blue-books", **more: str) -> dict[str, str]:
    """Environment variables with the settings of a story: the test model, and a language model that answers."""
    chosen = {
        "ALOUD_RECOGNISER__MODEL": str(TEST_MODEL),
        "ALOUD_KEYS__DICTATE": "pause",
        "ALOUD_HEARING__CUE": "false",
    }
    if server is not None:
        chosen |= {
            "ALOUD_CHAT__BASE_URL": server.base_url,
            "ALOUD_CHAT__MODEL": model,
            "ALOUD_API_KEY": server.KEY,
        }
    return chosen | more


class Aloud:
    """`aloud` with its window, on `desktop`. Its state is what `aloud status` tells."""

    def __init__(self, desktop: Desktop, chosen: Mapping[str, str]) -> None:
        self.desktop = desktop
        self.env = {**desktop.env, **chosen, "PYTHONPATH": str(PROJECT)}
        self.log = desktop.home / "aloud.log"

    def __enter__(self) -> Self:
        self.service = Service([sys.executable, "-m", "assistant"], env=self.env, log=self.log)
        self.window = self.desktop.display.wait_for_window("Aloud", 60)
        return self

    def __exit__(self, *_: object) -> None:
        self.service.end()

    def kill(self) -> None:
        """kill -9, of this one process."""
        os.kill(self.service.pid, signal.SIGKILL)
        wait_until(lambda: not self.service.alive(), 20, "its end")

    def child(self, module: str) -> int:
        """The process id of the program's child that runs `module`."""

        def find() -> int | None:
            for process in Path("/proc").glob("[0-9]*"):
                try:
                    command = (process / "cmdline").read_bytes().decode().split("\0")
                    parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
                except (FileNotFoundError, ProcessLookupError):
                    continue
                if module in command and parent == self.service.pid:
                    return int(process.name)
            return None

        pid = wait_until(find, 20, module)
        assert pid is not None
        return pid

    def status(self) -> dict[str, Any]:
        try:
            return dict(send("status"))
        except AssistantError as error:
            if error.fault.code not in {"starting", "not-running"}:
                raise
            return {}

    def until(
        self, right: Callable[[dict[str, Any]], object], what: str, within_s: float = 60
    ) -> dict[str, Any]:
        """The first status that is `right`."""

        def look() -> dict[str, Any] | None:
            status = self.status()
            return status if status and right(status) else None

        try:
            found = wait_until(look, within_s, what)
        except Exception as error:
            error.add_note(f"last status: {self.status()}\n{self.log.read_text()[-2000:]}")
            raise
        assert found is not None
        return found

    def recover(self) -> None:
        """Take up the first thing that is offered."""
        subprocess.run([sys.executable, "-m", "assistant", "recover"], env=self.env, timeout=120, check=True)

    def until_ready(self, *needed: str) -> None:
        """Until these parts are there; without any, all that a spoken question needs."""
        needed = needed or ("keys", "hear", "transcribe", "speak")
        self.until(lambda s: all(s["parts"].get(part) == "ready" for part in needed), "all parts")

    def hold(self, key: str = TALK) -> None:
        self.desktop.display.key_down(key)
        self.until(lambda s: s["live"], "sound from the microphone")

    def let_go(self, key: str = TALK) -> None:
        self.desktop.display.key_up(key)

    def say(self, wav: Path, key: str = TALK) -> None:
        """Hold the key, play `wav` into the microphone, let go."""
        self.hold(key)
        self.desktop.sound.speak_into_microphone(wav)
        self.let_go(key)

    def command(self, *arguments: str) -> Any:
        """What `aloud … --json` prints."""
        done = subprocess.run(
            [sys.executable, "-m", "assistant", *arguments, "--json"],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return json.loads(done.stdout)


class Talk(Aloud):
    """A conversation that is spoken, looked at and sent."""

    def until_it_reads(self, text: str) -> None:
        self.until(lambda s: s["draft"] == text and s["stage"] == "editing", f"{text!r} in the composer")

    def until_sent(self) -> list[dict[str, Any]]:
        """The words of the message."""
        self.until(lambda s: s["messages"] and not s["draft"], "the message")
        words: list[dict[str, Any]] = self.command("history", "show")["messages"][0]["words"]
        return words

    def begin_anew(self) -> None:
        self.desktop.display.key("ctrl+n")
        self.until(lambda s: not s["messages"], "a new conversation")

    def open_page(self, words: str) -> None:
        """Find a page by these words of its name, with the keyboard."""
        display = self.desktop.display
        display.key("ctrl+k")
        covered(display, self.window)
        display.type(words)
        display.key("Return")
