"""A long answer that streams in costs no more for each word than a short one."""

import pytest

from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.states import Reply, Session
from assistant.window.pieces import LONGEST
from tests.window.conftest import LaidOut, Open

LONG = 200_000  # characters
WORD = 60  # what comes within a thirtieth of a second, or more

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


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_word_of_a_long_answer_lays_out_only_the_end_of_it(
    open_window: Open, laid_out: list[LaidOut], kind: str
) -> None:
    opened = open_window()
    piece = KINDS[kind]
    answer = BEGINNINGS.get(kind, "") + piece * (LONG // len(piece) + 1)
    conversation = Conversation("c", (Message(1, Role.USER, "Go on."),), "Go on.")

    def show(length: int) -> None:
        opened.show(Session(3, conversation, reply=Reply(2, 1, aloud=False, text=answer[:length])))

    show(LONG // 2)
    for length in range(LONG // 2, LONG // 2 + 40 * WORD, WORD):
        laid_out.clear()
        show(length + WORD)
        assert len(laid_out) <= 3
        assert sum(one.characters for one in laid_out) <= 2.5 * LONGEST
        assert opened.conversation.offset == opened.conversation.verticalScrollBar().maximum()
    laid_out.clear()
    show(LONG)
    assert sum(one.characters for one in laid_out) <= LONG / 10
    assert opened.conversation.offset == opened.conversation.verticalScrollBar().maximum()
