"""A conversation with a server that nobody here wrote."""

import pytest

from assistant.think import Keys
from assistant.think.servers import try_server
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.events import Readiness, ReplyGrew
from tests.rig import ModelServer, SessionBus
from tests.think.conftest import Asker


def test_a_conversation_streams_from_a_real_server(model_server: ModelServer) -> None:
    asker = Asker(Keys(model_server.base_url, environment={"ALOUD_API_KEY": model_server.KEY}))
    asker.model.start(asker.heard)
    asker.use(model_server.base_url, "blue-books", "Be brief.")
    asker.heard.ready(Readiness.READY)
    answer = "There are nine blue books on the table."
    said: list[Message] = []
    for turn in (1, 3, 5):
        said.append(Message(turn, Role.USER, "How many?"))
        asker.model.ask(turn, Conversation("c", tuple(said)))
        end = asker.heard.end(turn)
        assert asker.heard.text(turn) == answer
        assert (end.finish_reason, end.model) == ("stop", "blue-books")
        assert end.tokens_out > 0
        said.append(Message(turn + 1, Role.ASSISTANT, answer))
    assert asker.heard.all(ReplyGrew)
    asker.use(model_server.base_url, "busy")
    assert asker.fault(7).code == "busy"
    asker.use(model_server.base_url, "no-such-thing")
    assert asker.fault(8).message.endswith("has no model “no-such-thing”.")
    asker.model.stop()


def test_a_real_servers_models_are_listed(model_server: ModelServer) -> None:
    assert set(try_server(model_server.base_url, model_server.KEY).models) == set(model_server.replies)


@pytest.mark.usefixtures("forgotten_keyring")
def test_a_real_server_gets_its_key_from_the_keyring(
    keyring_bus: SessionBus, chat: Asker, model_server: ModelServer
) -> None:
    Keys(environment={}).keep(model_server.base_url, model_server.KEY)
    assert try_server(model_server.base_url, "", Keys(environment={})).models
    chat.use(model_server.base_url, "blue-books")
    chat.heard.ready(Readiness.READY)
    assert chat.answer(1) == "There are nine blue books on the table."
