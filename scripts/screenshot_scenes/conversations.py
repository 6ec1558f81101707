"""A conversation: waiting for an answer, reading it, hearing it, and what may go wrong."""

from dataclasses import replace

from assistant.turn.conversation import Conversation
from assistant.turn.events import Fault, Part, PartChanged, Readiness, Remedy
from assistant.turn.sentences import cut
from assistant.turn.states import Reply, Speech
from assistant.window.main_window import MainWindow
from scripts.screenshot_scenes.scene import Scene, from_right
from scripts.screenshot_scenes.talks import ANSWER, EMPTY, JAPANESE, LOADING, LONG_WORDS, READY, RTL, talk


def scrolled(window: MainWindow) -> None:
    window.talk.conversation.verticalScrollBar().setValue(0)


def focused(window: MainWindow) -> None:
    window.talk.conversation.setFocus()


def unfolded(window: MainWindow) -> None:
    view = window.talk.conversation
    view.unfold(view.items[-1])
    view.verticalScrollBar().setValue(0)


_SENTENCES = cut(ANSWER, 0, complete=True)
_READING, _LATER = (Speech(2, ANSWER, _SENTENCES, current=sentence) for sentence in (2, 5))
_BROKEN = Fault("stalled", "The model stopped answering.", "The question is kept.", Remedy.ANSWER_AGAIN)
_NO_MODEL = Fault("no-model", "No language model is connected.", "Dictating and reading aloud work without.")
_MISSING = PartChanged(Part.THINK, Readiness.MISSING, fault=_NO_MODEL)
_ASKED, _ANSWERED = talk().conversation.messages
_STREAMING = talk(conversation=Conversation("c", (_ASKED,), "How do I use np.einsum"))
_THOUGHT = replace(
    _ANSWERED, reasoning="The user asks about *einsum*. A batch has three axes.\n\nSo b, i, j."
)
_STOPPED = replace(_ANSWERED, text=ANSWER[:90].rstrip(), whole=False)

SCENES = {
    "waiting": Scene(replace(_STREAMING, reply=Reply(2, 1, aloud=True))),
    "streaming": Scene(replace(_STREAMING, reply=Reply(2, 1, aloud=True, text=ANSWER[:430]))),
    "answer": Scene(talk(), sizes=True),
    "answer-top": Scene(talk(), scrolled, twice=True, big_text=True),
    "speaking-code": Scene(talk(speech=_READING), scrolled, sizes=True),
    "speaking": Scene(talk(speech=_LATER), scrolled),
    "reasoning": Scene(talk(conversation=Conversation("c", (_ASKED, _THOUGHT), "Einsum")), unfolded),
    "stopped": Scene(talk(conversation=Conversation("c", (_ASKED, _STOPPED), "Einsum"))),
    "error": Scene(talk(notices=(_BROKEN,)), sizes=True, big_text=True),
    "error-rtl": from_right(Scene(talk(notices=(_BROKEN,)))),
    "missing": Scene(replace(EMPTY, parts=(*READY[:2], _MISSING)), sizes=True),
    "downloading": Scene(replace(EMPTY, parts=(READY[0], LOADING, READY[2]))),
    "rtl": Scene(talk(RTL, "كيف أستخدم np.einsum مع دفعة؟")),
    "japanese": Scene(talk(JAPANESE, "バッチで np.einsum を使うには？")),
    "long-words": Scene(talk(LONG_WORDS, LONG_WORDS[:200])),
    "focus": Scene(talk(), focused),
}
