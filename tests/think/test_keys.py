"""API keys: where they are kept, and where they may go."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, message_bus, new_method_call  # type: ignore[import-untyped]
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

from assistant.errors import AssistantError
from assistant.think import Keys
from assistant.think.servers import try_server
from assistant.turn.events import Readiness
from tests.rig import FaultServer, Reply, SessionBus, Status
from tests.think.conftest import Asker

OPENAI = "https://api.openai.com/v1"
HOST = "https://host.example/v1"


pytestmark = pytest.mark.usefixtures("forgotten_keyring")


def keyring_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "keyring"]


@pytest.fixture
def bus(keyring_bus: SessionBus, forgotten_keyring: None) -> SessionBus:
    return keyring_bus


def test_the_environments_key_is_for_the_configured_server_alone() -> None:
    keys = Keys("https://host.example:8443/v1", environment={"ALOUD_API_KEY": " sk-mine\n"})
    assert keys.known("https://host.example:8443/other") == "sk-mine"
    for elsewhere in (HOST, OPENAI, "http://host.example:8443/v1", "http://localhost:8443/v1"):
        assert keys.known(elsewhere) == ""


def test_without_a_configured_server_the_environments_key_is_for_nobody() -> None:
    for configured in ("", "not an address"):
        assert Keys(configured, environment={"ALOUD_API_KEY": "sk-mine"}).known(HOST) == ""


def test_openais_key_is_for_openai_alone() -> None:
    keys = Keys(HOST, environment={"OPENAI_API_KEY": "sk-openai"})
    assert keys.known(OPENAI) == "sk-openai"
    assert keys.known(HOST) == ""


def test_a_key_is_kept_in_the_keyring_for_its_server(bus: SessionBus) -> None:
    Keys(environment={}).keep(HOST, " sk-mine ")
    assert Keys(environment={}).find("https://host.example/other/path") == "sk-mine"
    assert Keys(environment={}).find("https://host.example:8443/v1") == ""


def test_a_key_that_was_found_is_known_from_then_on(bus: SessionBus) -> None:
    Keys(environment={}).keep(HOST, "sk-mine")
    keys = Keys(environment={})
    assert keys.known(HOST) == ""
    keys.find(HOST)
    assert keys.known(HOST) == "sk-mine"


def test_a_forgotten_key_is_gone(bus: SessionBus) -> None:
    keys = Keys(environment={})
    keys.keep(HOST, "sk-mine")
    keys.forget(HOST)
    keys.forget(HOST)
    assert keys.find(HOST) == ""
    assert Keys(environment={}).find(HOST) == ""


def test_the_keyring_is_tried_for_real(bus: SessionBus) -> None:
    assert Keys(environment={}).check()


def test_without_a_keyring_the_environment_is_pointed_to(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = Keys(environment={})
    with pytest.raises(AssistantError) as caught:
        keys.keep(HOST, "sk-mine")
    assert caught.value.fault.code == "no-keyring"
    assert caught.value.fault.message == "There is no keyring here to keep API keys in."
    assert caught.value.fault.hint == "Set ALOUD_API_KEY in the environment instead."
    assert keys.known(HOST) == "sk-mine"  # until the program ends
    with pytest.raises(AssistantError):
        keys.check()


def test_a_keyring_that_hangs_is_given_up_in_time(silent_secrets: None) -> None:
    keys = Keys(environment={}, limit_s=0.5)
    with pytest.raises(AssistantError) as caught:
        keys.find(HOST)
    assert caught.value.fault.code == "keyring-silent"
    threads = keyring_threads()
    with pytest.raises(AssistantError):
        keys.find(HOST)
    assert keyring_threads() == threads


def test_a_locked_keyring_is_told_as_such(private_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with SessionBus(private_environment, dict(os.environ), keyring=True) as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.env["DBUS_SESSION_BUS_ADDRESS"])
        Keys(environment={}).keep(HOST, "sk-mine")
        lock_collections()
        with pytest.raises(AssistantError) as caught:
            Keys(environment={}).find(HOST)
    assert caught.value.fault.code == "keyring-locked"
    assert caught.value.fault.hint.startswith("Unlock it and try again")


def lock_collections() -> None:
    secrets = DBusAddress(
        "/org/freedesktop/secrets", "org.freedesktop.secrets", "org.freedesktop.Secret.Service"
    )
    with open_dbus_connection() as connection:
        paths = ["/org/freedesktop/secrets/collection/login", "/org/freedesktop/secrets/aliases/default"]
        connection.send_and_get_reply(new_method_call(secrets, "Lock", "ao", (paths,)))


@pytest.fixture
def silent_secrets(private_environment: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A secret service that takes every question and answers none."""
    with SessionBus(private_environment, dict(os.environ)) as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.env["DBUS_SESSION_BUS_ADDRESS"])
        with open_dbus_connection() as connection:
            connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.secrets"))
            yield


