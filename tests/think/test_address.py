"""What people enter as a server's address."""

import pytest

from assistant.errors import AssistantError
from assistant.think.address import is_private, normalised, on_this_machine, origin


@pytest.mark.parametrize(
    ("entered", "base_url"),
    [
        ("localhost:11434", "http://localhost:11434/v1"),
        (" http://localhost:11434/ ", "http://localhost:11434/v1"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080/v1"),
        ("0.0.0.0:8000", "http://127.0.0.1:8000/v1"),
        ("[::1]:8080", "http://[::1]:8080/v1"),
        ("http://[::]:8080", "http://[::1]:8080/v1"),
        ("192.168.1.20:1234", "http://192.168.1.20:1234/v1"),
        ("nas:11434", "http://nas:11434/v1"),
        ("studio.local:1234", "http://studio.local:1234/v1"),
        ("api.openai.com", "https://api.openai.com/v1"),
        ("https://API.OpenAI.com:443/v1/", "https://api.openai.com/v1"),
        ("https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1"),
        ("http://localhost:8080/v1/chat/completions", "http://localhost:8080/v1"),
        ("localhost:1234/v1/models", "http://localhost:1234/v1"),
        ("8.8.8.8", "https://8.8.8.8/v1"),
        ("bücher.example", "https://bücher.example/v1"),
    ],
)
def test_what_people_enter_becomes_a_base_url(entered: str, base_url: str) -> None:
    assert normalised(entered) == base_url
    assert normalised(base_url) == base_url


@pytest.mark.parametrize(
    "entered",
    [
        "",
        "   ",
        "hello world",
        "http://",
        "ftp://localhost",
        "http:/localhost",
        "localhost:0",
        "localhost:99999",
        "localhost:abc",
        "11434",
        "https://me:secret@host.example",
        "host.example/v1?key=1",
        "a..b",
        "-x-",
        "http://[zz]/",
        "a" * 64 + ".example",
    ],
)
def test_nonsense_is_told_with_an_example_of_what_is_not(entered: str) -> None:
    with pytest.raises(AssistantError) as caught:
        normalised(entered)
    fault = caught.value.fault
    assert fault.code == "bad-address"
    assert fault.hint == "Enter it like localhost:11434 or https://api.openai.com/v1."
    assert "secret" not in fault.message


def test_a_key_entered_as_an_address_is_recognised_and_not_repeated() -> None:
    with pytest.raises(AssistantError) as caught:
        normalised("sk-abcdef")
    assert caught.value.fault.message == "An API key stands where the server's address belongs."


def test_a_key_is_bound_to_scheme_host_and_port() -> None:
    assert origin("https://api.openai.com/v1") == "https://api.openai.com"
    assert origin("http://localhost:1234/v1") == "http://localhost:1234"


@pytest.mark.parametrize(
    ("base_url", "here", "private"),
    [
        ("http://localhost:1/v1", True, True),
        ("http://127.0.0.2:1/v1", True, True),
        ("http://[::1]/v1", True, True),
        ("http://192.168.1.2/v1", False, False),
        ("http://localhost.example.com/v1", False, False),
        ("https://host.example/v1", False, True),
    ],
)
def test_what_stays_on_this_machine_or_is_encrypted_is_private(
    base_url: str, here: bool, private: bool
) -> None:
    assert on_this_machine(base_url) is here
    assert is_private(base_url) is private
