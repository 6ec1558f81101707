"""`aloud config` shows, changes and refuses."""

from pathlib import Path

from tests.cli.command import aloud


def test_a_setting_can_be_changed_and_is_shown(private_environment: Path) -> None:
    assert aloud("config", "set", "chat.model", "llama3.2").code == 0
    assert aloud("config", "get", "chat.model").out.strip() == "llama3.2"
    assert aloud("config", "--json").json["chat"]["model"] == "llama3.2"
    assert "changed" in aloud("config").out
    file = Path(aloud("config", "path").out.strip())
    assert file.is_relative_to(private_environment)
    assert 'model = "llama3.2"' in file.read_text()


def test_the_sources_of_terms_are_settings(private_environment: Path) -> None:
    assert aloud("config", "set", "terms.off", "python, clipboard").code == 0
    assert aloud("config", "get", "terms.off").out.strip() == "python, clipboard"
    chosen = aloud("config", "--json").json["terms"]
    assert chosen == {
        "off": ["python", "clipboard"],
        "clipboard": False,
        "projects": [],
        "spoken_code": False,
        "tell_model": True,
    }
    assert aloud("config", "set", "terms.off", "[3]").code == 2


def test_a_value_that_cannot_be_is_refused_in_one_sentence() -> None:
    done = aloud("config", "set", "speaking.rate_wpm", "9000")
    assert done.code == 2
    assert "speaking.rate_wpm" in done.err
    done = aloud("config", "get", "no.such")
    assert done.code == 2
    assert "no.such" in done.err


def test_a_bad_settings_file_is_said_by_every_command() -> None:
    for command in (("config",), ("ask", "hello"), ("say", "hello")):
        done = aloud(*command, ALOUD_WINDOW__THEME="purple")
        assert done.code == 2
        assert "ALOUD_WINDOW__THEME" in done.err


def test_a_key_without_a_server_is_refused() -> None:
    assert aloud("config", "key", typed="secret\n").code == 2


def test_verbs_for_a_program_that_does_not_run_say_so() -> None:
    for verb in ("press", "release", "toggle", "cancel", "status", "recover", "show", "quit"):
        done = aloud(verb)
        assert done.code == 1
        assert "not running" in done.err


def test_the_window_without_a_display_says_what_to_do() -> None:
    done = aloud()
    assert done.code == 2
    assert "display" in done.err
