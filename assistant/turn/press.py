"""Telling holding from tapping: what presses and releases mean for the talk. Pure; time is an argument.

One key serves both habits. The talk begins at the press, so that no first word is lost.

    held      the talk ends when the key comes up, at once
    tapped    (shorter than `hold_after_s`) the talk goes on; the next press ends it

    a release and a press within `debounce_s` did not happen: no finger is so quick, the key bounces. It is believed
    `grace_s` after a release that it was no bounce, where that holds nobody up: after a tap, and with a key that has
    bounced before. The first bounce after a hold comes too late and begins a second talk, which no tap prolongs; one
    that was itself but a bounce is abandoned
    a press of a key that is down is a repeat; after `repeat_gap_s` without one, its release was lost
    a bare modifier is an ordinary modifier when another key goes down while it is held: the talk is abandoned, or,
    where a tap had begun it, goes on untouched. It is none where it has been held for longer than a tap to ask, and
    the program's own composer has the keyboard: what is typed there belongs to the sentence
    no talk is longer than `longest_s`
    one talk at a time: a held key keeps it; a talk that a tap began ends when the other key is pressed
"""

from collections.abc import Mapping
from dataclasses import field, replace

from assistant.turn.dataclass import dataclass
from assistant.turn.events import Cancelled, Goal, TalkAbandoned, TalkEnded, TalkStarted


@dataclass(frozen=True, slots=True)
class Timing:
    """All in seconds. `repeat_gap_s` is more than any system's delay before a held key begins to repeat."""

    hold_after_s: float = 0.3
    longest_s: float = 600.0
    debounce_s: float = 0.03
    grace_s: float = 0.05
    repeat_gap_s: float = 1.5


@dataclass(frozen=True, slots=True)
class KeyDown:
    """The key for `goal` went down. `bare` tells that it is a modifier that other keys are combined with."""

    goal: Goal
    bare: bool = False


@dataclass(frozen=True, slots=True)
class KeyUp:
    goal: Goal


@dataclass(frozen=True, slots=True)
class OtherDown:
    """Any other key or a mouse button went down."""


@dataclass(frozen=True, slots=True)
class EscapeDown:
    pass


@dataclass(frozen=True, slots=True)
class TalkOver:
    """The talk that began at `since` has ended in another way: the device was lost, the window cancelled it."""

    since: float


@dataclass(frozen=True, slots=True)
class ComposerFocused:
    """Whether the program's own composer has the keyboard."""

    focused: bool


