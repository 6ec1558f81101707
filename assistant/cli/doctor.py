"""`aloud doctor`: each part is tried for real; what is wrong is said, and what to do."""

import time
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from assistant.cli.output import FAILED, Json, console, print_json
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Readiness

if TYPE_CHECKING:
    from assistant.cli.checks import Finding

_MARKS = {
    Readiness.READY: ("✓", "green"),
    Readiness.LIMITED: ("!", "yellow"),
    Readiness.MISSING: ("–", "yellow"),
    Readiness.BROKEN: ("✗", "red"),
    Readiness.STARTING: ("?", "yellow"),
}


@dataclass(frozen=True, slots=True)
class Timed:
    finding: "Finding"
    took_s: float


def doctor(
    quiet: Annotated[bool, typer.Option("--quiet", help="Play no sound.")] = False, as_json: Json = False
) -> None:
    """Try every part for real: what works, what does not, and what to do about it."""
    from assistant.cli import checks  # it brings every part along

    findings = []
    for check in checks.all_checks(quiet=quiet):
        begun = time.monotonic()
        with console.status(check.what) if not as_json else nullcontext():
            finding = check.run()
        timed = Timed(finding, time.monotonic() - begun)
        findings.append(timed)
        if not as_json:
            _print(timed)
    if as_json:
        print_json([_as_json(timed) for timed in findings])
    if any(timed.finding.readiness is Readiness.BROKEN for timed in findings):
        raise typer.Exit(FAILED)


def _print(timed: Timed) -> None:
    finding = timed.finding
    mark, colour = _MARKS[finding.readiness]
    line = Text.assemble((f"{mark} ", colour), (f"{finding.part:<12} ", "bold"), finding.said)
    if finding.hint:
        line.append(f" {finding.hint}", style="dim")
    console.print(line, soft_wrap=True, highlight=False)


def _as_json(timed: Timed) -> dict[str, object]:
    finding = timed.finding
    return {
        "part": finding.part,
        "state": finding.readiness.value,
        "said": finding.said,
        "hint": finding.hint,
        "took_s": round(timed.took_s, 3),
    }
