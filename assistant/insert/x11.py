"""Text into the program that has the focus of an X display: by the clipboard, and the keys that paste.

The text is put on the clipboard, the keys are pressed, and what was on the clipboard before is put back when the
program has read the text; another program that reads it, such as a clipboard manager, does not count. Until then, and
for `_SETTLE_S` longer, the text can be read again, since some programs ask more than once.
"""

import contextlib
import logging
import queue
import socket
import threading
import time
from typing import Any

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.error import ConnectionClosedError, DisplayConnectionError, DisplayNameError

from assistant.insert import notes
from assistant.insert.plain_text import plain_text
from assistant.insert.programs import Paste, program_of
from assistant.insert.x11_content import Content, text_content
from assistant.insert.x11_events import Events
from assistant.insert.x11_focus import Target, client_of, focused, pid_of
from assistant.insert.x11_owner import Owner
from assistant.insert.x11_paste import PasteKeys
from assistant.insert.x11_reader import Reader
from assistant.ports import Emit
from assistant.turn.events import Fault, Inserted, Part, PartChanged, Readiness, StageFailed

log = logging.getLogger(__name__)

_TAKEN_WITHIN_S = 1.5
_SETTLE_S = 0.2
_KEEP_WITHIN_S = 2.0
_TURNS_NOTED = 32

_Job = tuple[int, str]


