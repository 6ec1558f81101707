"""When what happened in the turns of a conversation: tables for people, JSON for programs."""

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from assistant.cli.output import console, print_json
from assistant.turn.conversation import Conversation, title_of
from assistant.turn.timeline import Moment, Timeline

_NOT_ASKED = "dictated, or not sent"


def show_timing(conversation: Conversation, lines: Sequence[Timeline], *, as_json: bool) -> None:
    """Milliseconds from the beginning of each turn, and from what its user waited from: release, or sending."""
    texts = {message.turn: message.text for message in conversation.messages}
    if as_json:
        turns = [
            {
                "turn": line.turn,
                "question": texts.get(line.question),
                "moments_ms": _ms(line.moments),
                "waited_from": line.waited_from.value,
                "waited_ms": _ms(line.after(line.waited_from)),
            }
            for line in lines
        ]
        print_json({"conversation": conversation.id, "title": conversation.title, "turns": turns})
        return
    if not lines:
        print("No times were taken in this conversation.")
    for line in lines:
        console.print(Text(title_of(texts.get(line.question, _NOT_ASKED)), style="bold"))
        console.print(_table(line), end="\n\n")


def _table(line: Timeline) -> Table:
    waited = line.after(line.waited_from)
    origins = list(dict.fromkeys((next(iter(waited)), line.waited_from)))
    table = Table(box=None, pad_edge=False)
    table.add_column("ms")
    for origin in origins:
        table.add_column(f"from {origin.words}", justify="right")
    columns = [_ms(line.after(origin)) for origin in origins]
    for moment in waited:
        table.add_row(moment.words, *(f"{column[moment]:,.1f}" for column in columns))
    return table


def _ms(moments: Mapping[Moment, float]) -> dict[str, float]:
    return {moment.value: round(seconds * 1000, 1) for moment, seconds in moments.items()}