Input = KeyDown | KeyUp | OtherDown | EscapeDown | TalkOver | ComposerFocused
Output = TalkStarted | TalkEnded | TalkAbandoned | Cancelled


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of one key: whether it is down, when it was last pressed (or repeated), and let go.

    `bounces` is set for good when it has bounced; `ended` while its last release ended a held talk.
    """

    down: bool = False
    pressed: float = float("-inf")
    released: float = float("-inf")
    bounces: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """The talk under way. It is held, unless `released` is set (for the length of the grace) or `latched` is.

    `split` is set where a bounce began it. `ending_since` is the press of a bare modifier that will end a latched talk unless another key follows.
    """

    goal: Goal
    since: float
    bare: bool
    split: bool = False
    released: float | None = None
    latched: bool = False
    ending_since: float | None = None

    @property
    def held(self) -> bool:
        return self.released is None and not self.latched


@dataclass(frozen=True, slots=True)
class PressState:
    timing: Timing = field(default_factory=Timing)
    talk: Talk | None = None
    keys: Mapping[Goal, Key] = field(default_factory=lambda: {goal: Key() for goal in Goal})
    now: float = float("-inf")
    composing: bool = False


Step = tuple[PressState, tuple[Output, ...]]


def step(
    state: PressState, happened: Input | None, at: float
) -> tuple[PressState, tuple[Output, ...], float | None]:
    """The next state, what it means, and the time by which to call again with None (None: no need).

    A time before that of the last call counts as that one: the clock of two threads may be read in either order.
    """
    at = max(at, state.now)
    state, passed = _let_time_pass(state, at)
    state, caused = _handle(replace(state, now=at), happened, at)
    return state, (*passed, *caused), _deadline(state)


def _handle(state: PressState, happened: Input | None, at: float) -> Step:
    match happened:
        case KeyDown(goal, bare):
            return _key_down(state, goal, bare, at)
        case KeyUp(goal):
            return _key_up(state, goal, at)
        case OtherDown():
            return _other_down(state, at)
        case EscapeDown() if state.talk is not None:
            return replace(state, talk=None), (Cancelled(),)
        case TalkOver(since) if state.talk is not None and state.talk.since == since:
            return replace(state, talk=None), ()
        case ComposerFocused(focused):
            return replace(state, composing=focused), ()
    return state, ()


def _key_down(state: PressState, goal: Goal, bare: bool, at: float) -> Step:
    before, talk = state.keys[goal], state.talk
    bounced = not before.down and at - before.released < state.timing.debounce_s
    pressed = replace(before, down=True, pressed=at, bounces=before.bounces or bounced, ended=False)
    state = _with_key(state, goal, pressed)
    if before.down and at - before.pressed < state.timing.repeat_gap_s:
        return state, ()
    if bounced and before.ended and talk is None:
        return replace(state, talk=Talk(goal, at, bare, split=True)), (TalkStarted(goal, at),)
    if bounced:
        return _unreleased(state, goal), ()
    if talk is not None and talk.released is not None:
        state, ended = _settle(state, talk, talk.released)
        state, caused = _pressed(state, goal, bare, at)
        return state, (*ended, *caused)
    return _pressed(state, goal, bare, at)


def _pressed(state: PressState, goal: Goal, bare: bool, at: float) -> Step:
    """A press that is neither a repeat nor a bounce, outside the grace after a release."""
    talk = state.talk
    if talk is None:
        return replace(state, talk=Talk(goal, at, bare)), (TalkStarted(goal, at),)
    if talk.goal is goal:
        if talk.latched and bare:
            return replace(state, talk=replace(talk, ending_since=at)), ()
        return replace(state, talk=None), (TalkEnded(at),)
    if talk.latched and talk.ending_since is None:
        return replace(state, talk=Talk(goal, at, bare)), (TalkEnded(at), TalkStarted(goal, at))
    return _other_down(state, at)


def _key_up(state: PressState, goal: Goal, at: float) -> Step:
    key, talk = state.keys[goal], state.talk
    if not key.down:
        return state, ()
    state = _with_key(state, goal, replace(key, down=False, released=at))
    if talk is None or talk.goal is not goal:
        return state, ()
    if talk.held:
        if key.bounces or at - talk.since < state.timing.hold_after_s:
            return replace(state, talk=replace(talk, released=at)), ()
        state = _with_key(state, goal, replace(state.keys[goal], ended=True))
        return replace(state, talk=None), (TalkEnded(at),)
    if talk.ending_since is not None:
        return replace(state, talk=None), (TalkEnded(talk.ending_since),)
    return state, ()


def _other_down(state: PressState, at: float) -> Step:
    talk = state.talk
    if talk is None or not talk.bare:
        return state, ()
    if talk.held:
        typed = state.composing and talk.goal is Goal.ASK and at - talk.since >= state.timing.hold_after_s
        return (state, ()) if typed else (replace(state, talk=None), (TalkAbandoned(at),))
    return replace(state, talk=replace(talk, ending_since=None)), ()


def _let_time_pass(state: PressState, at: float) -> Step:
    caused: tuple[Output, ...] = ()
    while state.talk is not None and (due := _deadline(state)) is not None and due <= at:
        state, more = _expire(state, state.talk, due)
        caused += more
    return state, caused


def _deadline(state: PressState) -> float | None:
    """When something happens of itself; None without a talk."""
    talk, timing = state.talk, state.timing
    if talk is None:
        return None
    due = talk.since + timing.longest_s
    if talk.released is not None:
        due = min(due, talk.released + timing.grace_s)
    if talk.ending_since is not None:
        due = min(due, talk.ending_since + timing.hold_after_s)
    return due


def _expire(state: PressState, talk: Talk, due: float) -> Step:
    if due >= talk.since + state.timing.longest_s:
        return replace(state, talk=None), (TalkEnded(due),)
    if talk.released is not None:
        return _settle(state, talk, talk.released)
    return replace(state, talk=None), (TalkEnded(due),)


def _settle(state: PressState, talk: Talk, released: float) -> Step:
    """The release was real: a held talk ends, a tapped one goes on."""
    held_s = released - talk.since
    if talk.split and held_s < state.timing.debounce_s:
        return replace(state, talk=None), (TalkAbandoned(released),)
    if talk.split or held_s >= state.timing.hold_after_s:
        return replace(state, talk=None), (TalkEnded(released),)
    return replace(state, talk=replace(talk, released=None, latched=True)), ()


def _unreleased(state: PressState, goal: Goal) -> PressState:
    talk = state.talk
    if talk is None or talk.goal is not goal:
        return state
    return replace(state, talk=replace(talk, released=None))


def _with_key(state: PressState, goal: Goal, key: Key) -> PressState:
    return replace(state, keys={**state.keys, goal: key})
