"""Names and rules as the program has them: the real list, dictionaries, indexes and rules, on the disk of this test."""

import threading
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from assistant import paths, settings
from assistant.controls_terms import ProgramTerms
from assistant.errors import AssistantError
from assistant.ports_terms import TermControls
from assistant.remember import SqliteHistory
from assistant.settings import Settings
from assistant.terms.vocabulary import Source, StandingVocabulary
from assistant.turn.events import Fault

_AT_ONCE = {"copied"}


class FakeTerms(ProgramTerms):
    """A method that may take seconds fails when the window's own thread calls it.

    `told` is what was complained of, `on_clipboard` what was copied when somebody began to speak.
    """

    def __init__(self, change: Callable[[str, str, object], Settings]) -> None:
        self.told: list[Fault] = []
        self.on_clipboard: list[str] = []
        self._change_settings = change
        self._opening = threading.Lock()
        self._history_opened: SqliteHistory | None = None
        self._closed = False
        super().__init__(
            lambda: FakeDesk(self.told.append),
            lambda: self.history,
            self._change_both,
            self.on_clipboard.append,
            self.told.append,
        )

    @property
    def history(self) -> SqliteHistory:
        with self._opening:
            if self._closed:
                raise AssistantError("closed", "The program has ended.")
            if self._history_opened is None:
                tell = self.told.append
                self._history_opened = SqliteHistory(paths.history_file(), paths.recordings_folder(), tell)
            return self._history_opened

    def close(self) -> None:
        with self._opening:
            self._closed = True
            if self._history_opened is not None:
                self._history_opened.close()

    def _change_both(self, name: str, value: object) -> Settings:
        settings.change(paths.settings_file(), "terms", name, value)
        return self._change_settings("terms", name, value)

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        return _elsewhere(found) if name in vars(TermControls) and name not in _AT_ONCE else found


class FakeDesk:
    """Reads the vocabulary whenever it is asked."""

    def __init__(self, tell: Callable[[Fault], None]) -> None:
        self._tell = tell

    def sources(self) -> Sequence[Source]:
        return StandingVocabulary(settings.load(paths.settings_file()).terms, self._tell).sources()

    def changed(self) -> None:
        """There is nothing to be made anew."""


def not_on_the_windows_thread() -> None:
    if threading.current_thread() is threading.main_thread():
        raise AssertionError("this may take seconds, and the window would stand still")


def _elsewhere(method: Any) -> Any:
    if not callable(method):
        return method

    @wraps(method)
    def checked(*args: Any, **keywords: Any) -> Any:
        not_on_the_windows_thread()
        return method(*args, **keywords)

    return checked
