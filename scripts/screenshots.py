"""Takes pictures of the window in everything it can show: `python scripts/screenshots.py FOLDER [SCENE…]`.

`python scripts/screenshots.py docs --docs` takes those that README and docs show.

Needs a display (or QT_QPA_PLATFORM=offscreen). Nothing is recorded, asked or spoken: the sessions are made up.
"""

import argparse
import dataclasses
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.settings import Chat, Settings, changed
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.events import Fault, Goal, Part, PartChanged, Readiness, Recording, Remedy
from assistant.turn.sentences import cut
from assistant.turn.states import Listening, Reply, Session, Speech, Transcribing
from assistant.turn.timeline import Moment, Timeline
from assistant.turn.transcript import Alternative, Origin, Transcript, Word
from assistant.window.app import assemble, make_application
from assistant.window.main_window import MainWindow
from tests.fakes.controls import FakeControls

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


def talk(answer: str = ANSWER, question: str = "", **changes: object) -> Session:
    asked = Message(
        1, Role.USER, question or "How do I use np.einsum for a batch?", () if question else QUESTION
    )
    reply = Message(2, Role.ASSISTANT, answer, model="llama3.2")
    conversation = Conversation("c", (asked, reply), title=asked.text)
    return dataclasses.replace(Session(3, conversation, parts=READY), **changes)  # type: ignore[arg-type]


READY = (
    PartChanged(Part.HEAR, Readiness.READY, "Built-in Audio"),
    PartChanged(Part.TRANSCRIBE, Readiness.READY, "base.en"),
    PartChanged(Part.THINK, Readiness.READY, "llama3.2"),
    PartChanged(Part.SPEAK, Readiness.READY, "Daniel"),
    PartChanged(Part.KEYS, Readiness.READY, in_use=("right ctrl", "right alt")),
)
EMPTY = Session(1, Conversation("c"), parts=READY)
HEARD = Transcript(
    5,
    (
        Word("and"),
        Word(" what"),
        Word(" about"),
        Word(" broad", probability=0.31),
        Word(" casting?", probability=0.4),
    ),
    "base.en",
    "en",
)


HEARD_TERMS = Transcript(
    5,
    (
        Word("Use"),
        Word(
            " broad",
            probability=0.31,
            alternatives=(
                Alternative("broadcasting", "python"),
                Alternative("broadcast"),
                Alternative("Brod", "own"),
            ),
        ),
        Word(" in"),
        Word(" numpy,", 1, 2, 0.9, Origin.REPLACED, "num pie", "python", (Alternative("num pie"),)),
        Word(" not"),
        Word(" cuddle.", probability=0.4, alternatives=(Alternative("kubectl", "systems"),)),
    ),
    "base.en",
    "en",
)
HEARD_RTL = Transcript(
    5,
    (
        Word("كيف"),
        Word(" أستخدم"),
        Word(" نمباي", probability=0.3, alternatives=(Alternative("numpy", "python"), Alternative("نمبي"))),
        Word(" هنا؟"),
    ),
    "base",
    "ar",
)
SHOWN_ANSWER = """Mount the sources, and let `pytest` run inside:

```bash
docker run --rm -v "$PWD:/src" -w /src \\
    python:3.12 sh -c \\
    "pip install numpy pytest && pytest"
```

The container is gone when the tests are over. With a `Dockerfile` of your own, the second run starts at once.
"""
HEARD_SHOWN = Transcript(
    5,
    (
        Word("Now"),
        Word(" run"),
        Word(" it"),
        Word(" with"),
        Word(
            " kubectl", 1, 2, 0.9, Origin.REPLACED, "cube cuddle", "commands", (Alternative("cube cuddle"),)
        ),
        Word(" and"),
        Word(" cache"),
        Word(" the"),
        Word(" results"),
        Word(" in"),
        Word(
            " reddish.",
            probability=0.34,
            alternatives=(
                Alternative("Redis", "databases"),
                Alternative("radish"),
                Alternative("Reddit", "products"),
            ),
        ),
    ),
    "base.en",
    "en",
)


