"""A server's no: an HTTP status other than success, or an error in the middle of an answer."""

import email.utils
import json
import re
import time
from collections.abc import Mapping
from typing import Any, Self

_LONG_TOKEN = re.compile(r"\S*(?:sk-|Bearer\s)\S*|(?=\S*\d)[\w*\-]{24,}")
_LONGEST_QUOTE = 160  # characters
_OVERLONG = re.compile(
    r"context.{0,12}(length|window|size|limit)|maximum context|prompt is too long|too many tokens",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(
    r"\bmodel\b.*(not found|not exist|not available|not loaded|unknown|no such)|(invalid|unknown|no such) model",
    re.IGNORECASE | re.DOTALL,
)
_NO_CREDIT = re.compile(
    r"insufficient_quota|billing|credit balance|insufficient (credit|balance|funds)", re.IGNORECASE
)
_KEY_WANTED = re.compile(r"authorization header|api.?key", re.IGNORECASE)


class Refusal(Exception):  # noqa: N818 - it is what the server did
    """`status` is HTTP's; `message` and `code` are the server's own words; `retry_after_s` is when to come again."""

    def __init__(
        self,
        status: int,
        message: str = "",
        code: str = "",
        retry_after_s: float | None = None,
        location: str = "",
    ) -> None:
        super().__init__(status, code)
        self.status = status
        self.message = message
        self.code = code
        self.retry_after_s = retry_after_s
        self.location = location

    @classmethod
    def of(cls, status: int, headers: Mapping[str, str], body: bytes) -> Self:
        """From an HTTP answer. The names in `headers` must be found in any case of letters."""
        message, code = _words(body.decode(errors="replace"))
        return cls(status, message, code, _retry_after_s(headers), headers.get("location", ""))

    @classmethod
    def within_answer(cls, event: Mapping[str, Any]) -> Self:
        """From an event that has an "error"; without a status in it, it counts as the server's own failure."""
        message, code = _words(json.dumps(event))
        return cls(int(code) if re.fullmatch(r"[45]\d\d", code) else 500, message, code)

    @property
    def context_too_long(self) -> bool:
        return self.status in {400, 413, 422, 500} and self._says(_OVERLONG)

    @property
    def model_missing(self) -> bool:
        return self.status in {400, 404, 422} and self._says(_NO_MODEL)

    @property
    def no_credit(self) -> bool:
        if self.status == 429 and self.retry_after_s is not None:
            return False
        return self.status == 402 or (self.status in {403, 429} and self._says(_NO_CREDIT))

    @property
    def wants_key(self) -> bool:
        return self.status in {401, 403} or (self.status == 400 and self._says(_KEY_WANTED))

    @property
    def loading(self) -> bool:
        """The server is there and its model is still being loaded."""
        return self.status == 503 and "loading" in self.message.lower()

    def is_about(self, parameter: str) -> bool:
        """Whether the server could not do with this part of the request."""
        return self.status in {400, 422} and parameter in self.message

    @property
    def quote(self) -> str:
        """The server's first sentence in quotation marks, without anything like a key; "" where it said none."""
        words = " ".join(self.message.split())
        if not words:
            return ""
        sentence = re.split(r"(?<=[.!?])\s", _LONG_TOKEN.sub("…", words), maxsplit=1)[0]
        if len(sentence) > _LONGEST_QUOTE:
            sentence = sentence[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + "…"
        return f"“{''.join(letter for letter in sentence if letter.isprintable())}”"

    def _says(self, pattern: re.Pattern[str]) -> bool:
        return bool(
            pattern.search(f"{self.code} {self.message}".replace("_", " ")) or pattern.search(self.code)
        )


def _words(body: str) -> tuple[str, str]:
    """The message and the code of an error's body, in any of the usual shapes; empty where it is not JSON."""
    try:
        said = json.loads(body)
    except ValueError:
        return "", ""  # a page for people
    said = _first(said)
    for name in ("error", "detail"):
        if isinstance(said, dict) and said.get(name):
            said = _first(said[name])
    if not isinstance(said, dict):
        return (said, "") if isinstance(said, str) else ("", "")
    message = said.get("message") or said.get("msg") or ""
    where = said.get("param") or said.get("loc") or ""
    code = said.get("code") or said.get("type") or ""
    return f"{message}" if not where or str(where) in str(message) else f"{message} ({where})", str(code)


def _first(said: object) -> object:
    return said[0] if isinstance(said, list) and said else said


def _retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Retry-After in seconds, from seconds or a date."""
    given = headers.get("retry-after", "")
    if re.fullmatch(r"\d{1,9}(\.\d+)?", given):
        return float(given)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(given).timestamp() - time.time())
    except ValueError:
        return None
