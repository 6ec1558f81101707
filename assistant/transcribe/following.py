"""Understanding speech while it is spoken, so that its text is there when the speaker ends.

What is said between two pauses is a piece. Its text is made again and again as it grows: at each small gap in the
speech, and at the latest after a second without one. What two passes in a row agree on is firm (LocalAgreement-2,
Macháček et al. 2023, https://arxiv.org/abs/2307.14743) and never changes again; the last word waits, for its
punctuation depends on what follows. When the speaker stops, the piece is decoded at once; if nothing more is said, that
is its final text.

    a pause of a second               ends the piece
    a gap, confirmed by a later pass  ends it earlier: after a sentence, or after any word where the piece is long. The
                                      gap's own text ends there, so it is known which words stand before it
    no gap for long                   it is cut after a firm word, where speech is least likely

So a pass never has more than some seconds to decode, however long somebody speaks. The words before a piece condition
it as a prompt. All places are samples from the beginning of the recording.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import field, replace
from enum import Enum, auto
from itertools import takewhile

from assistant.recordings import RATE_HZ
from assistant.transcribe.agreement import agreement, joined, weighed_with
from assistant.transcribe.detector import CHUNK
from assistant.transcribe.gate import let_through
from assistant.transcribe.recogniser import Cost, Heard, Samples, Stream
from assistant.transcribe.speech import Speech
from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Word


def _samples(seconds: float) -> int:
    return round(seconds * RATE_HZ)


_ROOM = _samples(0.3)
_PAUSE = _samples(1.0)
_STOP = _samples(0.01)
_GAP = _samples(0.15)
_SENTENCE_GAP = _samples(0.2)
_WITHOUT_A_GAP = _samples(1.0)
_LONG_NOT_HEARD = _samples(1.6)
_SHORTEST_SPEECH = _samples(0.1)
_CUT_AFTER_SENTENCE = _samples(1.5)
_CUT_AFTER_WORD = _samples(8.0)
_CUT_WITHOUT_GAP = _samples(14.0)
_CUT_ANYHOW = _samples(24.0)
_MAY_BE_GUESSED = _samples(0.5)
_WORDS_BEFORE = 30
_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"'”’)\]]*$")


class Pass(Enum):
    """Why the piece is decoded now: it grows, or its speaker has stopped."""

    GROWING = auto()
    STOPPED = auto()


@dataclass(frozen=True, slots=True)
class _Gap:
    """A gap in the speech, and the words understood before it."""

    start: int
    end: int
    words: tuple[Word, ...]


@dataclass(slots=True)
class _Piece:
    """What has been said since the last cut, from `start` on; `voiced` counts the samples with speech.

    `words` is the newest hypothesis, which heard everything said up to `heard_to`; the first `firm` of them stand.
    """

    start: int
    voiced: int = 0
    words: tuple[Word, ...] = ()
    firm: int = 0
    heard_to: int = 0
    gaps: list[_Gap] = field(default_factory=list)


@dataclass(slots=True)
class Effort:
    """What following has cost so far: passes, those decoded again in a full window, and the last one's time."""

    passes: int = 0
    redone: int = 0
    last: Cost | None = None


