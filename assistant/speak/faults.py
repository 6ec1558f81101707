"""A fault on its way between processes."""

from collections.abc import Mapping
from typing import Any

from assistant.errors import AssistantError
from assistant.turn.events import Fault, Remedy


def packed(fault: Fault) -> dict[str, Any]:
    return {"code": fault.code, "message": fault.message, "hint": fault.hint, "remedy": fault.remedy or ""}


def unpacked(data: Mapping[str, Any]) -> Fault:
    remedy = Remedy(data["remedy"]) if data["remedy"] else None
    return Fault(data["code"], data["message"], data["hint"], remedy)


def raised(data: Mapping[str, Any]) -> AssistantError:
    fault = unpacked(data)
    return AssistantError(fault.code, fault.message, fault.hint, fault.remedy)
