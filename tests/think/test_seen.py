"""What is shown of a request is what the server gets."""

from assistant.think import OpenAIChat
from assistant.think.keys import Keys
from assistant.think.seen import seen
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.events import Readiness
from assistant.turn.transcript import Origin, Word
from tests.rig import FaultServer, Reply, Status
from tests.think.conftest import Asker

DICTATED = (Word("Use", probability=0.9), Word(" cuddle", probability=0.2), Word(" now", origin=Origin.TYPED))
SAID = Conversation(
    "c",
    (
        Message(1, Role.USER, "One? “Ü”\n\ud83d"),
        Message(2, Role.ASSISTANT, "First. Second.", heard_to=6),
        Message(3, Role.USER, "Use cuddle now", DICTATED),
    ),
)


def test_the_request_is_byte_for_byte_what_is_sent(chat: Asker, fault_server: FaultServer) -> None:
    chat.model.use(fault_server.base_url, "test-model", "Be brief.", doubt_below=0.5)
    shown = chat.model.request(SAID)
    chat.model.ask(4, SAID)
    chat.heard.end(4)
    assert fault_server.requests[0].raw == shown


def test_what_the_server_rejected_is_not_shown(chat: Asker, fault_server: FaultServer) -> None:
    fault_server.behave(Status(400, "Unrecognized request argument supplied: stream_options"), Reply("Fine."))
    chat.use(fault_server.base_url)
    assert b"stream_options" in chat.model.request(SAID)
    chat.answer(1)
    assert b"stream_options" not in chat.model.request(SAID)


def test_where_no_model_was_chosen_the_one_that_answers_is_shown(
    chat: Asker, fault_server: FaultServer
) -> None:
    chat.use(fault_server.base_url, model="")
    name = chat.heard.ready(Readiness.READY).label
    assert name
    assert seen(chat.model.request(SAID), "", sent=False).model == name


def test_each_message_can_be_read_with_its_note(chat: Asker) -> None:
    chat.model.use("", "m", "Be brief.", doubt_below=0.5)
    shown = seen(chat.model.request(SAID), "http://here/v1", sent=True)
    assert [one.role for one in shown.messages] == ["system", "user", "assistant", "user"]
    assert shown.messages[-1].text.endswith(
        "Use cuddle now\n\n[Dictated. Doubtful: “cuddle”. Typed: “now”. Ask before acting on a doubtful name.]"
    )
    chat.model.use("", "m", "Be brief.")
    assert "Dictated" not in chat.model.request(SAID).decode()


def test_before_the_start_is_over_the_request_can_be_looked_at(keys: Keys) -> None:
    assert seen(OpenAIChat(keys).request(SAID), "", sent=False).messages[-1].text.endswith("Use cuddle now")
