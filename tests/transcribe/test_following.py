"""What is said is understood while it is spoken, and what is firm stays."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.recordings import RATE_HZ
from assistant.transcribe import speech
from assistant.transcribe.detector import CHUNK
from assistant.transcribe.following import Following, Pass
from assistant.transcribe.recogniser import Cost, Heard, Samples
from assistant.turn.transcript import Word

WORD_S = 0.32
LOUD = 0.5


class ByLoudness:
    """Stands for the detector where sound is either loud or silent."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)

    def probabilities(self, samples: Samples) -> npt.NDArray[np.float32]:
        sound = np.concatenate([self._rest, samples])
        count = len(sound) // CHUNK
        self._rest = sound[count * CHUNK :]
        found = np.abs(sound[: count * CHUNK]).reshape(count, CHUNK).mean(axis=1) / LOUD
        return np.asarray(found, np.float32)

    def flush(self) -> npt.NDArray[np.float32]:
        return self.probabilities(np.zeros(CHUNK - len(self._rest), np.float32))


class Plan:
    """What is said: words of a third of a second, each after a pause of so many seconds. It is a `Stream`, too.

    A word that is cut off by the end of what it is given is understood as something else, and the last one has no full
    stop before `room_s` seconds have followed it. `mishears` has what is understood instead, "" for nothing, by the
    number of the pass and that of the word. `late_s` has by how much the times of a pass are wrong.
    """

    def __init__(self, pauses_s: Sequence[float], texts: Sequence[str] = ()) -> None:
        starts = accumulate((before + WORD_S for before in pauses_s[1:]), initial=pauses_s[0])
        texts = texts or [f" word{number}." for number in range(len(pauses_s))]
        self.words = [
            Word(text, round(start, 3), round(start + WORD_S, 3))
            for text, start in zip(texts, starts, strict=True)
        ]
        self.passes: list[tuple[float, float]] = []
        self.before: list[str] = []
        self.kept_from = 0
        self.heard_to = 0
        self.longest_kept_s = 0.0
        self.mishears: dict[tuple[int, int], str] = {}
        self.late_s: dict[int, float] = {}
        self.room_s = 0.0

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words).strip()

    def sound(self, rest_s: float = 0.0) -> Samples:
        samples = np.zeros(round(((self.words[-1].end_s or 0) + rest_s) * RATE_HZ), np.float32)
        for word in self.words:
            samples[round((word.start_s or 0) * RATE_HZ) : round((word.end_s or 0) * RATE_HZ)] = LOUD
        return samples

    def add(self, samples: Samples) -> None:
        self.heard_to += len(samples)
        self.longest_kept_s = max(self.longest_kept_s, (self.heard_to - self.kept_from) / RATE_HZ)

    def forget(self, before: int) -> None:
        self.kept_from = max(self.kept_from, before)

    def understand(
        self, start: int, end: int, said_before: str, given_up: Callable[[], bool]
    ) -> Heard | None:
        assert start >= self.kept_from, "what is forgotten is asked for"
        start_s, end_s = start / RATE_HZ, end / RATE_HZ
        self.passes.append((start_s, end_s))
        self.before.append(said_before)
        if given_up():
            return None
        return Heard(tuple(self._heard(start_s, end_s)), "en", cost=Cost(8, 1, 1, 1))

    def _heard(self, start_s: float, end_s: float) -> Iterator[Word]:
        for number, word in enumerate(self.words):
            begins, ends = word.start_s or 0, word.end_s or 0
            if (begins + ends) / 2 < start_s or begins > end_s - 0.05:
                continue
            text = self.mishears.get((len(self.passes), number), word.text)
            if ends > end_s + 0.04:
                text = " cut"
            elif ends > end_s + 0.04 - self.room_s:
                text = text.rstrip(".")
            late_s = self.late_s.get(len(self.passes), 0.0) - start_s
            if text:
                yield Word(text, begins + late_s, min(ends, end_s) + late_s, word.probability)


@pytest.fixture(autouse=True)
def by_loudness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "Detector", ByLoudness)


def spoken(plan: Plan, rest_s: float = 0.0, *, step_s: float = 0.06, thrifty: bool = False) -> Following:
    """Everything said and followed, up to the release; what was firm is seen to stay."""
    following = Following(plan, thrifty=thrifty)
    sound = plan.sound(rest_s)
    step = round(step_s * RATE_HZ)
    firm: list[str] = []
    for first in range(0, len(sound), step):
        following.add(sound[first : first + step])
        while (kind := following.due()) is not None:
            following.decode(kind, lambda: False)
            assert texts(following)[: len(firm)] == firm
            firm = texts(following)[: following.firm]
    return following


def texts(following: Following) -> list[str]:
    return [word.text for word in following.words]


def text(following: Following) -> str:
    return "".join(texts(following)).strip()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.05, 0.1, 0.3, 0.6, 1.5]), min_size=1, max_size=60))
