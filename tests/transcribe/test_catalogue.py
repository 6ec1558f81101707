"""The catalogue is sound, and proposes a model that the machine can run."""

import re

import pytest

from assistant import paths
from assistant.transcribe.catalogue import best_of, read_catalogue
from assistant.transcribe.installed import Models
from assistant.transcribe.machine import Machine, this_machine
from assistant.transcribe.offers import offers

CATALOGUE = read_catalogue(paths.shipped_models_folder() / "catalogue.toml")
LAPTOP = Machine(4, 8 << 30, cuda=False)
WORKSTATION = Machine(16, 32 << 30, cuda=False)
GAMING = Machine(8, 16 << 30, cuda=True)


def test_every_entry_has_what_a_download_needs() -> None:
    for model in CATALOGUE:
        names = {file.name for file in model.files}
        assert names >= {"config.json", "model.bin", "tokenizer.json"}
        assert names & {"vocabulary.json", "vocabulary.txt"}
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", model.repository)
        assert re.fullmatch(r"[0-9a-f]{40}", model.revision)
        weights = next(file for file in model.files if file.name == "model.bin")
        assert len(weights.sha256) == 64
        assert all(re.fullmatch(r"([0-9a-f]{64})?", file.sha256) for file in model.files)
        assert all(file.bytes > 0 for file in model.files)


def test_names_are_unique_and_the_usual_ones_are_there() -> None:
    names = [model.name for model in CATALOGUE]
    assert len(names) == len(set(names))
    assert {"tiny.en", "base.en", "small.en", "medium.en", "large-v3", "large-v3-turbo"} < set(names)


@pytest.mark.parametrize(
    ("machine", "language", "proposed"),
    [
        (LAPTOP, "en", "base.en"),
        (LAPTOP, "de", "base"),
        (LAPTOP, "", "base"),
        (Machine(1, 2 << 30, cuda=False), "en", "tiny.en"),
        (WORKSTATION, "en", "small.en"),
        (WORKSTATION, "ja", "small"),
        (GAMING, "en", "large-v3-turbo"),
        (GAMING, "fr", "large-v3-turbo"),
    ],
)
def test_the_proposed_model_suits_machine_and_language(
    machine: Machine, language: str, proposed: str
) -> None:
    chosen = best_of(CATALOGUE, language, machine)
    assert chosen is not None
    assert chosen.name == proposed


def test_where_all_there_is_is_slow_the_least_slow_is_used() -> None:
    slow = [model for model in CATALOGUE if model.name in {"large-v3", "medium.en"}]
    chosen = best_of(slow, "en", LAPTOP)
    assert chosen is not None
    assert chosen.name == "medium.en"
    assert best_of([slow[0]], "de", LAPTOP) is None


def test_this_machine_is_known() -> None:
    machine = this_machine()
    assert machine.cores >= 1
    assert machine.memory_bytes > 1 << 28
    assert Models(paths.downloaded_models_folder(), paths.shipped_models_folder()).recommended("en", machine)


def test_an_offer_says_what_the_user_has_to_know() -> None:
    offered = offers(Models(paths.downloaded_models_folder(), paths.shipped_models_folder()))
    assert [offer.name for offer in offered] == [model.name for model in CATALOGUE]
    base = next(offer for offer in offered if offer.name == "base.en")
    assert (base.languages, base.speed, base.licence, base.installed) == ("English", "fast", "MIT", False)
    assert base.size_bytes == 147_769_510