def nothing(window: MainWindow) -> None:
    """The session alone is the picture."""


def typed(window: MainWindow) -> None:
    window.talk.card.composer.setPlainText("In numpy 2,")
    window.talk.card.composer.moveCursor(window.talk.card.composer.textCursor().MoveOperation.End)


def placed(window: MainWindow) -> None:
    typed(window)
    window.talk.card.composer.place(HEARD, 0.5)


def guesses(window: MainWindow) -> None:
    composer = window.talk.card.composer
    composer.place(HEARD_TERMS, 0.5)
    QTest.keyClick(composer, Qt.Key.Key_Tab)


def shown(window: MainWindow) -> None:
    composer = window.talk.card.composer
    composer.place(HEARD_SHOWN, 0.5)
    QTest.keyClick(composer, Qt.Key.Key_Tab)


def guesses_rtl(window: MainWindow) -> None:
    composer = window.talk.card.composer
    composer.place(HEARD_RTL, 0.5)
    QTest.keyClick(composer, Qt.Key.Key_Tab)


def term_card(window: MainWindow) -> None:
    composer = window.talk.card.composer
    composer.place(HEARD_TERMS, 0.5)
    place = composer.toPlainText().index("numpy")
    composer.go_to(place, place)
    QTest.keyClick(composer, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)


def long_draft(window: MainWindow) -> None:
    window.talk.card.composer.setPlainText("A line of a long message that goes on.\n" * 14)


def scrolled(window: MainWindow) -> None:
    window.talk.conversation.verticalScrollBar().setValue(0)


def settings(window: MainWindow) -> None:
    window.open_section("keys")


def settings_microphone(window: MainWindow) -> None:
    window.open_section("microphone")


def settings_model(window: MainWindow) -> None:
    window.open_section("model")


def settings_recogniser(window: MainWindow) -> None:
    window.open_section("recogniser")


def finder(window: MainWindow) -> None:
    window.finder.search(everything=True)


def found(window: MainWindow) -> None:
    window.finder.search(everything=False)


def keys(window: MainWindow) -> None:
    window.keys.show_keys("Right Ctrl", "Right Alt")


def focused(window: MainWindow) -> None:
    window.talk.conversation.setFocus()


def unfolded(window: MainWindow) -> None:
    view = window.talk.conversation
    view.unfold(view.items[-1])
    view.verticalScrollBar().setValue(0)


def times(window: MainWindow) -> None:
    window.talk.show_timeline(True)


