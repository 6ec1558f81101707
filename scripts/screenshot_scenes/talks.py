"""Conversations that are shown in the pictures."""

import dataclasses

from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.events import Part, PartChanged, Readiness
from assistant.turn.states import Session
from assistant.turn.transcript import Origin, Word

QUESTION = (
    Word("How"),
    Word(" do"),
    Word(" I"),
    Word(" use"),
    Word(" np.einsum", origin=Origin.TYPED),
    Word(" for"),
    Word(" a"),
    Word(" batch?"),
)
ANSWER = """`einsum` takes a **subscript string** and the operands. For a batched matrix product:

```python
import numpy as np

a = np.ones((8, 3, 4))
b = np.ones((8, 4, 5))
np.einsum("bij,bjk->bik", a, b)  # one matrix for each of the eight batches
```

That is what `a @ b` does, too; see [the reference](https://numpy.org/doc/) for more. Three things to *remember*:

1. The letters name axes.
2. A letter that is missing on the right is summed over:
   - `"ij->i"` sums each row
   - `"ij->"` sums everything
3. It is ~~always~~ sometimes slower.

| Subscripts | Meaning | Result |
|:-----------|:-------:|-------:|
| `ij,jk->ik` | matrix product | 2-d |
| `bij,bjk->bik` | batched product | 3-d |

> If in doubt, write the loop first, then the letters.
"""
RTL = """في بايثون يمكنك استخدام `np.einsum` لضرب المصفوفات.

- العنصر الأول
- العنصر الثاني مع `code`

אפשר גם להשתמש באופרטור `@` במקום זה, וזה בדרך כלל מהיר יותר."""
JAPANESE = """`np.einsum` は添字の文字列とオペランドを受け取ります。バッチ行列積は次のように書けます。

1. 文字は軸の名前です。
2. 右辺にない文字について和を取ります。

絵文字も大丈夫です 🙂👩‍💻🇯🇵。"""
LONG_WORDS = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft and "
    "https://example.org/a/very/long/address/that/does/not/end/before/the/line/does?with=parameters&and=more and "
    + "x"
    * 160
)
SHOWN_ANSWER = """Mount the sources, and let `pytest` run inside:

```bash
docker run --rm -v "$PWD:/src" -w /src \\
    python:3.12 sh -c \\
    "pip install numpy pytest && pytest"
```

The container is gone when the tests are over. With a `Dockerfile` of your own, the second run starts at once.
"""
READY = (
    PartChanged(Part.HEAR, Readiness.READY, "Built-in Audio"),
    PartChanged(Part.TRANSCRIBE, Readiness.READY, "base.en"),
    PartChanged(Part.THINK, Readiness.READY, "llama3.2"),
    PartChanged(Part.SPEAK, Readiness.READY, "Daniel"),
    PartChanged(Part.KEYS, Readiness.READY, in_use=("right ctrl", "right alt")),
)
LOADING = PartChanged(Part.TRANSCRIBE, Readiness.LIMITED, "base.en", progress=0.43)
EMPTY = Session(1, Conversation("c"), parts=READY)


def talk(answer: str = ANSWER, question: str = "", **changes: object) -> Session:
    asked = Message(
        1, Role.USER, question or "How do I use np.einsum for a batch?", () if question else QUESTION
    )
    reply = Message(2, Role.ASSISTANT, answer, model="llama3.2")
    conversation = Conversation("c", (asked, reply), title=asked.text)
    return dataclasses.replace(Session(3, conversation, parts=READY), **changes)  # type: ignore[arg-type]
