"""Downloading a model from the hub: resumed after any interruption, checked, stopped at once when asked.

A file is asked for at `ENDPOINT/REPOSITORY/resolve/REVISION/NAME`, where ENDPOINT is https://huggingface.co or what
the environment's HF_ENDPOINT names (a mirror).
"""

import asyncio
import contextlib
import errno
import hashlib
import logging
import os
import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
from filelock import FileLock, Timeout

from assistant import __version__
from assistant.errors import AssistantError
from assistant.transcribe.catalogue import CatalogueModel, ModelFile
from assistant.transcribe.installed import Models
from assistant.turn.events import Remedy

STOPPED = "download-stopped"

_SPARE_BYTES = 100 << 20
_SILENCE_S = 30.0
_MOST_FRUITLESS = 4
_PAUSE_S = 1.0

log = logging.getLogger(__name__)


class Download:
    """The download of one model, on a thread of its own.

    `on_progress` is called with the bytes that are here and those there will be, `on_end` with None when the model is
    installed, else with what went wrong (code `STOPPED` after `stop`); both on that thread.
    """

    def __init__(
        self,
        model: CatalogueModel,
        models: Models,
        on_progress: Callable[[int, int], None],
        on_end: Callable[[AssistantError | None], None],
    ) -> None:
        self.model = model
        self._models = models
        self._on_progress = on_progress
        self._on_end = on_end
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name=f"download of {model.name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it; what has arrived stays, so that the next download of the model goes on from there."""
        with contextlib.suppress(RuntimeError):  # It has ended, and its loop is closed.
            self._loop.call_soon_threadsafe(self._stopping.set)

    def join(self, timeout_s: float | None = None) -> None:
        self._thread.join(timeout_s)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            outcome = runner.run(self._fetch_unless_stopped())
        self._on_end(outcome)

    async def _fetch_unless_stopped(self) -> AssistantError | None:
        fetching = asyncio.create_task(_fetch(self.model, self._models, self._on_progress))
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait((fetching, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not fetching.done():
            fetching.cancel()
        try:
            await fetching
        except asyncio.CancelledError:
            return AssistantError(
                STOPPED, f"The download of {self.model.name} was stopped.", "The next one goes on from there."
            )
        except AssistantError as error:
            return error
        return None


async def _fetch(model: CatalogueModel, models: Models, on_progress: Callable[[int, int], None]) -> None:
    staging = models.partial(model.name)
    try:
        staging.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{staging}.lock", blocking=False):
            await _Fetching(model, staging, on_progress).run(models)
    except Timeout as error:
        raise AssistantError(
            "download-under-way", f"{model.name} is being downloaded already.", "Wait until it is here."
        ) from error
    except OSError as error:
        raise _not_written(model, models.downloads, error) from error


class _Fetching:
    """The files of one model into its staging folder."""

    def __init__(self, model: CatalogueModel, staging: Path, on_progress: Callable[[int, int], None]) -> None:
        self._model = model
        self._staging = staging
        self._on_progress = on_progress
        self._finished_bytes = 0

    async def run(self, models: Models) -> None:
        self._make_sure_of_room()
        timeout = httpx2.Timeout(_SILENCE_S)
        headers = {"User-Agent": f"aloud/{__version__}", "Accept-Encoding": "identity"}
        async with httpx2.AsyncClient(follow_redirects=True, timeout=timeout, headers=headers) as client:
            files = [await self._fetch_file(client, file) for file in self._model.files]
        source = f"{self._model.repository}@{self._model.revision}"
        models.finish(self._staging, self._model.name, files, source)
        log.info("model %s is here", self._model.name)

    def _make_sure_of_room(self) -> None:
        here = sum(file.stat().st_size for file in self._staging.iterdir())
        needed = self._model.bytes - here + _SPARE_BYTES
        free = shutil.disk_usage(self._staging).free
        if free < needed:
            raise AssistantError(
                "disk-full",
                f"There is not enough room for {self._model.name}: "
                f"{needed / 1e6:.0f} MB are needed, {free / 1e6:.0f} MB are free.",
                f"Make room on the disk of {self._staging.parent.parent}, or choose a smaller model.",
            )

    async def _fetch_file(self, client: httpx2.AsyncClient, file: ModelFile) -> ModelFile:
        target = self._staging / file.name
        if not target.exists():
            part = self._staging / f"{file.name}.part"
            expected = await self._receive_whole(client, file, part)
            if not await _matches(part, expected):
                part.unlink()
                raise self._damaged(file)
            part.rename(target)
        self._finished_bytes += file.bytes
        self._tell(0)
        return ModelFile(file.name, file.bytes, file.sha256 or await _digest(target, hashlib.sha256()))

    async def _receive_whole(self, client: httpx2.AsyncClient, file: ModelFile, part: Path) -> str:
        """Receive until all of it is here, over as many connections as it takes; return the expected checksum."""
        fruitless = 0
        while True:
            before = _size(part)
            try:
                return await self._receive(client, file, part)
            except (httpx2.TransportError, _TryLaterError) as error:
                log.warning("download of %s: %r", self._model.name, error)
                fruitless = 0 if _size(part) > before else fruitless + 1
                if fruitless == _MOST_FRUITLESS:
                    if isinstance(error, _TryLaterError):
                        raise self._refused(error.status) from error
                    raise self._unreachable() from error
            await asyncio.sleep(_PAUSE_S * fruitless)

    async def _receive(self, client: httpx2.AsyncClient, file: ModelFile, part: Path) -> str:
        """Receive what is missing over one connection; return the expected checksum."""
        here = _size(part)
        url = f"{_endpoint()}/{self._model.repository}/resolve/{self._model.revision}/{file.name}"
        if here == file.bytes:
            if file.sha256:
                return file.sha256
            response = await client.head(url)
            self._judge(response)
            return _checksum_told(response)
        range_ = {"Range": f"bytes={here}-"} if here else {}
        async with client.stream("GET", url, headers=range_) as response:
            self._judge(response)
            with part.open("ab" if response.status_code == httpx2.codes.PARTIAL_CONTENT else "wb") as out:
                async for chunk in response.aiter_raw():
                    out.write(chunk)
                    self._tell(out.tell())
                    if out.tell() > file.bytes:
                        break
        if _size(part) < file.bytes:
            raise httpx2.RemoteProtocolError("the answer ended early")
        return file.sha256 or _checksum_told(response)

    def _judge(self, response: httpx2.Response) -> None:
        status = response.status_code
        if status in {httpx2.codes.OK, httpx2.codes.PARTIAL_CONTENT}:
            return
        if status == httpx2.codes.TOO_MANY_REQUESTS or status >= httpx2.codes.INTERNAL_SERVER_ERROR:
            raise _TryLaterError(status)
        if status == httpx2.codes.NOT_FOUND:
            raise AssistantError(
                "model-not-found",
                f"The model hub does not have {self._model.name}.",
                "Choose another model.",
                Remedy.GET_RECOGNISER,
            )
        raise self._refused(status)

    def _tell(self, of_this_file: int) -> None:
        self._on_progress(self._finished_bytes + of_this_file, self._model.bytes)

    def _unreachable(self) -> AssistantError:
        return AssistantError(
            "no-network",
            f"The model hub at {urlsplit(_endpoint()).hostname} cannot be reached.",
            "Check the network; the download goes on from where it is. "
            "`aloud models add FOLDER` takes a model from a disk.",
            Remedy.GET_RECOGNISER,
        )

    def _refused(self, status: int) -> AssistantError:
        return AssistantError(
            "hub-refused",
            f"The model hub refused the download of {self._model.name} (HTTP status {status}).",
            "Try again later, or choose another model.",
            Remedy.GET_RECOGNISER,
        )

    def _damaged(self, file: ModelFile) -> AssistantError:
        return AssistantError(
            "download-damaged",
            f"What arrived is not {self._model.name}: {file.name} does not match its checksum.",
            "Get it again; if it happens again, something on the way changes what is downloaded.",
            Remedy.GET_RECOGNISER,
        )


class _TryLaterError(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP status {status}")
        self.status = status


def _checksum_told(response: httpx2.Response) -> str:
    """What the hub says of the file, in the first answer that does: a SHA-256, or git's object name of a small file."""
    for answer in (*response.history, response):
        for header in ("X-Linked-Etag", "ETag"):
            told = answer.headers.get(header, "").removeprefix("W/").strip('"')
            if re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", told):
                return told
    raise AssistantError(
        "no-checksum", "The model hub does not say how to check the file.", "Choose another model."
    )


async def _matches(file: Path, expected: str) -> bool:
    """Whether the file has this SHA-256, or this object name of git's."""
    if len(expected) == 64:
        return await _digest(file, hashlib.sha256()) == expected
    return await _digest(file, hashlib.sha1(b"blob %d\0" % _size(file), usedforsecurity=False)) == expected


async def _digest(file: Path, digest: "hashlib._Hash") -> str:
    with file.open("rb") as content:
        while chunk := content.read(8 << 20):
            digest.update(chunk)
            await asyncio.sleep(0)
    return digest.hexdigest()


def _not_written(model: CatalogueModel, folder: Path, error: OSError) -> AssistantError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return AssistantError(
            "disk-full",
            f"The disk is full; {model.name} is not all here.",
            f"Make room on the disk of {folder}.",
        )
    return AssistantError(
        "download-not-written",
        f"{model.name} cannot be written to {folder}: {error.strerror}.",
        "Check the folder's permissions.",
    )


def _endpoint() -> str:
    return os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
