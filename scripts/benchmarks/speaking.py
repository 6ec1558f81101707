"""The voice: how soon an answer's first clause sounds, and how soon it is silent when somebody talks."""

from collections.abc import Sequence

from scripts.benchmarks.answering import Answers, Begun, Silenced
from scripts.benchmarks.measure import Effort, Row, Series

_CLAUSE = "If you want the short version,"
_ANSWER = (
    "There are nine blue books on the table, and I will go on talking about each of them for a long while. "
    * 3
)
_BEGIN_MS = 40.0
_SILENT_MS = 50.0
_INTERRUPTIONS = 5  # for each round: a 99th percentile needs a hundred
_ASLEEP = 4  # every so many rounds


def measure(effort: Effort) -> list[Row]:
    with Answers() as answers:
        rows = []
        if effort.wants("9"):
            rows.append(_begin(answers, effort.rounds))
        if effort.wants("10"):
            rows.append(_silence([answers.interrupt(_ANSWER) for _ in range(effort.rounds * _INTERRUPTIONS)]))
    return rows


def _begin(answers: Answers, rounds: int) -> Row:
    begun: list[Begun] = []
    plain: list[float] = []
    asleep: list[Begun] = []
    for number in range(rounds):
        begun.append(answers.begin(_CLAUSE))
        plain.append(answers.begin_plain(_CLAUSE))
        if number % _ASLEEP == 0:
            asleep.append(answers.begin_asleep(_CLAUSE))
    ours = Series([one.device_ms for one in begun])
    woken = Series([one.device_ms for one in asleep])
    return Row(
        "9",
        "first clause complete → first sample to the device",
        "ms",
        ours,
        f"≤ {_BEGIN_MS:g} ms",
        ours.median <= _BEGIN_MS,
        {"pyttsx3, say and runAndWait, until it is heard": Series(plain)},
        {
            "engine": Series([one.given_ms for one in begun]),
            "synthesis, and the stream's start": Series([one.device_ms - one.given_ms for one in begun]),
            "from there to sound at the sink": Series([one.heard_ms - one.device_ms for one in begun]),
        },
        notes=[
            f"Until sound is heard at the sink: {Series([one.heard_ms for one in begun]).median:.0f} ms.",
            "The rig's sink, listened to for both, gives sound away up to 10 ms before it would be heard.",
            "The device is awake, since the answer is expected.",
            f"Read aloud after a pause: {woken.median:.0f} ms, 100 of them silence, which a waking device swallows.",
        ],
    )


def _silence(interruptions: Sequence[Silenced]) -> Row:
    silent = Series([one.silent_ms for one in interruptions])
    aborted = [one.aborted_ms - one.told_ms for one in interruptions if one.aborted_ms is not None]
    ended = len(interruptions) - len(aborted)
    return Row(
        "10",
        "interruption (the key goes down) → silence at the sink",
        "ms",
        silent,
        f"p99 ≤ {_SILENT_MS:g} ms",
        silent.percentile(0.99) <= _SILENT_MS,
        stages={
            "engine": Series([one.told_ms for one in interruptions]),
            "voice: until its stream is aborted": Series(aborted or [0.0]),
            "held by the sink itself (not in the figure)": Series([one.sink_ms for one in interruptions]),
        },
        notes=[
            f"{len(silent.samples)} times: p99 {silent.percentile(0.99):.1f} ms, slowest {max(silent.samples):.1f} ms.",
            f"{ended} times the voice's process was ended, since it was not silent within 20 ms.",
            "pyttsx3 cannot be interrupted: its stop() from another thread waited 9 s, and speech went on to its end.",
        ],
    )
