"""What the model sees is asked of the program: with the draft before it is sent, without it afterwards."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.controls import ProgramControls, use_model
from assistant.errors import AssistantError
from assistant.settings import Chat, Settings
from assistant.think import Keys, OpenAIChat
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.states import Reply, Session
from assistant.turn.transcript import Word

CHOSEN = Settings(chat=Chat(base_url="http://here/v1", model="m", instructions=""))
SESSION = Session(3, Conversation("c", (Message(1, Role.USER, "One?"), Message(2, Role.ASSISTANT, "One."))))
WORDS = (Word("And", probability=0.9), Word(" too?", probability=0.1))


def controls(session: Session | None) -> ProgramControls:
    chat = OpenAIChat(Keys(environment={}))
    use_model(chat, CHOSEN)
    program: Any = SimpleNamespace(
        settings=CHOSEN, watched=SimpleNamespace(session=session), parts=SimpleNamespace(chat=chat)
    )
    return ProgramControls(program)


def test_the_draft_is_the_next_question_with_its_note() -> None:
    request = controls(SESSION).what_the_model_sees("And too? ", WORDS)
    assert [one.role for one in request.messages] == ["user", "assistant", "user"]
    assert request.messages[-1].text.startswith("And too?\n\n[Dictated. Doubtful: “too”.")
    assert (request.server, request.model, request.sent) == ("http://here/v1", "m", False)
    assert len(controls(SESSION).what_the_model_sees(" ", ()).messages) == 2


def test_while_an_answer_is_on_its_way_the_draft_is_no_part_of_it() -> None:
    request = controls(replace(SESSION, reply=Reply(4, 3, aloud=False))).what_the_model_sees(
        "And too?", WORDS
    )
    assert (len(request.messages), request.sent) == (2, True)


def test_before_there_is_a_conversation_that_is_said() -> None:
    with pytest.raises(AssistantError, match="still starting"):
        controls(None).what_the_model_sees("", ())