class X11Inserter:
    """The port Inserter. One thread owns the connection to the display."""

    def __init__(self) -> None:
        self._noted: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._bell: tuple[socket.socket, socket.socket] | None = None
        self._thread: threading.Thread | None = None

    def start(self, emit: Emit) -> None:
        self._bell = socket.socketpair()
        self._thread = threading.Thread(
            target=self._run, args=(self._bell[1], emit), name="insert", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        self._jobs.put(None)
        self._ring()
        if self._thread is not None:
            self._thread.join()
        for end in self._bell or ():
            end.close()

    def note_target(self, turn: int) -> None:
        self._noted.put(turn)
        self._ring()

    def insert(self, turn: int, text: str) -> None:
        self._jobs.put((turn, text))
        self._ring()

    def _ring(self) -> None:
        if self._bell is not None:
            self._bell[0].send(b"\0")

    def _run(self, bell: socket.socket, emit: Emit) -> None:
        try:
            with contextlib.closing(Display()) as display:
                emit(PartChanged(Part.INSERT, Readiness.READY))
                _Desk(display, bell, self._noted, emit).work(self._jobs)
                return
        except (DisplayConnectionError, DisplayNameError) as error:
            fault = notes.NO_DISPLAY
            log.warning("no X display: %s", str(error))
        except ConnectionClosedError as error:
            fault = notes.DISPLAY_GONE
            log.warning("the X display is gone: %s", str(error))
        emit(PartChanged(Part.INSERT, Readiness.MISSING, fault=fault))
        while (job := self._jobs.get()) is not None:
            emit(StageFailed(job[0], Part.INSERT, fault))


class _Desk:
    """What the thread does with the display."""

    def __init__(
        self, display: Display, bell: socket.socket, noted: "queue.SimpleQueue[int]", emit: Emit
    ) -> None:
        self._display, self._noted, self._emit = display, noted, emit
        display.set_error_handler(lambda error, _: log.warning("X error: %s", error))
        self._window = display.screen().root.create_window(
            0, 0, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask
        )
        self._events = Events(display, bell, self._handle, self._note_targets)
        self._owner = Owner(display, self._window, self._read_by)
        self._reader = Reader(display, self._window, self._events.wait)
        self._keys = PasteKeys(display)
        self._clipboard = display.intern_atom("CLIPBOARD")
        self._stamp = display.intern_atom("_ALOUD_STAMP")
        self._now = 0
        self._targets: dict[int, Target | None] = {}
        self._target: Target | None = None
        self._read = False
        self._taken = False
        self._kept: dict[int, Content | None] = {}
        self._restore_at: float | None = None

    def work(self, jobs: "queue.SimpleQueue[_Job | None]") -> None:
        while True:
            if self._events.wait(lambda: not jobs.empty(), self._restore_at):
                job = jobs.get()
                if job is None:
                    break
                self._insert(*job)
            elif self._restore_at is not None and self._restore_at <= time.monotonic():
                self._restore()
        self._restore()
        self._hand_over()

    def _handle(self, event: Any) -> None:
        self._owner.handle(event)
        self._reader.handle(event)
        if event.type == X.MappingNotify:
            self._display.refresh_keyboard_mapping(event)
        elif event.type == X.PropertyNotify and event.atom == self._stamp:
            self._now = event.time

    def _note_targets(self) -> None:
        while not self._noted.empty():
            self._targets[self._noted.get()] = focused(self._display)
        for turn in list(self._targets)[:-_TURNS_NOTED]:
            del self._targets[turn]

    def _insert(self, turn: int, text: str) -> None:
        self._note_targets()
        target, present = self._targets.pop(turn, None), focused(self._display)
        program = program_of(target.names if target else ())
        text = plain_text(text, one_line=program.terminal)
        note: Fault | None = None
        if target is None or present is None:
            note = notes.NO_FOCUS
        elif target.window != present.window:
            note = notes.FOCUS_CHANGED
        elif text:
            note = self._paste(target, program.paste, text)
        if note is not None and text:
            self._kept.pop(self._clipboard, None)
            self._restore()
            self._offer(self._clipboard, text_content(self._display, text))
        self._emit(Inserted(turn, note))

    def _paste(self, target: Target, paste: Paste, text: str) -> Fault | None:
        paste = self._keys.possible(paste)
        selections = [self._clipboard]
        if paste is Paste.SHIFT_INSERT:
            selections.append(Xatom.PRIMARY)
        content = text_content(self._display, text)
        for selection in selections:
            self._keep(selection)
            self._offer(selection, content)
        self._target, self._read, self._taken = target, False, False
        self._keys.press(paste)
        until = time.monotonic() + _TAKEN_WITHIN_S
        self._events.wait(lambda: self._taken or self._owner.content(self._clipboard) is None, until)
        if self._taken:
            return None
        if self._read and self._owner.content(self._clipboard) is None:
            self._restore()  # a clipboard manager has taken over, and serves the same text in our place
            return None
        return notes.NOT_TAKEN

    def _read_by(self, window: int) -> None:
        target, self._read = self._target, True
        if target is None:
            return
        same_client = client_of(self._display, window) == target.client
        if same_client or (target.pid and pid_of(self._display, window) == target.pid):
            self._taken = True
            self._restore_at = time.monotonic() + _SETTLE_S

    def _keep(self, selection: int) -> None:
        """Remember what `selection` holds, so that it can be put back."""
        ours = self._owner.content(selection)
        if ours is None:
            self._kept[selection] = self._reader.read(selection, _KEEP_WITHIN_S)
        else:
            self._kept.setdefault(selection, ours)

    def _restore(self) -> None:
        """Put back what was kept, where the selection is still ours and something could be kept."""
        for selection, content in self._kept.items():
            if self._owner.content(selection) is None:
                continue
            if content is None:
                self._owner.withdraw(selection)
            elif content:
                self._offer(selection, content)
        self._display.flush()
        self._kept, self._restore_at, self._target = {}, None, None

    def _offer(self, selection: int, content: Content) -> None:
        # A selection is owned as of a time of the server's, which it tells when a property changes.
        self._now = 0
        self._window.change_property(self._stamp, self._stamp, 8, b"")
        self._events.wait(lambda: self._now != 0, time.monotonic() + _TAKEN_WITHIN_S)
        self._owner.offer(selection, content, self._now)
        self._display.sync()

    def _hand_over(self) -> None:
        """Let the clipboard manager, if there is one, keep what we offer after we are gone."""
        manager, save = (self._display.intern_atom(name) for name in ("CLIPBOARD_MANAGER", "SAVE_TARGETS"))
        if self._owner.content(self._clipboard) and self._display.get_selection_owner(manager) != X.NONE:
            self._reader.convert(manager, save, time.monotonic() + _TAKEN_WITHIN_S)
