"""A model is downloaded whole and right, over any connection; or it is not there, and the reason is said."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant import paths
from assistant.errors import AssistantError
from assistant.transcribe import download
from assistant.transcribe.catalogue import CatalogueModel
from assistant.transcribe.download import STOPPED, Download
from assistant.transcribe.installed import Models, sha256
from tests.rig import wait_until
from tests.transcribe.hub import Hub

TEST_MODEL = paths.shipped_models_folder() / "test.en"
FILES = ("config.json", "model.bin", "preprocessor_config.json", "tokenizer.json", "vocabulary.json")


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with Hub({name: (TEST_MODEL / name).read_bytes() for name in FILES}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        monkeypatch.setattr(download, "_PAUSE_S", 0.01)
        yield hub


class Getting:
    """A download under way, with what it told."""

    def __init__(self, model: CatalogueModel, models: Models) -> None:
        self.progress: list[tuple[int, int]] = []
        self._ended = threading.Event()
        self._outcome: AssistantError | None = None
        self.download = Download(model, models, lambda *told: self.progress.append(told), self._end)

    def _end(self, outcome: AssistantError | None) -> None:
        self._outcome = outcome
        self._ended.set()

    def outcome(self) -> str:
        """The code of the fault, "" where the model is here."""
        assert self._ended.wait(30)
        self.download.join()
        return "" if self._outcome is None else self._outcome.fault.code


def get(model: CatalogueModel, models: Models) -> str:
    return Getting(model, models).outcome()


def test_a_downloaded_model_is_whole_and_told_to_the_last_byte(hub: Hub, models: Models) -> None:
    getting = Getting(hub.model("base.en"), models)
    assert getting.outcome() == ""
    model = models.find("base.en")
    assert sha256(model.folder / "model.bin") == sha256(TEST_MODEL / "model.bin")
    assert getting.progress[-1] == (model.bytes, model.bytes)
    assert [here for here, _ in getting.progress] == sorted(here for here, _ in getting.progress)
    models.check(model)


def test_a_file_without_a_known_checksum_is_checked_against_what_the_hub_says(
    hub: Hub, models: Models
) -> None:
    model = hub.model("base.en", checksums=False)
    assert get(model, models) == ""
    models.check(models.find("base.en"))
    hub.spoilt = "vocabulary.json"
    models.remove("base.en")
    assert get(model, models) == "download-damaged"


@pytest.mark.parametrize("spoilt", ["model.bin", "config.json"])
def test_a_file_with_a_wrong_byte_is_never_taken_for_the_model(hub: Hub, models: Models, spoilt: str) -> None:
    hub.spoilt = spoilt
    assert get(hub.model("base.en"), models) == "download-damaged"
    assert models.installed() == []
    hub.spoilt = ""
    assert get(hub.model("base.en"), models) == ""


def test_a_connection_that_breaks_twice_is_taken_up_where_it_broke(hub: Hub, models: Models) -> None:
    hub.cut_after = [1_000_000, 500_000]
    assert get(hub.model("base.en"), models) == ""
    assert hub.ranges == ["model.bin from 1000000", "model.bin from 1500000"]
    models.check(models.find("base.en"))


def test_a_download_that_was_stopped_ends_at_once_and_goes_on_later(hub: Hub, models: Models) -> None:
    hub.stall_after = 1_200_000
    getting = Getting(hub.model("base.en"), models)
    assert hub.stalled.wait(30)
    sent = len(hub.files["config.json"]) + 1_200_000
    wait_until(lambda: getting.progress[-1][0] == sent, 30, "what was sent to arrive")
    getting.download.stop()
    assert getting.outcome() == STOPPED
    assert models.installed() == []
    hub.stall_after = None
    assert get(hub.model("base.en"), models) == ""
    assert hub.ranges == ["model.bin from 1200000"]
    models.check(models.find("base.en"))


def test_what_was_downloaded_of_a_model_can_be_removed(hub: Hub, models: Models) -> None:
    hub.spoilt = "model.bin"
    get(hub.model("base.en"), models)
    models.remove("base.en")
    assert not models.partial("base.en").exists()


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "model-not-found"), (403, "hub-refused"), (429, "hub-refused"), (503, "hub-refused")],
)
def test_what_the_hub_answers_instead_is_said(hub: Hub, models: Models, status: int, code: str) -> None:
    hub.status = status
    assert get(hub.model("base.en"), models) == code


def test_without_a_network_it_is_said_that_the_hub_cannot_be_reached(
    hub: Hub, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert get(hub.model("base.en"), models) == "no-network"


def test_without_enough_room_nothing_is_downloaded(
    hub: Hub, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    nearly_full = SimpleNamespace(total=1 << 40, used=1 << 40, free=50_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: nearly_full)
    getting = Getting(hub.model("base.en"), models)
    assert getting.outcome() == "disk-full"
    assert not getting.progress


def test_a_disk_that_fills_up_on_the_way_is_said(hub: Hub, models: Models) -> None:
    models.partial("base.en").mkdir(parents=True)
    (models.partial("base.en") / "model.bin.part").symlink_to("/dev/full")
    assert get(hub.model("base.en"), models) == "disk-full"


def test_a_folder_that_cannot_be_written_is_said(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    assert get(hub.model("base.en"), Models(tmp_path / "models", paths.shipped_models_folder())) == (
        "download-not-written"
    )


def test_two_programs_do_not_download_one_model_at_the_same_time(hub: Hub, models: Models) -> None:
    hub.stall_after = 100_000
    first = Getting(hub.model("base.en"), models)
    assert hub.stalled.wait(30)
    assert get(hub.model("base.en"), models) == "download-under-way"
    first.download.stop()
    assert first.outcome() == STOPPED
