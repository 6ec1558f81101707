"""A long answer that streams in never makes the window stand still."""

import gc
import threading
import time

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Slot

from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.states import Reply, Session
from tests.window.conftest import Open, until

LONG = 200_000  # characters
UPDATES = 120
LONGEST_S = 0.05

MIXED = """Some words with `code` and **bold** ones, and [a link](https://example.org).

```python
for line in lines:
    print(line)
```

1. One thing.
2. Another thing:
   - with a part

| a | b |
|---|---|
| 1 | 2 |

"""
KINDS = {
    "mixed": MIXED,
    "one paragraph": "word ",
    "one list": "- item with some `code` and words in it\n",
    "one code block": "x = foo(1, 2)  # comment\n",
    "one table": "| one | two three | four |\n",
    "japanese": "日本語の文章がここにあります。",
}
BEGINNINGS = {"one code block": "```python\n", "one table": "| a | b | c |\n|---|---|---|\n"}


class _Heartbeat(QObject):
    """Notes how much of this thread's time lies between two turns of the event loop.

    The thread's own time is taken, so that other programs on the machine do not count, and what the test suite has
    heaped up so far is kept from the garbage collector.
    """

    def __init__(self) -> None:
        super().__init__()
        gc.collect()
        gc.freeze()
        self.longest_s = 0.0
        self._last = time.thread_time()
        self._timer = QTimer(self, interval=1)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    @Slot()
    def _beat(self) -> None:
        now = time.thread_time()
        self.longest_s = max(self.longest_s, now - self._last)
        self._last = now


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_answer_streams_in_without_a_stutter(open_window: Open, kind: str) -> None:
    opened = open_window()
    piece = KINDS[kind]
    answer = (BEGINNINGS.get(kind, "") + piece * (LONG // len(piece) + 1))[:LONG]
    conversation = Conversation("c", (Message(1, Role.USER, "Go on."),), "Go on.")
    begun = Session(3, conversation, reply=Reply(2, 1, aloud=False, text=answer[:1]))
    opened.show(begun)

    def stream() -> None:
        for update in range(1, UPDATES + 1):
            text = answer[: LONG * update // UPDATES]
            opened.controls.show(Session(3, conversation, reply=Reply(2, 1, aloud=False, text=text)))
            time.sleep(1 / 30)

    heart = _Heartbeat()
    thread = threading.Thread(target=stream)
    thread.start()
    until(lambda: len(opened.conversation.items[-1].message.text) == LONG, "the whole answer", 60)
    thread.join()
    gc.unfreeze()
    assert heart.longest_s < LONGEST_S
    assert opened.conversation.offset == opened.conversation.verticalScrollBar().maximum()