def test_a_server_that_wants_a_key_gets_the_one_from_the_keyring(
    bus: SessionBus, chat: Asker, fault_server: FaultServer
) -> None:
    fault_server.key = "sk-right"
    Keys(environment={}).keep(fault_server.base_url, "sk-right")
    chat.use(fault_server.base_url)
    chat.heard.ready(Readiness.READY)
    assert chat.answer(1) == "All is well."
    assert [request.headers["authorization"] for request in fault_server.requests] == ["Bearer sk-right"]


def test_the_keyring_is_not_touched_for_a_server_that_wants_no_key(
    silent_secrets: None, chat: Asker, fault_server: FaultServer
) -> None:
    chat.use(fault_server.base_url)
    assert chat.answer(1) == "All is well."
    assert not keyring_threads()


def test_a_question_finds_the_key_where_only_questions_need_one(
    bus: SessionBus, chat: Asker, fault_server: FaultServer
) -> None:
    chat.use(fault_server.base_url)
    chat.heard.ready(Readiness.READY)
    Keys(environment={}).keep(fault_server.base_url, "sk-right")
    fault_server.key = "sk-right"
    assert chat.answer(1) == "All is well."
    assert ["authorization" in request.headers for request in fault_server.requests] == [False, True]


@pytest.mark.parametrize("status", [400, 500])
def test_a_key_is_also_looked_for_where_its_absence_is_told_badly(
    bus: SessionBus, chat: Asker, fault_server: FaultServer, status: int
) -> None:
    chat.use(fault_server.base_url)
    chat.heard.ready(Readiness.READY)
    Keys(environment={}).keep(fault_server.base_url, "sk-right")
    fault_server.behave(Status(status), Reply("Now."))
    assert chat.answer(1) == "Now."
    assert ["authorization" in request.headers for request in fault_server.requests] == [False, True]


def test_a_keyring_that_hangs_ends_the_question_with_a_sentence(
    silent_secrets: None, fault_server: FaultServer
) -> None:
    fault_server.key = "sk-right"
    asker = Asker(Keys(environment={}, limit_s=0.5))
    asker.model.start(asker.heard)
    asker.use(fault_server.base_url)
    fault = asker.fault(1)
    asker.model.stop()
    assert fault.message == "The keyring has not answered for 0.5 seconds."


def test_a_wrong_key_is_told_without_being_shown(
    fault_server: FaultServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    fault_server.key = "sk-right"
    asker = Asker(Keys(fault_server.base_url, environment={"ALOUD_API_KEY": "sk-wrong"}))
    asker.model.start(asker.heard)
    asker.use(fault_server.base_url)
    fault = asker.fault(1)
    asker.model.stop()
    assert fault.code == "key-refused"
    assert "sk-wrong" not in repr(asker.heard.events)
    assert "sk-wrong" not in caplog.text
    assert [request.headers["authorization"] for request in fault_server.requests] == ["Bearer sk-wrong"]


def test_a_redirect_is_not_followed_with_the_key_or_without(fault_server: FaultServer) -> None:
    asker = Asker(Keys(fault_server.base_url, environment={"ALOUD_API_KEY": "sk-mine"}))
    asker.model.start(asker.heard)
    with FaultServer() as other:
        fault_server.behave(Status(307, location=f"{other.base_url}/chat/completions"))
        asker.use(fault_server.base_url)
        fault = asker.fault(1)
        assert not other.requests
    asker.model.stop()
    assert fault.code == "moved"
    assert other.base_url.removesuffix("/v1") in fault.hint


def test_a_key_does_not_cross_a_network_in_the_clear(chat: Asker) -> None:
    asker = Asker(Keys("http://192.168.1.20:1234", environment={"ALOUD_API_KEY": "sk-mine"}))
    asker.model.start(asker.heard)
    asker.use("http://192.168.1.20:1234")
    fault = asker.fault(1)
    said = asker.heard.ready(Readiness.BROKEN)
    asker.model.stop()
    assert fault.code == "key-in-the-clear"
    assert said.fault == fault


def test_a_server_is_tried_with_its_key_from_the_keyring(bus: SessionBus, fault_server: FaultServer) -> None:
    fault_server.key = "sk-right"
    Keys(environment={}).keep(fault_server.base_url, "sk-right")
    assert try_server(fault_server.base_url, "", Keys(environment={})).models == ("test-model",)
    with pytest.raises(AssistantError, match="does not accept the API key"):
        try_server(fault_server.base_url, "sk-wrong", Keys(environment={}))


def test_a_server_that_wants_no_key_is_tried_without_the_keyring(
    silent_secrets: None, fault_server: FaultServer
) -> None:
    assert try_server(fault_server.base_url, "", Keys(environment={})).models == ("test-model",)
    assert not keyring_threads()


def test_without_a_keyring_a_server_that_wants_a_key_says_so(fault_server: FaultServer) -> None:
    fault_server.key = "sk-right"
    with pytest.raises(AssistantError, match="asks for an API key"):
        try_server(fault_server.base_url, "", Keys(environment={}))


def test_a_key_may_be_used_without_being_kept(fault_server: FaultServer) -> None:
    fault_server.key = "sk-right"
    keys = Keys(environment={})
    keys.use(fault_server.base_url, " sk-right ")
    assert try_server(fault_server.base_url, "", keys).models == ("test-model",)
