"""Where in a recording somebody speaks, as far as it goes: what the detector and the quiet tell together.

All places are samples from the beginning of the recording.
"""

from collections.abc import Iterator

from assistant.recordings import RATE_HZ
from assistant.transcribe.detector import CHUNK, SILENCE_BELOW, SPEECH_FROM, Detector, Quiet
from assistant.transcribe.recogniser import Samples

_LONGEST_DELAY = round(0.3 * RATE_HZ)
_SOFTLY = round(1.0 * RATE_HZ)


class Speech:
    """Takes sound as it comes. `length` is how much there is, `now` how much of it the detector has heard."""

    def __init__(self) -> None:
        self._detector = Detector()
        self._quiet = Quiet()
        self._chances: list[float] = []  # of speech, from chunk `_first_chunk` on
        self._first_chunk = 0
        self._chunk = 0
        self._loud_to = 0
        self.length = 0
        self.speaking = False
        self.stopped_at = 0
        """Where the last speech ended; while somebody speaks, where the one before did."""

    @property
    def now(self) -> int:
        return self._chunk * CHUNK

    @property
    def silent_from(self) -> int:
        """Where the silence begins that lasts until the end of the sound; the end where there is none."""
        if not self.speaking:
            return self.stopped_at
        since = self._quiet.since
        return self.length if since is None else min(max(since, self._loud_to), self.length)

    @property
    def silent_for(self) -> int:
        return self.length - self.silent_from

    def add(self, samples: Samples) -> Iterator[bool]:
        """For each chunk that is heard thereby, whether somebody begins to speak with it."""
        self.length += len(samples)
        for first in range(0, len(samples), CHUNK):
            self._quiet.add(samples[first : first + CHUNK])
            for chance in self._detector.probabilities(samples[first : first + CHUNK]):
                yield self._hear(float(chance))

    def flush(self) -> Iterator[bool]:
        """The same for what was too short for a chunk."""
        for chance in self._detector.flush():
            yield self._hear(float(chance))

    def stop(self) -> None:
        """No more sound comes, so nobody speaks any longer."""
        if self.speaking:
            self.speaking, self.stopped_at = False, min(self.length, self.silent_from)

    def quietest(self, start: int, end: int) -> int:
        """The middle of the chunk between two places that is least likely speech."""
        first = max(start // CHUNK, self._first_chunk)
        last = max(first + 1, min(end // CHUNK, self._chunk))
        chunk = min(range(first, last), key=lambda at: self._chances[at - self._first_chunk])
        return chunk * CHUNK + CHUNK // 2

    def forget(self, before: int) -> None:
        """Of what was before, nothing will be asked any more."""
        chunk = before // CHUNK
        del self._chances[: max(0, chunk - self._first_chunk)]
        self._first_chunk = max(self._first_chunk, chunk)

    def _hear(self, chance: float) -> bool:
        """The detector is slow to see that somebody has stopped; where it is quiet, speech ended with the sound."""
        start, self._chunk = self.now, self._chunk + 1
        self._chances.append(chance)
        if chance >= SPEECH_FROM and start - self.silent_from >= _LONGEST_DELAY:
            self._loud_to = start + _SOFTLY
        if self.speaking and chance < SILENCE_BELOW:
            self.stopped_at = min(start, self.silent_from)
            self.speaking = False
        elif not self.speaking and chance >= SPEECH_FROM:
            self.speaking, self._loud_to = True, start
            return True
        return False
