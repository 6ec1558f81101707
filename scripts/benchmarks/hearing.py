"""The ear: how soon after the key goes down the first sample is kept, and how soon after it comes up all of it is there."""

from scripts.benchmarks.measure import Effort, Row, Series
from scripts.benchmarks.pressing import Desk, Pressed, open_plain

_BEYOND_MS = 5.0
_BEFORE_MS = 300.0
_MOST_AT_ONCE = 20  # talks in what noise there is


def measure(effort: Effort) -> list[Row]:
    talks: list[Pressed] = []
    plain: list[float] = []
    with Desk() as desk:
        for _ in range(effort.rounds):
            plain.append(open_plain())
            talks.append(desk.talk())
        desk.keep_open()
        kept = desk.talks_in_noise(min(effort.rounds, _MOST_AT_ONCE))
        lost = Series([float(desk.lost_at_seam(talk)) for talk in kept])
    return [_opened(talks, Series(plain)), _kept_open(kept, lost)]


def _opened(talks: list[Pressed], plain: Series) -> Row:
    sample = Series([talk.sample_ms for talk in talks])
    beyond = Series([talk.sample_ms - plain.median for talk in talks])
    ended = Series([talk.ended_ms for talk in talks])
    return Row(
        "1",
        "key down → first sample kept, beyond what PortAudio needs",
        "ms",
        beyond,
        f"≤ {_BEYOND_MS:g} ms",
        beyond.median <= _BEYOND_MS,
        {"key down → first sample": sample, "PortAudio alone, open → first sample": plain},
        {
            "keys": Series([talk.heard_ms for talk in talks]),
            "engine and history": Series([talk.told_ms - talk.heard_ms for talk in talks]),
            "ear, PortAudio in it": Series([talk.sample_ms - talk.told_ms for talk in talks]),
        },
        notes=[
            f"Key up in silence → recording complete: {ended.median:.1f} ms, p95 {ended.percentile(0.95):.1f} ms."
        ],
    )


def _kept_open(talks: list[Pressed], lost: Series) -> Row:
    before = Series([-talk.sample_ms for talk in talks])
    return Row(
        "1",
        "with pre-roll: sound kept from before the key",
        "ms",
        before,
        f"≥ {_BEFORE_MS:g} ms, 0 samples lost",
        min(before.samples) >= _BEFORE_MS and not any(lost.samples),
        notes=[f"{sum(lost.samples):.0f} samples lost at the seam of {len(talks)} talks."],
    )
