"""One key for holding and for tapping, whatever the keyboard does."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from assistant.turn.events import Cancelled, Goal, TalkAbandoned, TalkEnded, TalkStarted
from assistant.turn.press import (
    ComposerFocused,
    EscapeDown,
    Input,
    KeyDown,
    KeyUp,
    OtherDown,
    Output,
    PressState,
    TalkOver,
    Timing,
    step,
)

DOWN, UP = KeyDown(Goal.ASK), KeyUp(Goal.ASK)
BARE = KeyDown(Goal.ASK, bare=True)
DICTATE_DOWN, DICTATE_UP = KeyDown(Goal.DICTATE), KeyUp(Goal.DICTATE)
OTHER, ESCAPE = OtherDown(), EscapeDown()


class Keyboard:
    """Keys over time: every step is taken when its time comes, also those that time alone brings."""

    def __init__(self, timing: Timing | None = None) -> None:
        self.state = PressState(timing or Timing())
        self.wake_at: float | None = None
        self.events: list[Output] = []

    def __call__(self, *happenings: tuple[float, Input | None]) -> list[Output]:
        """What the happenings, each at its time, cause."""
        before = len(self.events)
        for at, happened in happenings:
            self.wait_until(at)
            self._step(happened, at)
        return self.events[before:]

    def wait_until(self, at: float) -> None:
        while self.wake_at is not None and self.wake_at <= at:
            self._step(None, self.wake_at)

    def _step(self, happened: Input | None, at: float) -> None:
        self.state, events, self.wake_at = step(self.state, happened, at)
        self.events += events


def started(at: float, goal: Goal = Goal.ASK) -> TalkStarted:
    return TalkStarted(goal, at)


def test_a_held_key_is_push_to_talk() -> None:
    assert Keyboard()((1, DOWN), (3, UP), (4, None)) == [started(1), TalkEnded(3)]


def test_a_held_talk_ends_the_moment_the_key_comes_up() -> None:
    keyboard = Keyboard()
    assert keyboard((1, DOWN), (3, UP)) == [started(1), TalkEnded(3)]
    assert keyboard.wake_at is None


def test_a_tap_keeps_recording_until_the_next_press() -> None:
    keyboard = Keyboard()
    assert keyboard((1, DOWN), (1.1, UP), (30, None)) == [started(1)]
    assert keyboard((31, DOWN)) == [TalkEnded(31)]
    assert keyboard((31.1, UP), (40, None)) == []


def test_after_a_toggled_talk_the_next_press_begins_a_new_one() -> None:
    keyboard = Keyboard()
    keyboard((1, DOWN), (1.1, UP), (2, DOWN), (2.1, UP))
    assert keyboard((3, DOWN)) == [started(3)]


def test_how_long_a_tap_may_last_can_be_chosen() -> None:
    keyboard = Keyboard(Timing(hold_after_s=1.0))
    assert keyboard((1, DOWN), (1.9, UP), (10, None)) == [started(1)]


def test_a_bouncing_key_neither_ends_nor_begins_a_talk() -> None:
    keyboard = Keyboard()
    bouncing = ((1, DOWN), (1.005, UP), (1.01, DOWN), (2, UP), (2.02, DOWN), (2.03, UP), (2.2, None))
    assert keyboard(*bouncing) == [started(1), TalkEnded(2.03)]


def test_the_first_bounce_after_a_hold_leaves_nothing_running() -> None:
    keyboard = Keyboard()
    bouncing = ((1, DOWN), (2, UP), (2.01, DOWN), (2.02, UP), (2.03, DOWN), (2.031, UP), (3, None))
    assert keyboard(*bouncing) == [started(1), TalkEnded(2), started(2.01), TalkAbandoned(2.031)]


def test_a_key_that_bounces_while_it_is_held_goes_on_listening_in_a_second_talk() -> None:
    keyboard = Keyboard()
    assert keyboard((1, DOWN), (2, UP), (2.01, DOWN)) == [started(1), TalkEnded(2), started(2.01)]
    assert keyboard((4, UP), (5, None)) == [TalkEnded(4)]


def test_the_end_of_a_talk_split_by_a_bounce_is_no_tap() -> None:
    keyboard = Keyboard()
    keyboard((1, DOWN), (2, UP), (2.01, DOWN))
    assert keyboard((2.2, UP), (3, None)) == [TalkEnded(2.2)]


def test_a_key_that_has_bounced_is_given_a_grace_from_then_on() -> None:
    keyboard = Keyboard()
    keyboard((1, DOWN), (2, UP), (2.01, DOWN), (2.015, UP))
    assert keyboard((3, DOWN), (4, UP), (4.02, DOWN), (4.021, UP), (4.06, None)) == [
        TalkAbandoned(2.015),
        started(3),
    ]
    assert keyboard((4.08, None)) == [TalkEnded(4.021)]


def test_the_other_key_does_not_wait_for_one_that_bounces() -> None:
    keyboard = Keyboard()
    keyboard((1, DOWN), (1.01, UP), (1.02, DOWN), (2, UP), (3, None))
    assert keyboard((4, DICTATE_DOWN), (5, DICTATE_UP)) == [started(4, Goal.DICTATE), TalkEnded(5)]


def test_a_bounce_begins_nothing_while_the_other_key_is_held() -> None:
    keyboard = Keyboard()
    keyboard((1, DOWN), (2, UP), (2.005, DICTATE_DOWN))
    assert keyboard((2.01, DOWN), (2.02, UP), (3, DICTATE_UP)) == [TalkEnded(3)]


def test_a_bounce_of_the_second_tap_begins_nothing() -> None:
    keyboard = Keyboard()
    keyboard((1, DOWN), (1.1, UP), (2, DOWN))
    assert keyboard((2.1, UP), (2.11, DOWN), (2.2, UP), (3, None)) == []


def test_a_bounce_of_one_key_does_not_revive_the_other() -> None:
    keyboard = Keyboard()
    keyboard((1, DICTATE_DOWN), (1.0, DOWN), (2, UP), (2.0, DICTATE_UP))
    assert keyboard((2.01, DOWN), (2.02, UP), (3, None)) == []
    assert keyboard.events == [started(1, Goal.DICTATE), TalkEnded(2)]


def test_pressing_again_within_the_grace_begins_a_second_talk() -> None:
    keyboard = Keyboard()
    keyboard((1, DOWN), (1.01, UP), (1.02, DOWN), (2, UP))
    assert keyboard((2.04, DOWN)) == [TalkEnded(2), started(2.04)]


def test_two_quick_taps_begin_and_end_a_talk() -> None:
    keyboard = Keyboard()
    assert keyboard((1, DOWN), (1.1, UP), (1.14, DOWN)) == [started(1), TalkEnded(1.14)]


def test_auto_repeat_is_ignored() -> None:
    repeats = [(1 + 0.66 + i * 0.04, DOWN) for i in range(50)]
    assert Keyboard()((1, DOWN), *repeats, (4, UP), (5, None)) == [started(1), TalkEnded(4)]


def test_auto_repeat_of_release_and_press_pairs_splits_one_talk_at_most() -> None:
    keyboard = Keyboard()
    pairs = [(1.66 + i * 0.04, what) for i in range(50) for what in (UP, DOWN)]
    assert keyboard((1, DOWN), *pairs, (4, UP), (5, None)) == [
        started(1),
        TalkEnded(1.66),
        started(1.66),
        TalkEnded(4),
    ]
    pairs = [(at + 5, what) for at, what in pairs]
    assert keyboard((6, DOWN), *pairs, (9, UP), (10, None)) == [started(6), TalkEnded(9)]


def test_a_modifier_pressed_with_another_key_is_an_ordinary_modifier() -> None:
    keyboard = Keyboard()
    assert keyboard((1, BARE), (1.2, OTHER), (1.3, UP), (5, None)) == [started(1), TalkAbandoned(1.2)]
    assert keyboard((6, BARE)) == [started(6)]


def test_what_is_typed_into_the_composer_while_a_modifier_is_held_to_ask_belongs_to_the_sentence() -> None:
    keyboard = Keyboard()
    keyboard((0, ComposerFocused(True)))
    assert keyboard((1, BARE), (2, OTHER), (2.2, OTHER), (3, UP), (4, None)) == [started(1), TalkEnded(3)]


def test_a_shortcut_pressed_in_the_composer_is_one() -> None:
    keyboard = Keyboard()
    keyboard((0, ComposerFocused(True)))
    assert keyboard((1, BARE), (1.1, OTHER), (1.2, UP)) == [started(1), TalkAbandoned(1.1)]


def test_a_chord_elsewhere_or_with_the_key_for_dictating_is_no_island() -> None:
    keyboard = Keyboard()
    keyboard((0, ComposerFocused(True)), (0.5, ComposerFocused(False)))
    assert keyboard((1, BARE), (2, OTHER), (3, UP)) == [started(1), TalkAbandoned(2)]
    keyboard((4, ComposerFocused(True)))
    dictating = KeyDown(Goal.DICTATE, bare=True)
    assert keyboard((5, dictating), (6, OTHER)) == [started(5, Goal.DICTATE), TalkAbandoned(6)]


def test_other_keys_do_not_matter_while_a_key_that_is_no_modifier_is_held() -> None:
    assert Keyboard()((1, DOWN), (2, OTHER), (3, UP), (4, None)) == [started(1), TalkEnded(3)]


def test_typing_goes_on_while_a_tap_keeps_recording() -> None:
    keyboard = Keyboard()
    keyboard((1, BARE), (1.1, UP))
    assert keyboard((1.12, OTHER), (2, OTHER), (3, OTHER)) == []


def test_a_shortcut_with_the_modifier_does_not_end_a_toggled_talk() -> None:
    keyboard = Keyboard()
    keyboard((1, BARE), (1.1, UP))
    assert keyboard((5, BARE), (5.1, OTHER), (5.2, UP), (7, None)) == []
    assert keyboard((8, BARE), (8.1, UP)) == [TalkEnded(8)]


def test_a_modifier_held_alone_ends_a_toggled_talk() -> None:
    keyboard = Keyboard()
    keyboard((1, BARE), (1.1, UP))
    assert keyboard((5, BARE), (5.31, None)) == [TalkEnded(5.3)]
    assert keyboard((6, UP), (7, None)) == []


def test_other_keys_mean_nothing_without_a_talk() -> None:
    assert Keyboard()((1, OTHER), (2, ESCAPE), (3, UP), (4, None)) == []


def test_a_lost_release_ends_at_the_limit_and_comes_too_late() -> None:
    keyboard = Keyboard(Timing(longest_s=10))
    assert keyboard((1, DOWN), (20, None)) == [started(1), TalkEnded(11)]
    assert keyboard((21, UP), (22, None)) == []
    assert keyboard((23, DOWN)) == [started(23)]


def test_a_toggled_talk_ends_at_the_limit() -> None:
    assert Keyboard(Timing(longest_s=10))((1, DOWN), (1.1, UP), (20, None)) == [started(1), TalkEnded(11)]


def test_pressing_a_key_whose_release_was_lost_ends_the_talk() -> None:
    keyboard = Keyboard()
    assert keyboard((1, DOWN), (5, DOWN)) == [started(1), TalkEnded(5)]
    assert keyboard((6, UP), (7, DOWN)) == [started(7)]


def test_after_a_release_lost_at_the_limit_the_key_works_again() -> None:
    keyboard = Keyboard(Timing(longest_s=10))
    keyboard((1, DOWN), (20, None))
    assert keyboard((21, DOWN)) == [started(21)]


def test_escape_cancels_a_talk() -> None:
    keyboard = Keyboard()
    assert keyboard((1, BARE), (2, ESCAPE), (3, UP), (4, None)) == [started(1), Cancelled()]


def test_escape_cancels_a_toggled_talk() -> None:
    keyboard = Keyboard()
    keyboard((1, DOWN), (1.1, UP))
    assert keyboard((2, ESCAPE), (3, DOWN)) == [Cancelled(), started(3)]


def test_a_second_key_is_ignored_while_the_first_is_held() -> None:
    keyboard = Keyboard()
    assert keyboard((1, DOWN), (2, DICTATE_DOWN), (3, UP), (4, DICTATE_UP), (5, None)) == [
        started(1),
        TalkEnded(3),
    ]


def test_a_key_still_held_after_the_first_was_let_go_begins_nothing_by_repeating() -> None:
    keyboard = Keyboard()
    repeats = [(2 + i * 0.04, DICTATE_DOWN) for i in range(100)]
    assert keyboard((1, DOWN), *repeats[:50], (4, UP), *repeats[50:]) == [started(1), TalkEnded(4)]


def test_both_keys_as_modifiers_pressed_together_are_a_chord() -> None:
    keyboard = Keyboard()
    both = ((1, BARE), (1.1, KeyDown(Goal.DICTATE, bare=True)), (1.2, UP), (1.3, DICTATE_UP), (3, None))
    assert keyboard(*both) == [started(1), TalkAbandoned(1.1)]


def test_the_other_key_takes_over_from_a_toggled_talk() -> None:
    keyboard = Keyboard()
    keyboard((1, DOWN), (1.1, UP))
    assert keyboard((5, DICTATE_DOWN), (7, DICTATE_UP), (8, None)) == [
        TalkEnded(5),
        started(5, Goal.DICTATE),
        TalkEnded(7),
    ]


def test_a_chord_of_both_modifiers_does_not_end_a_toggled_talk() -> None:
    keyboard = Keyboard()
    keyboard((1, BARE), (1.1, UP))
    assert keyboard((5, BARE), (5.1, DICTATE_DOWN), (5.2, UP), (5.3, DICTATE_UP), (7, None)) == []


def test_a_talk_that_ended_elsewhere_does_not_cost_a_press() -> None:
    keyboard = Keyboard()
    keyboard((1, DOWN), (1.1, UP))
    assert keyboard((4, TalkOver(since=1)), (5, DOWN)) == [started(5)]


def test_late_news_of_an_earlier_talk_does_not_end_the_present_one() -> None:
    keyboard = Keyboard()
    keyboard((1, DOWN), (2, UP), (3, DOWN))
    assert keyboard((3.1, TalkOver(since=1)), (4, UP), (5, None)) == [TalkEnded(4)]


def test_a_time_read_before_another_thread_s_counts_as_the_later_one() -> None:
    keyboard = Keyboard()
    keyboard((2, DOWN))
    assert keyboard((1.9, ESCAPE), (1.9, DICTATE_DOWN)) == [Cancelled(), started(2, Goal.DICTATE)]


# properties

_INPUTS = st.sampled_from(
    [
        DOWN,
        BARE,
        UP,
        DICTATE_DOWN,
        KeyDown(Goal.DICTATE, bare=True),
        DICTATE_UP,
        OTHER,
        ESCAPE,
        None,
    ]
)
_PAUSES = st.floats(0, 20) | st.sampled_from([0.0, 0.001, 0.03, 0.05, 0.3, 1.5])
_STORIES = st.lists(st.tuples(_PAUSES, _INPUTS), max_size=60)
_QUICK = Timing(longest_s=10)


def timed(story: Iterable[tuple[float, Input | None]]) -> list[tuple[float, Input | None]]:
    at = 0.0
    return [(at := at + pause, happened) for pause, happened in story]


@given(_STORIES)
def test_every_talk_ends_once_and_never_lasts_too_long(story: list[tuple[float, Input | None]]) -> None:
    keyboard = Keyboard(_QUICK)
    keyboard(*timed(story))
    keyboard.wait_until(10_000)
    since = None
    for event in keyboard.events:
        if isinstance(event, TalkStarted):
            assert since is None
            since = event.at
            continue
        assert since is not None
        assert isinstance(event, Cancelled) or since <= event.at <= since + 10.001
        since = None
    assert since is None


@given(_STORIES)
def test_whatever_happened_the_next_press_after_a_while_begins_a_talk(
    story: list[tuple[float, Input | None]],
) -> None:
    keyboard = Keyboard(_QUICK)
    keyboard(*timed(story))
    keyboard.wait_until(10_000)
    assert keyboard((10_001, BARE)) == [started(10_001)]


@given(_STORIES)
def test_between_two_wakings_time_alone_changes_nothing(story: list[tuple[float, Input | None]]) -> None:
    plain, watched = Keyboard(_QUICK), Keyboard(_QUICK)
    for at, happened in timed(story):
        plain((at, happened))
        watched((at, happened))
        assert plain.wake_at is None or plain.wake_at > at
        soon = at + 0.001 if plain.wake_at is None else min(at + 0.001, (at + plain.wake_at) / 2)
        assert step(watched.state, None, soon)[1] == ()
    assert plain.events == watched.events


@given(st.lists(st.tuples(st.floats(0.1, 9), st.booleans()), max_size=20))
def test_bounces_and_repeats_make_no_difference(presses: list[tuple[float, bool]]) -> None:
    """Each press is (how long it is held, whether the key bounces and repeats)."""
    clean, rough = Keyboard(), Keyboard()
    at = 0.0
    for held_s, spoiled in presses:
        release = at + held_s
        clean((at, DOWN), (release, UP))
        rough((at, DOWN))
        if spoiled:
            rough((at + 0.004, UP), (at + 0.008, DOWN))
            rough(*((at + repeat / 10, DOWN) for repeat in range(7, int(held_s * 10))))
            rough((release - 0.002, UP), (release - 0.001, DOWN))
        rough((release, UP))
        at = release + 0.5
        rough.wait_until(at)
    assert rough.events == clean.events


@given(st.floats(0.3, 9), st.lists(st.floats(0.0005, 0.029), max_size=9))
def test_however_a_key_bounces_when_it_is_let_go_nobody_goes_on_listening(
    held_s: float, bounces: list[float]
) -> None:
    keyboard = Keyboard()
    keyboard((0, DOWN), (at := held_s, UP))
    for number, pause in enumerate(bounces):
        keyboard((at := at + pause, UP if number % 2 else DOWN))
    keyboard((at + 0.02, UP), (at + 0.1, None))
    assert keyboard.state.talk is None
    assert keyboard.events[:2] == [started(0), TalkEnded(held_s)]