class Following:
    """Follows one recording. `thrifty` is for a recogniser too slow to be asked before a pause.

    `add` sound as it comes; while there is something `due`, `decode` it; `finish` when no more sound comes.
    """

    def __init__(self, stream: Stream, prompt: str = "", *, thrifty: bool = False) -> None:
        self._stream = stream
        self._prompt = prompt
        self._thrifty = thrifty
        self._speech = Speech()
        self._stops_at = 0
        self._piece: _Piece | None = None
        self._final: list[Word] = []
        self.language = ""
        self.effort = Effort()

    @property
    def words(self) -> list[Word]:
        """What is understood so far."""
        return [*self._final, *(self._piece.words if self._piece is not None else ())]

    @property
    def settled(self) -> int:
        """So many words at the beginning belong to pieces that are over."""
        return len(self._final)

    @property
    def firm(self) -> int:
        """So many words at the beginning no longer change."""
        return len(self._final) + (self._piece.firm if self._piece is not None else 0)

    def add(self, samples: Samples) -> None:
        self._stream.add(samples)
        for begins in self._speech.add(samples):
            self._heard(begins)

    def due(self) -> Pass | None:
        """What ought to be decoded now."""
        piece = self._piece
        if piece is None or piece.voiced < _SHORTEST_SPEECH:
            return None
        silent = self._speech.silent_for
        if silent and piece.heard_to < self._speech.silent_from:
            return Pass.STOPPED if silent >= (_PAUSE if self._thrifty else _STOP) else None
        overdue = self._not_heard(piece) >= _WITHOUT_A_GAP
        return Pass.GROWING if overdue and not self._thrifty else None

    def outdated(self, kind: Pass) -> bool:
        """Whether the pass under way is worth less than the next: its speaker has gone on, or has stopped meanwhile.

        Where nothing new was understood for long, every pass is worth something.
        """
        if self._piece is None or self._not_heard(self._piece) >= _LONG_NOT_HEARD:
            return False
        if kind is Pass.STOPPED:
            return self._speech.silent_from > self._stops_at
        return self._speech.silent_for >= _STOP

    def decode(self, kind: Pass, given_up: Callable[[], bool]) -> bool:
        """Make a pass over the piece; tell whether something new is understood."""
        piece = self._piece
        if piece is None:
            return False
        silent_from = self._speech.silent_from
        end = min(self._speech.length, silent_from + _ROOM)
        now, self._stops_at = self._speech.now, silent_from
        heard = self._understand(piece, end, given_up)
        if heard is None:
            return False
        believed = let_through(heard, piece.voiced / RATE_HZ, self._prompt)
        words = tuple(_moved(word, piece.start, silent_from) for word in believed.words)
        self._take(piece, words)
        piece.heard_to = silent_from if kind is Pass.STOPPED else now - CHUNK
        self._cut(piece)
        self._close_if_over()
        return True

    def finish(self) -> None:
        """No more sound comes: understand what has not been."""
        for begins in self._speech.flush():
            self._heard(begins)
        self._speech.stop()
        piece = self._piece
        if (
            piece is not None
            and piece.heard_to < self._speech.stopped_at
            and piece.voiced >= _SHORTEST_SPEECH
        ):
            self.decode(Pass.STOPPED, _never)
        if self._piece is not None:
            self._close(self._piece)

    @property
    def length_s(self) -> float:
        """How long the piece is that is being spoken."""
        return (self._speech.length - self._piece.start) / RATE_HZ if self._piece is not None else 0.0

    def _not_heard(self, piece: _Piece) -> int:
        """How much of the piece is newer than its text."""
        return self._speech.now - max(piece.heard_to, piece.start)

    # What is heard

    def _heard(self, begins: bool) -> None:
        """Another chunk; `begins` tells whether somebody begins to speak with it."""
        if begins:
            self._speech_begins(self._speech.now - CHUNK)
        if self._piece is not None:
            self._piece.voiced += CHUNK if self._speech.speaking else 0
        else:
            self._forget(self._speech.now - _ROOM - CHUNK)
        self._close_if_over()

    def _speech_begins(self, at: int) -> None:
        piece = self._piece
        if piece is None:
            self._piece = _Piece(max(0, at - _ROOM))
        elif at - self._speech.stopped_at >= _GAP and piece.heard_to >= self._speech.stopped_at:
            piece.gaps.append(_Gap(self._speech.stopped_at, at, piece.words))

    def _close_if_over(self) -> None:
        piece = self._piece
        if piece is None or self._speech.speaking or self._speech.now - self._speech.stopped_at < _PAUSE:
            return
        if piece.voiced < _SHORTEST_SPEECH or piece.heard_to >= self._speech.stopped_at:
            self._close(piece)

    def _close(self, piece: _Piece) -> None:
        self._settle(piece.words)
        self._piece = None
        self._forget(self._speech.stopped_at)

    # What is understood

    def _understand(self, piece: _Piece, end: int, given_up: Callable[[], bool]) -> Heard | None:
        before = "".join(word.text for word in self._final[-_WORDS_BEFORE:])
        heard = self._stream.understand(piece.start, end, f"{self._prompt} {before}".strip(), given_up)
        if heard is not None:
            self.effort.passes += 1
            if heard.cost is not None:
                self.effort.redone += heard.cost.redone
                self.effort.last = heard.cost
            self.language = self.language or heard.language
        return heard

    def _take(self, piece: _Piece, words: tuple[Word, ...]) -> None:
        """Make `words` the hypothesis; what the last one said as well becomes firm, but for its last word.

        So close to the end of what the last pass heard, both may have guessed how it goes on.
        """
        words = joined(piece.words[: piece.firm], weighed_with(piece.words, words))
        sure_to_s = (piece.heard_to - _MAY_BE_GUESSED) / RATE_HZ
        pairs = zip(piece.words, words[: agreement(piece.words, words)], strict=False)
        sure = takewhile(lambda pair: max(word.start_s or 0 for word in pair) <= sure_to_s, pairs)
        piece.firm = max(piece.firm, min(len(list(sure)), len(words) - 1, len(piece.words) - 1))
        piece.words = words

    def _cut(self, piece: _Piece) -> None:
        """Settle what stands before a confirmed gap, or where the piece has become too long without one."""
        length = self._speech.length - piece.start
        for gap in reversed(piece.gaps):
            count = len(gap.words)
            confirmed = len(piece.words) > count and agreement(gap.words, piece.words) == count
            if confirmed and count and _may_end(piece.words[count - 1], gap, gap.start - piece.start, length):
                self._settle_part(piece, count, max((gap.start + gap.end) // 2, gap.end - _ROOM))
                return
        if length >= _CUT_WITHOUT_GAP and piece.firm > 1:
            self._cut_after_word(piece)
        elif length >= _CUT_ANYHOW:
            self._settle_part(
                piece, len(piece.words), self._speech.quietest(self._speech.now - _PAUSE, self._speech.now)
            )

    def _cut_after_word(self, piece: _Piece) -> None:
        """Cut at the longest break between firm words in the later half of them."""
        firm = piece.words[: piece.firm]
        count = max(
            range((len(firm) + 1) // 2, len(firm)),
            key=lambda at: (firm[at].start_s or 0) - (firm[at - 1].end_s or 0),
            default=len(firm) - 1,
        )
        middle = _samples(((firm[count - 1].end_s or 0) + (firm[count].start_s or 0)) / 2)
        self._settle_part(piece, count, self._speech.quietest(middle - _GAP, middle + _GAP))

    def _settle_part(self, piece: _Piece, count: int, at: int) -> None:
        """The first words are final; the piece goes on from `at` with the others."""
        self._settle(piece.words[:count])
        piece.words = piece.words[count:]
        piece.firm = max(0, piece.firm - count)
        piece.voiced = max(0, self._speech.silent_from - at)
        piece.start = at
        piece.gaps = [replace(gap, words=gap.words[count:]) for gap in piece.gaps if gap.start > at]
        self._forget(at)

    def _settle(self, words: Sequence[Word]) -> None:
        self._final += words

    def _forget(self, before: int) -> None:
        if before < CHUNK:
            return
        self._stream.forget(before)
        self._speech.forget(before)


def _may_end(word: Word, gap: _Gap, before: int, length: int) -> bool:
    """Whether a piece may end with this word, which `gap` follows."""
    sentence = _SENTENCE_END.search(word.text) is not None and gap.end - gap.start >= _SENTENCE_GAP
    return (sentence and before >= _CUT_AFTER_SENTENCE) or length >= _CUT_AFTER_WORD


def _moved(word: Word, start: int, last: int) -> Word:
    """The word of a piece that begins at `start`, in the recording, and not after the last speech."""
    start_s, end_s = (
        min(start + _samples(time_s or 0.0), last) / RATE_HZ for time_s in (word.start_s, word.end_s)
    )
    return replace(word, start_s=round(start_s, 3), end_s=round(end_s, 3))


def _never() -> bool:
    return False
