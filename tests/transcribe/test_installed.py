"""Models can be added, found, checked and removed; what is not a model is not taken for one."""

import shutil
from pathlib import Path

import pytest

from assistant import paths
from assistant.errors import AssistantError
from assistant.transcribe.installed import Models
from assistant.transcribe.machine import Machine
from assistant.transcribe.offers import offers

TEST_MODEL = paths.shipped_models_folder() / "test.en"
LAPTOP = Machine(4, 8 << 30, cuda=False)


def fault(error: pytest.ExceptionInfo[AssistantError]) -> str:
    return error.value.fault.code


def test_with_nothing_installed_there_is_nothing_to_use_by_default(models: Models) -> None:
    assert models.installed() == []
    assert models.best("en", LAPTOP) is None


def test_the_test_model_is_used_only_where_it_is_named(models: Models) -> None:
    assert models.find("test.en").folder == TEST_MODEL
    assert models.find(str(TEST_MODEL)).name == "test.en"
    assert models.best("en", LAPTOP) is None


def test_a_folder_is_added_under_a_name_and_stays_when_the_folder_goes(
    models: Models, tmp_path: Path
) -> None:
    original = shutil.copytree(TEST_MODEL, tmp_path / "mine")
    models.add(original, "my-model")
    shutil.rmtree(original)
    model = models.find("my-model")
    assert model.languages == "English"
    models.check(model)
    assert models.best("en", LAPTOP) == model
    assert models.best("de", LAPTOP) is None
    assert [offer.name for offer in offers(models) if offer.installed] == ["my-model"]


def test_a_model_of_the_catalogue_comes_before_others_and_the_suitable_first(models: Models) -> None:
    for name in ("zebra", "tiny.en", "large-v3", "base.en"):
        models.add(TEST_MODEL, name)
    assert [model.name for model in models.installed()] == ["tiny.en", "base.en", "large-v3", "zebra"]
    best = models.best("en", LAPTOP)
    assert best is not None
    assert best.name == "base.en"


def test_a_hub_cache_of_links_can_be_added(models: Models, tmp_path: Path) -> None:
    snapshot = tmp_path / "snapshots" / "0d3d19a"
    snapshot.mkdir(parents=True)
    for file in TEST_MODEL.iterdir():
        (snapshot / file.name).symlink_to(file)
    model = models.add(snapshot, "from-cache")
    assert not any(file.is_symlink() for file in model.folder.iterdir())


def test_what_is_not_a_whisper_model_is_refused(models: Models, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(AssistantError) as nothing:
        models.add(empty)
    assert fault(nothing) == "not-a-model"
    assert "config.json" in str(nothing.value)
    other = shutil.copytree(TEST_MODEL, tmp_path / "other")
    (other / "model.bin").write_bytes(b"\x06\0\0\0\x0f\0TransformerSpec\0")
    with pytest.raises(AssistantError) as translator:
        models.add(other)
    assert fault(translator) == "not-a-model"
    assert models.installed() == []


def test_a_name_is_neither_taken_twice_nor_a_way_out_of_the_folder(models: Models) -> None:
    models.add(TEST_MODEL, "mine")
    with pytest.raises(AssistantError) as twice:
        models.add(TEST_MODEL, "mine")
    assert fault(twice) == "model-exists"
    for name in ("../mine", "a/b", ".hidden"):
        with pytest.raises(AssistantError) as bad:
            models.add(TEST_MODEL, name)
        assert fault(bad) == "bad-name"
        with pytest.raises(AssistantError) as none:
            models.remove(name)
        assert fault(none) == "no-such-model"


def test_a_removed_model_is_gone(models: Models) -> None:
    models.add(TEST_MODEL, "mine")
    models.remove("mine")
    assert models.installed() == []
    assert [file.name for file in models.downloads.rglob("*") if file.is_file()] == []
    with pytest.raises(AssistantError) as gone:
        models.remove("mine")
    assert fault(gone) == "no-such-model"


def test_a_model_with_a_changed_byte_is_noticed(models: Models) -> None:
    model = models.add(shutil.copytree(TEST_MODEL, models.downloads.parent / "copy"), "mine")
    content = bytearray((model.folder / "config.json").read_bytes())
    content[-2] ^= 1
    (model.folder / "config.json").write_bytes(content)
    with pytest.raises(AssistantError) as damaged:
        models.check(model)
    assert fault(damaged) == "model-damaged"


def test_a_model_with_a_missing_or_cut_file_is_not_used(models: Models) -> None:
    for name in ("missing", "cut"):
        models.add(shutil.copytree(TEST_MODEL, models.downloads.parent / name), name)
    (models.folder("missing") / "tokenizer.json").unlink()
    with (models.folder("cut") / "model.bin").open("ab") as weights:
        weights.truncate(1000)
    assert models.installed() == []


def test_an_unknown_name_says_how_to_get_it(models: Models) -> None:
    with pytest.raises(AssistantError) as known:
        models.find("small.en")
    assert "aloud models get small.en" in str(known.value)
    with pytest.raises(AssistantError) as unknown:
        models.find("nonsense")
    assert "aloud models list" in str(unknown.value)
    with pytest.raises(AssistantError):
        models.offered("nonsense")
