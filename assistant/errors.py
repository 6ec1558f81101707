"""The one exception that crosses a room's boundary."""

from assistant.turn.events import Fault, Remedy


class AssistantError(Exception):
    """Something in the user's world is wrong: a device, a file, a server, a setting. Bugs are other exceptions.

    `message` is one plain sentence, `hint` says what to do, `code` is for programs, `remedy` names the button that
    helps.
    """

    def __init__(self, code: str, message: str, hint: str = "", remedy: Remedy | None = None) -> None:
        super().__init__(f"{message} {hint}".strip())
        self.fault = Fault(code, message, hint, remedy)
