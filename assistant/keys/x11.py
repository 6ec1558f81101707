"""The keyboard of an X display.

Raw events of the X Input Extension tell of every key and mouse button, whoever has the focus or a grab, and without
the server's own auto-repeat. That of a remote desktop's client comes as releases, each with a press at its heels: a
release is believed when the server, asked once more, has nothing of the kind. A bare modifier is heard by them and stays an ordinary modifier for everybody else; any other key or chord
is grabbed as well.

pynput hears keys on X, too, but cannot be stopped before the next key comes, keeps the layout it began with, and
writes a traceback to the terminal when the display goes away.
"""

import contextlib
import logging
import platform
import queue
import select
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from Xlib import X
from Xlib.display import Display
from Xlib.error import ConnectionClosedError, DisplayConnectionError, DisplayNameError
from Xlib.ext import ge, xinput

from assistant.keys.capture import Capture
from assistant.keys.keyboard import Heard, NoKeyboard, Report, in_use
from assistant.keys.names import Chord, modifier_of
from assistant.keys.x11_clock import ServerClock
from assistant.keys.x11_grabs import Grabs
from assistant.keys.x11_keymap import Keymap
from assistant.ports import TYPING_MARK
from assistant.turn.events import Fault, Goal, PartChanged, Readiness, Remedy
from assistant.turn.press import EscapeDown, Input, KeyDown, KeyUp, OtherDown

log = logging.getLogger(__name__)

# A first connection of python-xlib asks for the processor's name, by a program that it waits for, and never looks at it.
platform.uname().__dict__.setdefault("processor", "")

_RAW_EVENT = struct.Struct("=HIIH")  # device, time, keycode or button, the device it came from
_AT_ITS_HEELS_MS = 5
_GONE = Fault(
    "display-gone",
    "The X display is gone, and the global keys with it.",
    "Start Aloud again when it is back.",
)

_Job = Callable[["_Listener | NoKeyboard"], None]