def scenes() -> dict[str, tuple[Session, Callable[[MainWindow], None]]]:
    sentences = cut(ANSWER, 0, complete=True)
    reading = Speech(2, ANSWER, sentences, current=2)
    later = Speech(2, ANSWER, sentences, current=5)
    listening = Listening(5, Goal.ASK, 0.0, live=True, level=0.5, duration_s=3.4, tentative=HEARD, firm=3)
    written = Transcribing(5, Goal.ASK, Recording("5.wav", 3.4, 0.5), tentative=HEARD)
    broken = Fault("stalled", "The model stopped answering.", "The question is kept.", Remedy.ANSWER_AGAIN)
    missing = PartChanged(
        Part.THINK,
        Readiness.MISSING,
        fault=Fault(
            "no-model", "No language model is connected.", "Dictating and reading aloud work without."
        ),
    )
    loading = PartChanged(Part.TRANSCRIBE, Readiness.LIMITED, "base.en", progress=0.43)
    streaming = dataclasses.replace(
        talk(), conversation=Conversation("c", talk().conversation.messages[:1], "How do I use np.einsum")
    )
    thought = dataclasses.replace(
        talk().conversation.messages[1],
        reasoning="The user asks about *einsum*. A batch has three axes.\n\nSo b, i, j.",
    )
    stopped = dataclasses.replace(talk().conversation.messages[1], text=ANSWER[:90].rstrip(), whole=False)
    first = talk().conversation.messages[0]
    return {
        "empty": (EMPTY, nothing),
        "listening": (dataclasses.replace(EMPTY, listening=listening), nothing),
        "listening-typed": (talk(listening=listening), typed),
        "transcribing": (talk(transcribing=(written,)), nothing),
        "doubt": (talk(to_check=True), placed),
        "guesses": (talk(to_check=True), guesses),
        "guesses-rtl": (talk(RTL, "كيف أستخدم np.einsum؟", to_check=True), guesses_rtl),
        "term": (talk(to_check=True), term_card),
        "draft": (talk(), long_draft),
        "waiting": (dataclasses.replace(streaming, reply=Reply(2, 1, aloud=True)), nothing),
        "streaming": (
            dataclasses.replace(streaming, reply=Reply(2, 1, aloud=True, text=ANSWER[:430])),
            nothing,
        ),
        "answer": (talk(), nothing),
        "answer-top": (talk(), scrolled),
        "speaking-code": (talk(speech=reading), scrolled),
        "speaking": (talk(speech=later), scrolled),
        "reasoning": (talk(conversation=Conversation("c", (first, thought), "Einsum")), unfolded),
        "stopped": (talk(conversation=Conversation("c", (first, stopped), "Einsum")), nothing),
        "error": (talk(notices=(broken,)), nothing),
        "missing": (dataclasses.replace(EMPTY, parts=(*READY[:2], missing)), nothing),
        "downloading": (dataclasses.replace(EMPTY, parts=(READY[0], loading, READY[2])), nothing),
        "rtl": (talk(RTL, "كيف أستخدم np.einsum مع دفعة؟"), nothing),
        "japanese": (talk(JAPANESE, "バッチで np.einsum を使うには？"), nothing),
        "long-words": (talk(LONG_WORDS, LONG_WORDS[:200]), nothing),
        "focus": (talk(), focused),
        "settings": (EMPTY, settings),
        "settings-microphone": (EMPTY, settings_microphone),
        "settings-model": (EMPTY, settings_model),
        "settings-recogniser": (dataclasses.replace(EMPTY, parts=(READY[0], loading)), settings_recogniser),
        "finder": (talk(), finder),
        "conversations": (talk(), found),
        "keys": (talk(), keys),
        "times": (talk(timelines=(SPOKEN,)), times),
        "times-looked": (talk(timelines=(LOOKED_AT,)), times),
        "times-dictated": (talk(timelines=(DICTATED,)), times),
        "times-typed": (talk(timelines=(TYPED,)), times),
        "times-none": (EMPTY, times),
    }


WHEN = (
    (Moment.PRESS, 0.0),
    (Moment.FIRST_BLOCK, 0.031),
    (Moment.LAST_WORD, 4.19),
    (Moment.RELEASE, 4.569),
    (Moment.TEXT, 4.581),
    (Moment.SENT, 4.582),
    (Moment.REQUEST, 4.584),
    (Moment.FIRST_TOKEN, 4.779),
    (Moment.FIRST_SAMPLE, 4.919),
)
SPOKEN = Timeline(1, dict(WHEN), 1, 2)
LOOKED_AT = Timeline(1, {moment: at + (6.2 if at > 4.5815 else 0) for moment, at in WHEN}, 1, 2)
DICTATED = Timeline(1, dict(WHEN[:5]))
TYPED = Timeline(2, {moment: at - 4.582 for moment, at in WHEN[5:8]}, 1, 2)

_ASKED = "How do I run the tests of a numpy package in Docker?"
DOCS = (
    ("screenshot", dataclasses.replace(talk(SHOWN_ANSWER, _ASKED), to_check=True), shown, (440, 640), 640),
    ("guesses", dataclasses.replace(EMPTY, to_check=True), guesses, (440, 900), 296),
    ("term", dataclasses.replace(EMPTY, to_check=True), term_card, (440, 900), 296),
)
"""Name, session, what is done in the window, its size, and how much of it, from below, is shown."""

