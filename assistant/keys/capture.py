"""Catching the key that somebody presses to choose it."""

from collections.abc import Callable

from assistant.keys.names import Chord


class Capture:
    """Told of every press and release by the key's name, it calls `done` once with the chord that came of them.

    A modifier alone counts when a modifier comes up with no other key pressed; of several it is the last.
    """

    def __init__(self, done: Callable[[str], None]) -> None:
        self._done: Callable[[str], None] | None = done
        self._down: dict[str, str] = {}

    @property
    def over(self) -> bool:
        """It has been told, and the keys that were part of it are up again."""
        return self._done is None and not self._down

    def press(self, key: str, modifier: str = "") -> None:
        """`modifier` is which one `key` is ("ctrl" for "right ctrl"), empty if none."""
        if self._done is None:
            self._down.clear()  # a new key: whatever has not come up by now never will
            return
        if key == "esc" and not self._down:
            self._tell("")
        elif not modifier:
            self._tell(Chord(key, frozenset(filter(None, self._down.values()))).name)
        self._down[key] = modifier

    def release(self, key: str) -> None:
        if self._down.get(key) and self._done is not None:
            self._tell(list(self._down)[-1])
        self._down.pop(key, None)

    def cancel(self) -> None:
        self._tell("")
        self._down.clear()

    def _tell(self, name: str) -> None:
        done, self._done = self._done, None
        if done is not None:
            done(name)
