"""How long a key takes in a composer with a long transcript, and how many keys put a doubtful word right."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from scripts.term_benchmarks.row import Row, Task

_WORDS = 20_000
_QUICK_WORDS = 500
_KEY_MS_AT_MOST = 16
_KEYS_AT_MOST = 2
_TIMES = 30
_QUICK_TIMES = 3


def measure(task: Task) -> Iterator[Row]:
    """The slowest of every kind of key, at the beginning, in the middle and at the end; in a process of its own."""
    words, times = (_QUICK_WORDS, _QUICK_TIMES) if task.quick else (_WORDS, _TIMES)
    command = [sys.executable, "-m", __name__, str(words), str(times)]
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    told = json.loads(done.stdout)
    kinds: dict[str, list[float]] = told["ms"]
    worst = max(kinds, key=lambda kind: max(kinds[kind]))
    most, every = max(kinds[worst]), [ms for one in kinds.values() for ms in one]
    yield Row(
        f"a key in a composer with {words:,} words, the slowest of {len(every)}",
        most,
        "ms",
        f"median {median(every):.1f} ms; the slowest was {worst}",
        f"≤ {_KEY_MS_AT_MOST} ms",
        most <= _KEY_MS_AT_MOST,
    )
    yield Row(
        "keystrokes that put a doubtful word right whose right form is offered",
        told["keystrokes"],
        "keys",
        "Tab and the number of the row",
        f"≤ {_KEYS_AT_MOST}",
        told["keystrokes"] <= _KEYS_AT_MOST,
    )


def _main(words: int, times: int) -> None:
    """Types into the whole window, with everything that a key sets off; prints the times by kind of key, in ms."""
    from assistant.settings import Settings
    from assistant.window.app import assemble, make_application
    from tests.fakes.controls import FakeControls

    application = make_application()
    controls = FakeControls(Settings())
    with tempfile.TemporaryDirectory() as folder:
        window, bridge, errands = assemble(controls, Settings(), Path(folder) / "window.ini")
        window.show()
        controls.start(bridge)
        kinds = _Keys(window.talk.card.composer, application.processEvents).measure(words, times)
        keystrokes = _keystrokes(window.talk.card.composer)
        controls.stop()
        errands.stop()
        window.hide()
        print(json.dumps({"ms": kinds, "keystrokes": keystrokes}), flush=True)
        window.deleteLater()
        application.processEvents()


class _Keys:
    """Presses keys and notes how long each took, until everything that it set off was done."""

    def __init__(self, composer, settle) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        self._composer, self._settle = composer, settle

    def measure(self, words: int, times: int) -> dict[str, list[float]]:
        from PySide6.QtCore import Qt

        key, none, control = (
            Qt.Key,
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ControlModifier,
        )
        kinds = {
            "a letter": [(key.Key_A, none)],
            "a space": [(key.Key_Space, none)],
            "Backspace": [(key.Key_Backspace, none)],
            "an arrow": [
                (key.Key_Left, none),
                (key.Key_Up, none),
                (key.Key_Right, none),
                (key.Key_Down, none),
            ],
            "undo or redo": [(key.Key_Z, control), (key.Key_Y, control)],
            "Tab": [(key.Key_Tab, none)],
            "Tab or a number": [(key.Key_Tab, none), (key.Key_1, none)],
            "Tab or Esc": [(key.Key_Tab, none), (key.Key_Escape, none)],
        }
        self._composer.place(_transcript(words), 0.5)
        ended = time.monotonic() + 1
        while time.monotonic() < ended:
            self._settle()
        found: dict[str, list[float]] = {}
        last = self._composer.document().characterCount() - 1
        for place in (0, last // 2, last):
            self._composer.go_to(place, place)
            self._settle()
            for kind, keys in kinds.items():
                taken = [self._press_ms(*keys[at % len(keys)]) for at in range(times)]
                found.setdefault(kind, []).extend(taken)
        return found

    def _press_ms(self, key, modifiers) -> float:  # type: ignore[no-untyped-def]  # noqa: ANN001
        from PySide6.QtTest import QTest

        began = time.perf_counter()
        QTest.keyClick(self._composer, key, modifiers)
        self._settle()
        return (time.perf_counter() - began) * 1000


def _keystrokes(composer) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """How many keys it takes from a doubtful word to the one that was said, which is offered second."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from assistant.turn.transcript import Alternative, Transcript, Word

    offered = (Alternative("board"), Alternative("broadcasting", "python"))
    composer.load("")
    composer.place(
        Transcript(8, (Word("Use"), Word(" broad", probability=0.2, alternatives=offered)), ""), 0.5
    )
    for count, key in enumerate((Qt.Key.Key_Tab, Qt.Key.Key_2), 1):
        QTest.keyClick(composer, key)
        if composer.toPlainText() == "Use broadcasting":
            return count
    raise AssertionError(composer.toPlainText())


def _transcript(count: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Words as long as English ones, in sentences, one in twenty doubtful, one in fifty replaced."""
    from assistant.turn.transcript import Alternative, Origin, Transcript, Word

    chance = random.Random(1)
    guesses = (Alternative("broadcasting", "python"), Alternative("board"))
    words = []
    for at in range(count):
        text = "".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 8))) + "." * (at % 14 == 13)
        begun, lot = at * 0.4, chance.random()
        word = Word(f" {text}" if at else text, begun, begun + 0.3, 0.95)
        if lot < 0.05:
            word = Word(word.text, begun, begun + 0.3, 0.2, alternatives=guesses)
        elif lot < 0.07:
            word = Word(word.text, begun, begun + 0.3, 0.95, Origin.REPLACED, "num pie", "python")
        words.append(word)
    return Transcript(7, tuple(words), "made", "en")


if __name__ == "__main__":
    _main(int(sys.argv[1]), int(sys.argv[2]))
