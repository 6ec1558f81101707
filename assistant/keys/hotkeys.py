"""The global hotkeys: one thread owns what is pressed; keyboards, the window and the command line tell it."""

import os
import queue
import sys
import threading
import time
from collections.abc import Callable

from assistant.errors import AssistantError
from assistant.keys.keyboard import Keyboard, NoKeyboard
from assistant.keys.names import parse
from assistant.ports import Emit
from assistant.turn.events import Fault, Goal, Readiness, Remedy
from assistant.turn.press import ComposerFocused, Input, KeyDown, KeyUp, PressState, TalkOver, Timing, step

_GOALS = {"talk": Goal.ASK, "dictate": Goal.DICTATE}
_OTHER_WAY = (
    "Bind a key to `aloud toggle` in your desktop's keyboard settings, or its press and release to `aloud press` "
    "and `aloud release`."
)
_WAYLAND = Fault("keys-wayland", "Under Wayland a program cannot hear global keys.", _OTHER_WAY)
_NO_DISPLAY = Fault("no-display", "Global keys need an X display, and there is none.", _OTHER_WAY)


class GlobalKeys:
    """The port Hotkeys.

    Start it before QApplication is made: on macOS a listener that starts later crashes the program.
    """

    def __init__(self, timing: Timing, keyboard: Keyboard | None = None) -> None:
        self._timing = timing
        self._keyboard = keyboard or this_keyboard()
        self._inbox: queue.SimpleQueue[tuple[Input | None, float] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def start(self, emit: Emit) -> None:
        self._thread = threading.Thread(target=self._run, args=(emit,), name="keys", daemon=True)
        self._thread.start()
        self._keyboard.start(self._hear, emit)

    def stop(self) -> None:
        self._keyboard.stop()
        self._inbox.put(None)
        if self._thread is not None:
            self._thread.join()

    def use(self, talk: str, dictate: str) -> None:
        talk_chord, dictate_chord = parse(talk), parse(dictate) if dictate else None
        if talk_chord == dictate_chord:
            message = f"{talk_chord.pretty()} cannot be the key for both asking and dictating."
            raise AssistantError("bad-key", message, "Choose another for one of them.", Remedy.CHOOSE_KEY)
        self._keyboard.use(talk_chord, dictate_chord)
        for goal in Goal:  # nobody will tell of the release of a key that is no longer used
            self._hear(KeyUp(goal), time.monotonic())

    def capture(self, done: Callable[[str], None]) -> None:
        self._keyboard.capture(done)

    def press(self, key: str, down: bool, at: float) -> None:
        goal = _GOALS[key]
        self._hear(KeyDown(goal) if down else KeyUp(goal), at)

    def over(self, since: float) -> None:
        self._hear(TalkOver(since), time.monotonic())

    def composing(self, focused: bool) -> None:
        self._hear(ComposerFocused(focused), time.monotonic())

    def _hear(self, happened: Input, at: float) -> None:
        self._inbox.put((happened, at))

    def _run(self, emit: Emit) -> None:
        state, wake_at = PressState(self._timing), None
        while (item := self._next(wake_at)) is not None:
            state, events, wake_at = step(state, *item)
            for event in events:
                emit(event)

    def _next(self, wake_at: float | None) -> tuple[Input | None, float] | None:
        """What happens next; time alone, at `wake_at`. None is the end."""
        wait_s = None if wake_at is None else max(0.0, wake_at - time.monotonic())
        try:
            return self._inbox.get(timeout=wait_s)
        except queue.Empty:
            return None, time.monotonic()


def this_keyboard() -> Keyboard:
    """The keyboard of the system we run on."""
    if sys.platform in {"win32", "darwin"}:
        from assistant.keys.listener import PynputKeyboard

        return PynputKeyboard()
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland":
        return NoKeyboard(Readiness.LIMITED, _WAYLAND)
    if not os.environ.get("DISPLAY"):
        return NoKeyboard(Readiness.MISSING, _NO_DISPLAY)
    from assistant.keys.x11 import X11Keyboard

    return X11Keyboard(_NO_DISPLAY)
