"""Where things lie: the user's folders, and what the program brings along."""

import os
import sys
from pathlib import Path

import platformdirs

_DIRS = platformdirs.PlatformDirs("aloud", appauthor=False)
_PACKAGE = Path(__file__).resolve().parent


def config_folder() -> Path:
    return Path(_DIRS.user_config_dir)


def data_folder() -> Path:
    """History and recordings."""
    return Path(_DIRS.user_data_dir)


def cache_folder() -> Path:
    """Downloaded models, and whatever else can be had again."""
    return Path(_DIRS.user_cache_dir)


def log_folder() -> Path:
    return Path(_DIRS.user_log_dir)


def runtime_folder() -> Path:
    """A folder that only this user can enter, for the local socket; made with mode 0700.

    Without a runtime folder from the system the data folder serves, not a shared temporary one.
    """
    given = os.environ.get("XDG_RUNTIME_DIR")
    folder = Path(given) / "aloud" if given and sys.platform.startswith("linux") else data_folder() / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def settings_file() -> Path:
    return config_folder() / "settings.toml"


def own_terms_file() -> Path:
    return config_folder() / "terms.csv"


def history_file() -> Path:
    return data_folder() / "history.sqlite3"


def recogniser_tally_file() -> Path:
    return data_folder() / "recogniser.json"


def doubt_file() -> Path:
    return data_folder() / "doubt.json"


def scores_file() -> Path:
    return data_folder() / "scores.jsonl"


def recordings_folder() -> Path:
    return data_folder() / "recordings"


def downloaded_models_folder() -> Path:
    return cache_folder() / "models"


def project_indexes_folder() -> Path:
    return cache_folder() / "projects"


def shipped_models_folder() -> Path:
    return _shipped("models")


def dictionaries_folder() -> Path:
    return resources_folder() / "terms"


def score_sentences_file() -> Path:
    return resources_folder() / "score" / "sentences.csv"


def resources_folder() -> Path:
    return _shipped("resources")


def _shipped(name: str) -> Path:
    """Inside the package where it was installed, beside it in a checkout."""
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
