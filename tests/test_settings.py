"""Settings: defaults, file, environment; one sentence for a bad value; comments survive."""

from pathlib import Path

import pytest

from assistant import settings
from assistant.errors import AssistantError
from assistant.turn.events import SendMode


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "aloud" / "settings.toml"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    assert settings.load(file) == settings.Settings()
    assert not file.exists()


def test_the_environment_stands_above_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(file, '[chat]\nmodel = "from file"\nsend = "when sure"\n')
    assert settings.load(file).chat.model == "from file"
    assert settings.load(file).chat.send is SendMode.WHEN_SURE
    monkeypatch.setenv("ALOUD_CHAT__MODEL", "from environment")
    monkeypatch.setenv("ALOUD_SPEAKING__RATE_WPM", "150")
    assert settings.load(file).chat.model == "from environment"
    monkeypatch.setenv("ALOUD_SPEAKING__REPLIES", "False")
    monkeypatch.setenv("ALOUD_CHAT__STALL_TIMEOUT_S", "2.5")
    chosen = settings.load(file)
    assert (chosen.speaking.rate_wpm, chosen.speaking.replies, chosen.chat.stall_timeout_s) == (
        150,
        False,
        2.5,
    )


def test_saving_keeps_comments_and_order(file: Path) -> None:
    write(file, '# mine\n[speaking]\nrate_wpm = 180  # slow\nreplies = false\n\n[chat]\nmodel = "a"\n')
    changed = settings.change(file, "chat", "model", "b")
    settings.change(file, "chat", "send", SendMode.AFTER_LOOK)
    settings.change(file, "keys", "talk", "f9")
    assert changed.chat.model == "b"
    assert file.read_text(encoding="utf-8") == (
        "# mine\n[speaking]\nrate_wpm = 180  # slow\nreplies = false\n\n"
        '[chat]\nmodel = "b"\nsend = "after a look"\n\n[keys]\ntalk = "f9"\n'
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[speaking]\nrate_wpm = 5\n", "speaking.rate_wpm"),
        ("[speaking]\nrate = 5\n", "speaking.rate"),
        ("[speaking]\nrate_wpm = 150.5\n", "a whole number from 80 to 500"),
        ("[speaking]\nreplies = 2\n", "true or false"),
        ("[window]\ndoubt_below = nan\n", "a number from 0 to 1"),
        ("[hearing]\nmicrophone = 3\n", "hearing.microphone"),
        ('[recogniser]\ndevice = "tpu"\n', "'auto', 'cpu', 'cuda'"),
        ('[chat]\nsend = "never"\n', "'at once', 'after a look', 'when sure'"),
        ("[recording]\n", "no setting recording"),
        ("[window\n", "settings.toml"),
        ("chat = 3\n", "chat"),
        ('[terms]\noff = "[3]"\n', "terms.off"),
        ("[terms]\noff = [3]\n", "a list of texts"),
        ("[terms]\nprojects = true\n", "a list of texts"),
    ],
)
def test_a_bad_value_is_named_in_one_sentence(file: Path, text: str, named: str) -> None:
    write(file, text)
    with pytest.raises(AssistantError) as caught:
        settings.load(file)
    assert named in caught.value.fault.message
    assert str(file) in caught.value.fault.message
    assert "\n" not in caught.value.fault.message
    assert caught.value.fault.hint


def test_a_bad_environment_variable_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALOUD_SPEAKING__RATE_WPM", "fast")
    with pytest.raises(AssistantError, match="ALOUD_SPEAKING__RATE_WPM"):
        settings.load(file)


def test_a_number_given_as_text_is_saved_as_a_number(file: Path) -> None:
    settings.change(file, "speaking", "rate_wpm", "150")
    settings.change(file, "speaking", "replies", "no")
    assert file.read_text() == "[speaking]\nrate_wpm = 150\nreplies = false\n"


def test_a_list_may_be_given_with_commas_or_as_toml_writes_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.change(file, "terms", "off", "python, clipboard").terms.off == ("python", "clipboard")
    settings.change(file, "terms", "projects", '["/home/a, b", "/c"]')
    assert settings.load(file).terms.projects == ("/home/a, b", "/c")
    assert file.read_text() == ('[terms]\noff = ["python", "clipboard"]\nprojects = ["/home/a, b", "/c"]\n')
    monkeypatch.setenv("ALOUD_TERMS__OFF", "")
    assert settings.load(file).terms.off == ()
    monkeypatch.setenv("ALOUD_TERMS__OFF", '["one"')
    with pytest.raises(AssistantError, match="ALOUD_TERMS__OFF"):
        settings.load(file)


def test_what_cannot_be_saved_leaves_nothing_behind(file: Path) -> None:
    file.mkdir(parents=True)  # a folder in the file's place
    with pytest.raises(AssistantError, match="cannot be saved"):
        settings.write_whole(file, "text")
    assert list(file.parent.iterdir()) == [file]


def test_a_bad_change_is_refused_and_the_file_stays_as_it_was(file: Path) -> None:
    write(file, "[speaking]\nrate_wpm = 180\n")
    with pytest.raises(AssistantError, match=r"speaking\.rate_wpm"):
        settings.change(file, "speaking", "rate_wpm", 5)
    assert file.read_text() == "[speaking]\nrate_wpm = 180\n"


def test_an_unreadable_file_is_said(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AssistantError, match="cannot be read"):
        settings.load(file)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where the folder should be")
    with pytest.raises(AssistantError):
        settings.change(tmp_path / "blocked" / "settings.toml", "chat", "model", "x")
