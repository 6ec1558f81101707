"""What was copied is looked at when somebody begins to speak, where one asked for it, and never a secret."""

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from assistant.settings import Settings, Terms
from assistant.window import clipboard
from assistant.window.clipboard import text_of
from tests.window.conftest import Open, rest, until

WINDOWS = 'application/x-qt-windows-mime;value="{}"'


def copied(text: str = "np.einsum", kind: str = "", value: bytes = b"") -> QMimeData:
    data = QMimeData()
    data.setText(text)
    if kind:
        data.setData(kind, value)
    return data


@pytest.mark.parametrize(
    ("kind", "value", "secret"),
    [
        ("x-kde-passwordManagerHint", b"secret", True),
        ("x-kde-passwordManagerHint", b"secret\0", True),
        ("x-kde-passwordManagerHint", b"public", False),
        (WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"), b"\0", True),
        (WINDOWS.format("Clipboard Viewer Ignore"), b"x", True),
        (WINDOWS.format("CanIncludeInClipboardHistory"), b"\0\0\0\0", True),
        (WINDOWS.format("CanIncludeInClipboardHistory"), b"\1\0\0\0", False),
        (WINDOWS.format("CanUploadToCloudClipboard"), b"\0\0\0\0", True),
        ("text/html", b"<b>np.einsum</b>", False),
    ],
)
def test_what_a_password_manager_marks_is_not_looked_at(kind: str, value: bytes, secret: bool) -> None:
    assert text_of(copied(kind=kind, value=value)) == ("" if secret else "np.einsum")


@pytest.mark.parametrize(
    ("kinds", "secret"),
    [
        (["org.nspasteboard.ConcealedType"], True),
        (["org.nspasteboard.TransientType"], True),
        (["public.text"], False),
    ],
)
def test_on_macos_the_system_is_asked_for_the_marks(
    monkeypatch: pytest.MonkeyPatch, kinds: list[str], secret: bool
) -> None:
    monkeypatch.setattr(clipboard, "_kinds_on_macos", lambda: kinds)
    assert text_of(copied()) == ("" if secret else "np.einsum")


def test_of_a_long_text_only_the_end_is_looked_at_and_a_picture_has_none() -> None:
    assert text_of(copied("x" * 5_000_000 + " the_end"))[-8:] == " the_end"
    assert len(text_of(copied("x" * 5_000_000))) == 100_000
    assert text_of(QMimeData()) == ""


@pytest.mark.parametrize("wanted", [Terms(clipboard=True), Terms(), Terms(off=("python",))])
def test_it_is_read_once_for_each_talk_where_one_asked_for_it(
    open_window: Open, application: QApplication, wanted: Terms
) -> None:
    QGuiApplication.clipboard().setText("call my_function")
    opened = open_window(settings=Settings(terms=wanted))
    told = opened.controls.terms.on_clipboard
    for talk in (1, 2):
        opened.controls.press("talk", True)
        until(lambda: opened.window.session and opened.window.session.listening, "the talk")
        rest(0.1)
        opened.controls.press("talk", False)
        until(lambda: opened.window.session and opened.window.session.listening is None, "its end")
        assert told == (["call my_function"] * talk if wanted.clipboard else [])
    application.clipboard().clear()
