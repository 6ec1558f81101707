"""What is told of the recogniser: how ready it is, under which name, and how far a model has come that is fetched."""

from dataclasses import replace

from assistant.ports import Emit
from assistant.turn.events import Fault, Part, PartChanged, Readiness


class Standing:
    """Tells each change, with everything else as it was."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._state = PartChanged(Part.TRANSCRIBE, Readiness.STARTING)

    @property
    def label(self) -> str:
        """The name of the recogniser that is in use, or that is being loaded."""
        return self._state.label

    def tell(self, readiness: Readiness, label: str, fault: Fault | None = None) -> None:
        self._state = replace(self._state, readiness=readiness, label=label, fault=fault)
        self._emit(self._state)

    def progress(self, progress: float | None) -> None:
        """Of a download, 0…1; None where there is none."""
        self._state = replace(self._state, progress=progress)
        self._emit(self._state)
