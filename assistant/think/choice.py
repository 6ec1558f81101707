"""What is to be used, and how long it may take."""

from assistant.turn.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user chose: the base URL as it stands in the settings ("" for none), the model, the instructions.

    `doubt_below` (0..1) is when a spoken word is doubtful, of which the model is told; None tells it nothing.
    """

    base_url: str = ""
    model: str = ""
    instructions: str = ""
    doubt_below: float | None = None


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds until an answer begins (a local model may have to be loaded), and between its pieces."""

    first_token_s: float = 120.0
    stall_s: float = 30.0
