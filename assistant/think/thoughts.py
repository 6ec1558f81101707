"""Separates `<think>…</think>` at the beginning of an answer from the answer."""

_OPEN, _CLOSE = "<think>", "</think>"


class Thoughts:
    """Feed pieces of the content; each time get (text, reasoning). A tag may be split anywhere."""

    def __init__(self) -> None:
        self._held = ""
        self._take = self._before

    def feed(self, content: str) -> tuple[str, str]:
        self._held += content
        return self._take()

    def flush(self) -> tuple[str, str]:
        """What was held back because it might have become a tag."""
        held, self._held = self._held, ""
        return ("", held) if self._take == self._inside else (held, "")

    def _before(self) -> tuple[str, str]:
        begun = self._held.lstrip()
        if begun.startswith(_OPEN):
            self._held = begun.removeprefix(_OPEN).lstrip()
            self._take = self._inside
            return self._take()
        if _OPEN.startswith(begun):  # nothing yet, or the beginning of the tag
            return "", ""
        self._take = self._after
        return self._take()

    def _inside(self) -> tuple[str, str]:
        reasoning, closed, rest = self._held.partition(_CLOSE)
        if closed:
            self._held = rest
            self._take = self._between
            text, _ = self._take()
            return text, reasoning.rstrip()
        held = next(n for n in range(len(_CLOSE), -1, -1) if self._held.endswith(_CLOSE[:n]))
        sure = len(self._held) - held
        reasoning, self._held = self._held[:sure], self._held[sure:]
        return "", reasoning

    def _between(self) -> tuple[str, str]:
        self._held = self._held.lstrip()
        if self._held:
            self._take = self._after
        return self._take() if self._held else ("", "")

    def _after(self) -> tuple[str, str]:
        text, self._held = self._held, ""
        return text, ""
