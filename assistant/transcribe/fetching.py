"""The one model that is being downloaded in the background, and what a person is told of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.transcribe.catalogue import CatalogueModel
from assistant.transcribe.installed import Models
from assistant.turn.events import Fault

if TYPE_CHECKING:
    from assistant.transcribe.download import Download

_PROGRESS_STEPS = 200


class Fetching:
    """Everything is called on the owner's thread but `progress` and `ended`, which the download calls on its own.

    `progress` gets 0…1, in steps that are worth telling; `ended` the model's name, and why it is not here.
    """

    def __init__(
        self,
        models: Models,
        progress: Callable[[float], None],
        ended: Callable[[str, AssistantError | None], None],
    ) -> None:
        self._models = models
        self._tell_progress = progress
        self._tell_ended = ended
        self._download: Download | None = None
        self._step = -1

    def get(self, model: CatalogueModel) -> Fault | None:
        """Begin; a fault where another one is under way."""
        if self._download is not None:
            name = self._download.model.name
            return Fault("download-under-way", f"{name} is being downloaded.", "Wait until it is here.")
        # brings an HTTP client, which the start need not wait for
        from assistant.transcribe.download import Download

        self._step = -1
        self._download = Download(
            model, self._models, self._progress, lambda error: self._tell_ended(model.name, error)
        )
        return None

    def stop(self) -> None:
        """End it soon; `ended` follows."""
        if self._download is not None:
            self._download.stop()

    def over(self) -> None:
        """`ended` has been taken note of: another one may begin."""
        self._download = None

    def close(self) -> None:
        """Stop it, and wait until nothing is called any more."""
        if self._download is not None:
            self._download.stop()
            self._download.join()

    def _progress(self, here: int, whole: int) -> None:
        """Called very often."""
        step = here * _PROGRESS_STEPS // whole
        if step != self._step:
            self._step = step
            self._tell_progress(step / _PROGRESS_STEPS)