class X11Keyboard:
    """One thread owns all that has to do with the display. `no_display` is what to say when there is none."""

    def __init__(self, no_display: Fault) -> None:
        self._no_display = no_display
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._bell: tuple[socket.socket, socket.socket] | None = None
        self._thread: threading.Thread | None = None

    def start(self, heard: Heard, report: Report) -> None:
        self._bell = socket.socketpair()
        self._thread = threading.Thread(
            target=self._run, args=(self._bell[1], heard, report), name="X keys", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        self._ask(None)
        if self._thread is not None:
            self._thread.join()
        for end in self._bell or ():
            end.close()

    def use(self, talk: Chord, dictate: Chord | None) -> None:
        self._ask(lambda keys: keys.use(talk, dictate))

    def capture(self, done: Callable[[str], None]) -> None:
        self._ask(lambda keys: keys.capture(done))

    def _ask(self, job: _Job | None) -> None:
        self._jobs.put(job)
        if self._bell is not None:
            self._bell[0].send(b"\0")

    def _run(self, bell: socket.socket, heard: Heard, report: Report) -> None:
        try:
            with contextlib.closing(_Listener(heard, report)) as listener:
                self._serve(listener, bell)
        except (DisplayConnectionError, DisplayNameError) as error:
            log.warning("no X display: %s", str(error))
            self._serve_nobody(NoKeyboard(Readiness.MISSING, self._no_display), heard, report)
        except ConnectionClosedError as error:
            log.warning("the X display is gone: %s", error)
            self._serve_nobody(NoKeyboard(Readiness.BROKEN, _GONE), heard, report)

    def _serve(self, listener: "_Listener", bell: socket.socket) -> None:
        while True:
            while not self._jobs.empty():
                job = self._jobs.get()
                if job is None:
                    return
                job(listener)
            listener.take_events()
            ready, _, _ = select.select([*listener.filenos, bell.fileno()], [], [])
            if bell.fileno() in ready:
                bell.recv(4096)

    def _serve_nobody(self, nobody: NoKeyboard, heard: Heard, report: Report) -> None:
        nobody.start(heard, report)
        while (job := self._jobs.get()) is not None:
            job(nobody)


class _Listener:
    """What the thread does with the display."""

    def __init__(self, heard: Heard, report: Report) -> None:
        self._heard, self._report = heard, report
        self._display = Display()
        self._display.set_error_handler(lambda error, _: log.warning("X error: %s", error))
        self._clock = ServerClock()
        self._keymap = Keymap(self._display)
        self._grabs = Grabs(lambda goal, ms: self._hear(KeyDown(goal), ms))
        self._bare: dict[int, Goal] = {}
        self._chords: tuple[Chord, Chord | None] | None = None
        self._told: PartChanged | None = None
        self._capture: Capture | None = None
        self._mark = self._display.intern_atom(TYPING_MARK)
        self._typing = False
        self._waiting: deque[Any] = deque()
        self._synthetic = self._listen()

    @property
    def filenos(self) -> tuple[int, ...]:
        return (int(self._display.fileno()), *self._grabs.filenos)

    def close(self) -> None:
        for connection in (self._grabs, self._display):
            with contextlib.suppress(ConnectionClosedError):
                connection.close()

    def _listen(self) -> set[int]:
        """Ask for raw events; return the devices that programs press keys with."""
        # Version 2.1 and later deliver raw events also while another program has grabbed the keyboard.
        opcode = self._display.display.get_extension_major(xinput.extname)
        xinput.XIQueryVersion(display=self._display.display, opcode=opcode, major_version=2, minor_version=2)
        root = self._display.screen().root
        mask = xinput.RawKeyPressMask | xinput.RawKeyReleaseMask | xinput.RawButtonPressMask
        root.xinput_select_events([(xinput.AllMasterDevices, mask)])
        root.change_attributes(event_mask=X.PropertyChangeMask)
        devices = self._display.xinput_query_device(xinput.AllDevices).devices
        return {device.deviceid for device in devices if "XTEST" in device.name}

    # what is asked of it

    def use(self, talk: Chord, dictate: Chord | None) -> None:
        self._chords = (talk, dictate)
        chords = {Goal.ASK: talk, Goal.DICTATE: dictate or self._default_dictate()}
        keycodes = {goal: self._keymap.keycodes(chord.key) for goal, chord in chords.items()}
        self._bare = {code: goal for goal, chord in chords.items() if chord.bare for code in keycodes[goal]}
        wanted = {
            (code, self._keymap.mask(chord)): goal
            for goal, chord in chords.items()
            if not chord.bare
            for code in keycodes[goal]
        }
        taken = self._grabs.use(wanted, self._keymap.lock_masks)
        faults = [_not_there(chords[goal]) for goal in chords if not keycodes[goal]]
        faults += [_taken(chords[goal]) for goal in chords if goal in taken]
        state = in_use(chords[Goal.ASK], chords[Goal.DICTATE], faults[0] if faults else None)
        if state != self._told:
            self._told = state
            self._report(state)

    def capture(self, done: Callable[[str], None]) -> None:
        if self._capture is not None:
            self._capture.cancel()
        self._capture = Capture(done)
        self._grabs.swallow_everything()

    def _default_dictate(self) -> Chord:
        return Chord("right alt" if self._keymap.keycodes("right alt") else "pause")

    # what happens

    def take_events(self) -> None:
        self._grabs.take_events()
        while self._waiting or self._display.pending_events():
            event = self._waiting.popleft() if self._waiting else self._display.next_event()
            if event.type == ge.GenericEventCode:
                self._grabs.take_events()  # a press that was grabbed comes before its raw release
                _, ms, code, source = _RAW_EVENT.unpack_from(event.data)
                if not (self._typing and source in self._synthetic):
                    self._take_raw(event.evtype, code, ms)
            elif event.type == X.PropertyNotify and event.atom == self._mark:
                self._typing = event.state == X.PropertyNewValue
            elif event.type == X.MappingNotify:
                self._take_layout(event)

    def _take_raw(self, kind: int, code: int, ms: int) -> None:
        if self._capture is not None:
            self._take_captured(self._capture, kind, code)
        elif kind == xinput.RawKeyRelease:
            goals = {*self._grabs.goals(code), *([self._bare[code]] if code in self._bare else [])}
            if goals and not self._pressed_again(code, ms):
                for goal in goals:
                    self._hear(KeyUp(goal), ms)
        elif kind == xinput.RawKeyPress and code in self._bare:
            self._hear(KeyDown(self._bare[code], bare=True), ms)
        elif kind == xinput.RawKeyPress and code in self._keymap.keycodes("esc"):
            self._hear(EscapeDown(), ms)
        else:
            self._hear(OtherDown(), ms)

    def _pressed_again(self, code: int, released_ms: int) -> bool:
        """Whether the server already tells of a press that no finger can have made so soon after the release."""
        self._display.sync()
        while self._display.pending_events():
            self._waiting.append(self._display.next_event())
        return any(
            event.type == ge.GenericEventCode
            and event.evtype == xinput.RawKeyPress
            and (raw := _RAW_EVENT.unpack_from(event.data))[2] == code
            and raw[1] - released_ms <= _AT_ITS_HEELS_MS
            for event in self._waiting
        )

    def _take_captured(self, capture: Capture, kind: int, code: int) -> None:
        name = self._keymap.name(code)
        if kind == xinput.RawKeyPress:
            capture.press(name, modifier_of(name))
        elif kind == xinput.RawKeyRelease:
            capture.release(name)
        else:
            capture.cancel()
        if capture.over:
            self._capture = None
            self._grabs.swallow_nothing()

    def _take_layout(self, event: Any) -> None:
        self._display.refresh_keyboard_mapping(event)
        self._keymap = Keymap(self._display)
        if self._chords is not None:
            self.use(*self._chords)

    def _hear(self, happened: Input, ms: int) -> None:
        self._heard(happened, self._clock.local(ms, time.monotonic()))


def _taken(chord: Chord) -> Fault:
    message = f"Another program already uses {chord.pretty()}."
    return Fault("key-taken", message, "Choose another key.", Remedy.CHOOSE_KEY)


def _not_there(chord: Chord) -> Fault:
    message = f"There is no {chord.pretty()} on this keyboard."
    return Fault("no-such-key", message, "Choose another key.", Remedy.CHOOSE_KEY)
