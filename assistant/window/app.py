"""Opens the window and stays until it is closed."""

import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier, QTimer, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from assistant import paths
from assistant.ports_controls import Controls
from assistant.settings import Settings
from assistant.window import icons
from assistant.window.bridge import Bridge
from assistant.window.desk import Desk, Preferences
from assistant.window.errands import Errands
from assistant.window.look import Look
from assistant.window.main_window import MainWindow
from assistant.window.tray import Tray

_PAINTS_WITHIN_MS = 1000


def run(controls: Controls, settings: Settings, subscribe: Callable[[Bridge], None]) -> int:
    """Show the window until it is closed or `Bridge.quit` is called; returns the exit code.

    `subscribe` is called with the `View`, on this thread, as soon as the window is painted; it must not block.
    Call this on the main thread, and once.
    """
    application = make_application()
    window, bridge, errands = assemble(controls, settings, paths.data_folder() / "window.ini")
    window.quit_asked.connect(application.quit)
    tray = Tray(application.windowIcon(), window)
    tray.show_asked.connect(window.come_forward)
    tray.quit_asked.connect(application.quit)
    window.shown.connect(tray.show_session)
    window.closed.connect(lambda: None if tray.appear() else application.quit())
    _Painted(window, lambda: subscribe(bridge))
    window.show()
    QTimer.singleShot(0, window, icons.load)  # while the desktop brings the window up
    with _signals_quit(application):
        code = application.exec()
    errands.stop()
    window.hide()
    window.deleteLater()  # before the application goes, which everything in it needs
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return code


def assemble(controls: Controls, settings: Settings, place_file: Path) -> tuple[MainWindow, Bridge, Errands]:
    """The window with what it needs, not yet on the screen; `place_file` remembers its size and place."""
    bridge, errands = Bridge(), Errands()
    look = Look(settings.window.theme)
    desk = Desk(look, controls, errands, Preferences(controls, errands, settings))
    return MainWindow(desk, bridge, place_file), bridge, errands


def make_application() -> QApplication:
    """The Qt application, with its name and icon."""
    QApplication.setApplicationName("aloud")
    QApplication.setApplicationDisplayName("Aloud")
    QApplication.setDesktopFileName("aloud")
    application = QApplication(sys.argv[:1])
    application.setStyle("fusion")
    application.setQuitOnLastWindowClosed(False)
    application.setWindowIcon(QIcon(str(paths.resources_folder() / "icon.svg")))
    return application


class _Painted(QObject):
    """Calls `then` once `window` has been painted, or could have been: another window may cover the place."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then: Callable[[], None] | None = then
        window.installEventFilter(self)
        QTimer.singleShot(_PAINTS_WITHIN_MS, self, self.tell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.tell)  # the widgets in the window are painted after it
        return False

    @Slot()
    def tell(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()


@contextmanager
def _signals_quit(application: QApplication) -> Iterator[None]:
    """Ctrl+C in the terminal and the end of the desktop's session close the window as its user would."""
    reading, writing = socket.socketpair()
    for end in (reading, writing):
        end.setblocking(False)
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: reading.recv(1))  # lets Python run, and with it the handler

    def leave(_: int, __: FrameType | None) -> None:
        QTimer.singleShot(
            0, application, application.quit
        )  # not here: Python may be in the middle of painting

    before = {number: signal.signal(number, leave) for number in (signal.SIGINT, signal.SIGTERM)}
    woken = signal.set_wakeup_fd(writing.fileno())
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in before.items():
            signal.signal(number, handler)
        notifier.setEnabled(False)
        reading.close()
        writing.close()