def test_every_word_is_understood_once_however_the_speaker_pauses(pauses_s: list[float]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(speech, "Detector", ByLoudness)
        plan = Plan([0.5, *pauses_s])
        following = spoken(plan)
        following.finish()
        assert text(following) == plan.text
        assert following.settled == following.firm == len(plan.words)
        for word, planned in zip(following.words, plan.words, strict=True):
            assert word.start_s == pytest.approx(planned.start_s, abs=0.05)


def test_text_grows_while_it_is_spoken() -> None:
    plan = Plan([0.1] * 20)
    following = Following(plan)
    sizes = []
    for first in range(0, len(sound := plan.sound()), 1600):
        following.add(sound[first : first + 1600])
        while (kind := following.due()) is not None:
            following.decode(kind, lambda: False)
        sizes.append(len(following.words))
    assert len(set(sizes)) > 5
    assert sizes == sorted(sizes)
    assert following.firm >= 12


def test_when_the_speaker_has_stopped_there_is_nothing_left_to_do_at_the_release() -> None:
    plan = Plan([0.5, 0.0, 0.0, 0.0])
    following = spoken(plan, rest_s=0.2)
    passes = len(plan.passes)
    following.finish()
    assert len(plan.passes) == passes
    assert text(following) == plan.text


def test_what_is_said_up_to_the_release_is_understood_after_it() -> None:
    plan = Plan([0.5, 0.0, 0.0, 0.0])
    following = spoken(plan)
    passes = len(plan.passes)
    following.finish()
    assert len(plan.passes) == passes + 1
    assert text(following) == plan.text


def test_a_later_pass_does_not_change_what_is_firm() -> None:
    plan = Plan([0.5] + [0.05] * 12)
    plan.mishears = {(number, 1): " other" for number in range(8, 60)}
    following = spoken(plan)
    following.finish()
    assert text(following) == plan.text


@pytest.mark.parametrize("late_s", [-0.4, -0.2, 0.2, 0.4])
def test_no_word_is_written_twice_or_lost_where_a_pass_is_wrong_about_times(late_s: float) -> None:
    plan = Plan([0.5] + [0.05] * 12)
    plan.mishears = {(number, 1): " other" for number in range(8, 60)}
    plan.late_s = dict.fromkeys(range(8, 60), late_s)
    following = spoken(plan)
    following.finish()
    assert text(following) == plan.text


def test_what_two_passes_guess_at_the_end_of_the_sound_may_still_change() -> None:
    plan = Plan([0.5, 0.0, 0.0, 0.0, 0.0])
    following, sound, said = Following(plan), plan.sound(), plan.words
    plan.words = [*said[:2], *(Word(f" guess{number}.", 1.15, 1.16) for number in range(3))]
    for first_s, last_s in ((0.0, 1.25), (1.25, 1.45)):
        following.add(sound[round(first_s * RATE_HZ) : round(last_s * RATE_HZ)])
        assert following.decode(Pass.GROWING, lambda: False)
    assert following.firm == 1
    plan.words = said
    following.add(sound[round(1.45 * RATE_HZ) :])
    following.finish()
    assert text(following) == plan.text


def test_a_word_that_one_pass_found_unlikely_is_doubted_after_the_next() -> None:
    plan = Plan([0.5, 0.0, 0.3, 0.0])
    following, sound = Following(plan), plan.sound(0.1)
    plan.words[0] = replace(plan.words[0], probability=0.1)
    following.add(sound[: round(1.3 * RATE_HZ)])
    assert following.decode(Pass.STOPPED, lambda: False)
    plan.words[0] = replace(plan.words[0], probability=0.9)
    following.add(sound[round(1.3 * RATE_HZ) :])
    following.finish()
    assert text(following) == plan.text
    assert following.words[0].probability == pytest.approx(0.5)
    assert min(word.probability for word in following.words[1:]) > 0.99


def test_what_only_one_pass_has_said_may_still_change() -> None:
    plan = Plan([0.5] + [0.05] * 6)
    plan.mishears = {(1, 0): " other"}
    following = spoken(plan)
    following.finish()
    assert text(following) == plan.text


def test_the_last_word_of_a_pass_is_not_firm_for_its_full_stop_may_come_later() -> None:
    plan = Plan([0.5, 0.0, 0.0, 0.0, 0.0, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    plan.mishears = {(2, 4): " word4", (3, 4): " word4"}
    following = spoken(plan)
    following.finish()
    assert text(following) == plan.text


@pytest.mark.parametrize("later_ms", range(0, 320, 16))
def test_a_word_is_firm_only_with_its_full_stop(later_ms: int) -> None:
    plan = Plan([0.5] + [0.0] * 5 + [later_ms / 1000] + [0.0] * 8)
    plan.room_s = 0.045
    following = spoken(plan, rest_s=0.5, step_s=0.02)
    following.finish()
    assert text(following) == plan.text


def test_a_gap_ends_a_piece_only_where_a_later_pass_confirms_what_was_before_it() -> None:
    plan = Plan([0.5] + [0.0] * 6 + [0.4] + [0.0] * 8)
    before = [number for number, _ in enumerate(plan.words) if number < 7]
    at_the_gap = 3
    plan.mishears = {(at_the_gap, before[-2]): ""}
    following = spoken(plan)
    following.finish()
    assert text(following) == plan.text


def test_a_click_long_before_does_not_lengthen_what_is_decoded() -> None:
    plan = Plan([5.0, 0.0, 0.0])
    sound = plan.sound(0.3)
    sound[16_384 : 16_384 + 2 * CHUNK] = LOUD
    following = Following(plan)
    for first in range(0, len(sound), 800):
        following.add(sound[first : first + 800])
        while (kind := following.due()) is not None:
            following.decode(kind, lambda: False)
    assert min(start for start, _ in plan.passes) > 4


def test_a_pass_that_is_given_up_changes_nothing() -> None:
    plan = Plan([0.5, 0.0, 0.0, 0.0, 0.0, 0.0])
    following = Following(plan)
    following.add(plan.sound())
    assert following.due() is Pass.GROWING
    assert following.decode(Pass.GROWING, lambda: True) is False
    assert following.words == []
    following.finish()
    assert text(following) == plan.text


@pytest.mark.parametrize(
    ("begun_s", "kind", "heard_to_s", "outdated"),
    [
        (0.84, Pass.STOPPED, 0.94, False),
        (0.84, Pass.STOPPED, 1.10, True),
        (1.60, Pass.GROWING, 1.65, False),
        (1.60, Pass.GROWING, 1.73, True),
        (1.73, Pass.STOPPED, 2.10, False),
    ],
    ids=[
        "the speaker is still silent",
        "the speaker has gone on",
        "the speaker still speaks",
        "the speaker has stopped",
        "the speaker has gone on, but nothing was understood for long",
    ],
)
def test_a_pass_is_outdated_when_the_speaker_has_gone_on_or_stopped_meanwhile(
    begun_s: float, kind: Pass, heard_to_s: float, outdated: bool
) -> None:
    plan = Plan([0.5, 0.24, 0.0, 0.3, 0.0])
    following, sound = Following(plan), plan.sound()
    begun, heard_to = round(begun_s * RATE_HZ), round(heard_to_s * RATE_HZ)
    following.add(sound[:begun])
    assert following.due() is kind
    told = []

    def given_up() -> bool:
        following.add(sound[begun:heard_to])
        told.append(following.outdated(kind))
        return True

    following.decode(kind, given_up)
    assert told == [outdated]


def test_no_pass_has_more_than_half_a_minute_to_decode() -> None:
    plan = Plan([0.5] + [0.0] * 300)
    following = spoken(plan)
    following.finish()
    assert text(following) == plan.text
    assert max(end - start for start, end in plan.passes) <= 28
    assert all(
        begins < ends for begins, ends in pairwise(start for start, _ in plan.passes) if begins != ends
    )


def test_sentences_end_pieces_so_that_the_last_pass_is_short() -> None:
    plan = Plan([0.5] + ([0.0] * 5 + [0.3]) * 12)
    following = spoken(plan)
    following.finish()
    assert text(following) == plan.text
    assert max(end - start for start, end in plan.passes) < 6
    assert plan.before[-1].endswith("word65.")


def test_two_hours_without_a_pause_need_no_more_memory_than_half_a_minute() -> None:
    whole = Plan([0.5] + [0.0] * 22_500)
    plan = Plan([0.5])
    following = Following(plan)
    sound = whole.sound()
    for first in range(0, len(sound), RATE_HZ // 2):
        following.add(sound[first : first + RATE_HZ // 2])
        plan.words = whole.words[max(0, following.settled - 5) : following.settled + 100]
        while (kind := following.due()) is not None:
            following.decode(kind, lambda: False)
        assert len(following._speech._chances) * CHUNK < 30 * RATE_HZ
    following.finish()
    assert plan.longest_kept_s < 30
    assert text(following) == whole.text


def test_a_click_is_not_decoded() -> None:
    plan = Plan([0.5])
    following = Following(plan)
    sound = np.zeros(4 * RATE_HZ, np.float32)
    sound[16_384 : 16_384 + 2 * CHUNK] = LOUD
    following.add(sound)
    assert following.due() is None
    following.finish()
    assert plan.passes == []
    assert following.words == []


def test_a_slow_recogniser_is_asked_only_after_a_pause() -> None:
    plan = Plan([0.5, 0.0, 0.3, 0.0, 1.5, 0.0, 0.2, 0.0])
    following = spoken(plan, thrifty=True)
    assert len(plan.passes) == 1
    following.finish()
    assert len(plan.passes) == 2
    assert text(following) == plan.text


def test_words_lie_within_the_speech() -> None:
    plan = Plan([0.5, 0.0, 0.0])
    following = spoken(plan, rest_s=2.0)
    following.finish()
    last = following.words[-1]
    assert last.end_s is not None
    assert last.end_s <= (plan.words[-1].end_s or 0) + CHUNK / RATE_HZ


def test_what_following_cost_is_counted() -> None:
    plan = Plan([0.5] + [0.1] * 10)
    following = spoken(plan)
    following.finish()
    assert following.effort.passes == len(plan.passes)
    assert following.effort.redone == 0
    assert following.effort.last == Cost(8, 1, 1, 1)
