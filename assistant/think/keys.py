"""API keys, each bound to one server: from the environment, the keyring, or a person.

A key belongs to an origin (scheme, host, port) and is found only for that one. The keyring may ask the user to unlock
it and may never answer: it is used on a thread of its own, with a time limit.
"""

import contextlib
import logging
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from types import ModuleType
from typing import TypeVar

from assistant.errors import AssistantError
from assistant.think.address import is_private, normalised, origin
from assistant.think.connection import key_in_the_clear

log = logging.getLogger(__name__)

_SERVICE = "aloud"
_OPENAI = "https://api.openai.com"
_INSTEAD = "Set ALOUD_API_KEY in the environment instead."
_UNLOCK = "Unlock it and try again, or set ALOUD_API_KEY in the environment instead."

T = TypeVar("T")


class Keys:
    """The keys there are. All methods may be called from any thread; base URLs are normalised ones.

    ALOUD_API_KEY is bound to `configured`, the base URL of the settings at the program's start; OPENAI_API_KEY to
    api.openai.com. `limit_s` is how long the keyring may take.
    """

    def __init__(
        self, configured: str = "", *, environment: Mapping[str, str] | None = None, limit_s: float = 30.0
    ) -> None:
        environment = os.environ if environment is None else environment
        self._limit_s = limit_s
        self._lock = threading.Lock()
        self._looking: dict[str, Future[str]] = {}
        self._known = {_OPENAI: environment.get("OPENAI_API_KEY", "").strip()}
        with contextlib.suppress(AssistantError):  # told where the address is used
            if key := environment.get("ALOUD_API_KEY", "").strip():
                self._known[origin(normalised(configured))] = key

    def known(self, base_url: str) -> str:
        """The key as far as it is known without asking the keyring; "" if there is none."""
        with self._lock:
            return self._known.get(origin(base_url), "")

    def look_up(self, base_url: str) -> Future[str]:
        """The key in the keyring, "" if there is none; known from then on. Fails with AssistantError.

        Nothing limits the time: an unlocking by the user also counts when it comes late. There is one look-up per
        server at a time.
        """
        if not is_private(base_url):
            raise key_in_the_clear(base_url)
        account = origin(base_url)
        with self._lock:
            if account not in self._looking:
                self._looking[account] = _on_a_thread(lambda keyring: self._read(keyring, account))
            return self._looking[account]

    def find(self, base_url: str) -> str:
        """The key for this server from wherever there is one, "" if nowhere. Raises AssistantError.

        The keyring may ask the user to unlock it: call this only for a server that wants a key.
        """
        return self.known(base_url) or self.in_time(self.look_up(base_url))

    def use(self, base_url: str, key: str) -> None:
        """Use `key` for this server until the program ends."""
        with self._lock:
            self._known[origin(base_url)] = key.strip()

    def keep(self, base_url: str, key: str) -> None:
        """Use `key` for this server, and keep it in the keyring.

        Raises AssistantError where it cannot be kept; it is in use all the same until the program ends.
        """
        self.use(base_url, key)
        account, key = origin(base_url), key.strip()
        self.in_time(_on_a_thread(lambda keyring: keyring.set_password(_SERVICE, account, key)))

    def forget(self, base_url: str) -> None:
        """Have no key for this server any more. Raises AssistantError."""
        account = origin(base_url)
        with self._lock:
            self._known.pop(account, None)
        self.in_time(_on_a_thread(lambda keyring: _delete(keyring, account)))

    def check(self) -> str:
        """Keep something in the keyring, read it and remove it; return the keyring's name. Raises AssistantError."""
        return self.in_time(_on_a_thread(_try_out))

    def in_time(self, result: Future[T]) -> T:
        """The result, if it comes within the limit. Raises AssistantError."""
        try:
            return result.result(self._limit_s)
        except TimeoutError as error:
            raise self.too_late() from error

    def too_late(self) -> AssistantError:
        message = f"The keyring has not answered for {self._limit_s:g} seconds."
        return AssistantError("keyring-silent", message, _UNLOCK)

    @property
    def limit_s(self) -> float:
        return self._limit_s

    def _read(self, keyring: ModuleType, account: str) -> str:
        try:
            key: str = (keyring.get_password(_SERVICE, account) or "").strip()
        finally:
            with self._lock:
                self._looking.pop(account, None)
        with self._lock:
            return self._known.setdefault(account, key) if key else key


def _try_out(keyring: ModuleType) -> str:
    keyring.set_password(_SERVICE, "check", "check")
    kept = keyring.get_password(_SERVICE, "check")
    _delete(keyring, "check")
    if kept != "check":
        raise AssistantError("keyring-forgets", "The keyring does not keep what is put into it.", _INSTEAD)
    return str(keyring.get_keyring().name)


def _delete(keyring: ModuleType, account: str) -> None:
    with contextlib.suppress(keyring.errors.PasswordDeleteError):  # there was none
        keyring.delete_password(_SERVICE, account)


def _on_a_thread(work: Callable[[ModuleType], T]) -> Future[T]:
    """Do `work` with the keyring library on a thread that nobody has to wait for, not even at the program's end."""
    result: Future[T] = Future()

    def run() -> None:
        try:
            result.set_result(_with_keyring(work))
        except BaseException as error:  # noqa: BLE001 - it is raised where the result is taken
            result.set_exception(error)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    return result


def _with_keyring(work: Callable[[ModuleType], T]) -> T:
    import keyring
    import keyring.errors

    try:
        return work(keyring)
    except AssistantError:
        raise
    except keyring.errors.NoKeyringError as error:
        message = "There is no keyring here to keep API keys in."
        raise AssistantError("no-keyring", message, _INSTEAD) from error
    except Exception as error:  # a keyring is a plug-in: what its failures are is its own affair
        log.warning("the keyring failed: %s", type(error).__name__)
        raise AssistantError("keyring-locked", "The keyring is locked or does not work.", _UNLOCK) from error
