"""The real window on a real display, with a scripted program behind it."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from assistant.settings import Settings
from assistant.turn.events import Event
from assistant.turn.states import Session
from assistant.window.app import assemble, make_application
from assistant.window.bridge import Bridge
from assistant.window.composer import Composer
from assistant.window.conversation import ConversationView
from assistant.window.flow import Flow
from assistant.window.look import Look
from assistant.window.main_window import MainWindow
from tests.fakes.controls import FakeControls
from tests.rig import Display
from tests.rig.desktop import bare_environment

T = TypeVar("T")
E = TypeVar("E", bound=Event)

WAIT_S = 20.0


@pytest.fixture(scope="package")
def screen() -> Iterator[Display]:
    """One display for all tests of the window: Qt keeps its connection for the life of the process."""
    with tempfile.TemporaryDirectory(prefix="rig-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        with Display(Path(folder), bare_environment(home)) as display:
            yield display


@pytest.fixture(scope="package")
def application(screen: Display) -> Iterator[QApplication]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DISPLAY", screen.name)
        environment.setenv("QT_QPA_PLATFORM", "xcb")
        application = make_application()
        yield application
        application.shutdown()


@pytest.fixture(autouse=True)
def no_complaints(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What Qt warns of, and what goes wrong in a slot, fails the test."""
    complaints: list[str] = []

    def message(kind: QtMsgType, _: QMessageLogContext, text: str | None) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            complaints.append(str(text))

    def exception(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        complaints.append(f"{kind.__name__}: {error}")

    monkeypatch.setattr(sys, "excepthook", exception)
    before = qInstallMessageHandler(message)
    yield
    qInstallMessageHandler(before)
    if complaints:
        pytest.fail("\n".join(complaints))


def until(check: Callable[[], T | None], what: str = "it", within_s: float = WAIT_S) -> T:
    """Let the window work until `check` answers something true; return that."""
    deadline = time.monotonic() + within_s
    while True:
        QCoreApplication.processEvents()
        answer = check()
        if answer:
            return answer
        if time.monotonic() > deadline:
            pytest.fail(f"waited {within_s:g} s for {what}")
        time.sleep(0.002)


def rest(seconds: float = 0.15) -> None:
    """Let the window work for a moment, where nothing is to happen."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.002)


@pytest.fixture
def look(application: QApplication) -> Look:
    return Look("light")


@pytest.fixture
def composer(application: QApplication, look: Look) -> Iterator[Composer]:
    """With the focus, at the bottom of a widget with room for what lies over it."""
    host = QWidget()
    host.resize(320, 360)
    made = Composer(look, host)
    made.move(8, 200)
    made.resize(300, 60)
    host.show()
    QTest.qWaitForWindowExposed(host)
    host.activateWindow()
    made.setFocus()
    until(made.hasFocus, "the composer to have the focus")
    yield made
    host.hide()
    host.deleteLater()


@dataclass(frozen=True)
class LaidOut:
    """A piece of a text that was laid out: number `index` of its flow, so many characters long."""

    flow: Flow
    index: int
    characters: int


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[LaidOut]:
    """Every piece of text that is rendered or laid out from now on: what makes the window slow where it is much."""
    laid: list[LaidOut] = []
    lay = Flow._lay

    def noted(flow: Flow, index: int) -> None:
        piece = flow._pieces.all()[index]
        laid.append(LaidOut(flow, index, piece.end - piece.start))
        lay(flow, index)

    monkeypatch.setattr(Flow, "_lay", noted)
    return laid


class Opened:
    """The window on the screen, and the program behind it."""

    def __init__(self, window: MainWindow, bridge: Bridge, controls: FakeControls, screen: Display) -> None:
        self.window = window
        self.bridge = bridge
        self.controls = controls
        self.screen = screen
        self.talk = window.talk
        self.composer = window.talk.card.composer

    @property
    def conversation(self) -> ConversationView:
        return self.window.talk.conversation

    def show(self, session: Session) -> None:
        """Let the window show this session, and wait until it does."""
        self.controls.show(session)
        until(lambda: self.window.session is session, "the session to be shown")

    def focus(self) -> None:
        """Give it the keyboard."""
        until(lambda: self.screen.windows(), "the window to be managed")
        self.screen.focus(int(self.window.winId()))
        until(self.window.isActiveWindow, "the window to be active")

    def press(self, *keys: str) -> None:
        """Press real keys, as xdotool names them."""
        self.screen.key(*keys)
        rest(0.05)

    def write(self, text: str) -> None:
        """Type into the composer, and wait until it stands there."""
        self.screen.type(text)
        until(lambda: text in self.text, f"'{text}' to be typed")

    def wait_for(self, kind: type[E]) -> E:
        """The newest event of this kind that reached the program, once there is one."""

        def newest() -> E | None:
            return next((one for one in reversed(self.controls.events) if isinstance(one, kind)), None)

        found = until(newest, f"a {kind.__name__}")
        assert found is not None
        return found

    @property
    def text(self) -> str:
        return self.composer.toPlainText()


Open = Callable[..., Opened]


@pytest.fixture
def open_window(application: QApplication, screen: Display, private_environment: Path) -> Iterator[Open]:
    """Opens the window over a `FakeControls`, which may be given, with settings, which may be given."""
    with ExitStack() as stack:

        def open_(controls: FakeControls | None = None, settings: Settings | None = None) -> Opened:
            controls = controls or FakeControls(settings)
            window, bridge, errands = assemble(
                controls, settings or Settings(), private_environment / "window.ini"
            )
            window.show()
            controls.start(bridge)

            def end() -> None:
                controls.stop()
                errands.stop()
                window.hide()
                window.deleteLater()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
                rest(0.02)

            stack.callback(end)
            until(lambda: window.session is not None, "the first session")
            return Opened(window, bridge, controls, screen)

        yield open_


def named(root: QWidget, name: str, kind: type[QWidget] = QWidget) -> QWidget:
    """The visible widget with this accessible name."""
    found = [
        child for child in root.findChildren(kind) if child.accessibleName() == name and child.isVisible()
    ]
    assert found, f"nothing visible is called {name}"
    return found[0]
