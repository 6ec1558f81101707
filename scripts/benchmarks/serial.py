"""A start as it is usual: one process imports everything, loads the model, listens to the keys, then shows its window.

Run by `starting`: `serial.py FOLDER_OF_THE_MODEL`. Prints what is ready, and when, in seconds of `time.time`.
"""

import sys
import time

import faster_whisper
import openai
import sounddevice
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QTextEdit, QVBoxLayout, QWidget
from Xlib.display import Display
from Xlib.ext import record  # noqa: F401 - what pynput listens through


def tell(what: str) -> None:
    print(what, time.time(), flush=True)


def main() -> None:
    application = QApplication(sys.argv)
    faster_whisper.WhisperModel(sys.argv[1], device="cpu", local_files_only=True)
    tell("recogniser")
    openai.OpenAI(api_key="none", base_url="http://localhost:9/v1")
    sounddevice.query_devices()
    window = _window()
    Display().screen().root.get_geometry()
    tell("keys")
    window.show()
    QTimer.singleShot(60_000, application.quit)
    application.exec()


def _window() -> QMainWindow:
    window, page = QMainWindow(), QWidget()
    column = QVBoxLayout(page)
    for widget in (QLabel("Hold the key and speak."), QTextEdit(), QLabel("Ready.")):
        column.addWidget(widget)
    window.setCentralWidget(page)
    window.setWindowTitle("Serial")
    window.resize(440, 680)
    return window


if __name__ == "__main__":
    main()