SIZES = {"": (440, 680), "small": (340, 420), "wide": (1280, 800)}
SMALL_AND_WIDE = (
    "empty",
    "answer",
    "doubt",
    "guesses",
    "term",
    "error",
    "settings",
    "finder",
    "missing",
    "speaking-code",
    "times",
)
TWICE = ("answer-top", "times", "listening", "doubt", "guesses", "empty")
BIG_TEXT = ("times", "answer-top", "doubt", "guesses", "settings", "empty", "error")


def take(folder: Path, chosen: list[str], suffix: str, text: float) -> None:
    """One picture for each scene, theme and size."""
    application = make_application()
    if text != 1:
        font = application.font()
        font.setPixelSize(round(14.7 * text))
        application.setFont(font)
    everything = scenes()
    for name in chosen or everything:
        session, arrange = everything[name]
        for theme in ("light", "dark"):
            for size, (width, height) in SIZES.items():
                if size and (name not in SMALL_AND_WIDE or suffix):
                    continue
                file = "-".join(part for part in (name, size, theme, suffix) if part)
                picture(application, session, arrange, theme, (width, height), folder / f"{file}.png")


def take_docs(folder: Path) -> None:
    """The pictures for README and docs, light and dark."""
    application = make_application()
    for name, session, arrange, size, lower in DOCS:
        for theme in ("light", "dark"):
            file = folder / f"{name}-{theme}.png"
            picture(application, session, arrange, theme, size, file, lower)


def picture(
    application: QApplication,
    session: Session,
    arrange: Callable[[MainWindow], None],
    theme: str,
    size: tuple[int, int],
    file: Path,
    lower: int = 0,
) -> None:
    """Write what is seen, or only its lowest pixels."""
    chat = Chat(base_url="http://localhost:11434/v1", model="llama3.2")
    wanted = changed(Settings(chat=chat), "window", "theme", theme)
    controls = FakeControls(wanted)
    for at, title in enumerate(
        ("Trip to Kyoto", "Einsum for a batch", "A name for the cat", "Rust lifetimes")
    ):
        controls.stored[str(at)] = Conversation(str(at), (Message(1, Role.USER, title),), title)
    with tempfile.TemporaryDirectory() as place:
        window, bridge, errands = assemble(controls, wanted, Path(place) / "window.ini")
        window.resize(*size)
        window.show()
        bridge.show(session)
        settle(application)
        arrange(window)
        settle(application)
        seen = window.rect().adjusted(0, window.height() - lower if lower else 0, 0, 0)
        window.grab(seen).save(str(file))
        errands.stop()
        window.deleteLater()
        settle(application, 0.05)


def settle(application: QApplication, seconds: float = 0.25) -> None:
    """Let everything be drawn."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()
    application.processEvents()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("scene", nargs="*")
    parser.add_argument("--suffix", default="", help="for the files' names")
    parser.add_argument("--text", type=float, default=1.0, help="times the usual size of text")
    parser.add_argument("--docs", action="store_true", help="the pictures that README and docs show")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.docs:
        os.environ["QT_SCALE_FACTOR"] = "2"
        take_docs(given.folder)
        return 0
    begun = time.monotonic()
    take(given.folder, given.scene, given.suffix, given.text)
    if not given.suffix and not given.scene:
        again = [sys.executable, __file__, str(given.folder)]
        twice = os.environ | {"QT_SCALE_FACTOR": "2"}
        subprocess.run([*again, *TWICE, "--suffix", "2x"], env=twice, check=True)
        subprocess.run([*again, *BIG_TEXT, "--suffix", "big-text", "--text", "2"], check=True)
        print(f"{len(list(given.folder.glob('*.png')))} pictures in {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
