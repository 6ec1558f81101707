"""The X server's clock, told in ours: how long a key was held does not depend on how busy this program is."""

_LONGEST_DELAY_S = 5.0


class ServerClock:
    """The server counts milliseconds in 32 bits. The event that came with the least delay sets the two clocks."""

    def __init__(self) -> None:
        self._offset_s = float("inf")

    def local(self, server_ms: int, now: float) -> float:
        """When an event of that time happened, in seconds of our clock, on which it arrives `now`."""
        offset_s = now - server_ms / 1000
        if (
            not 0 <= offset_s - self._offset_s < _LONGEST_DELAY_S
        ):  # the first, a quicker one, or the count began anew
            self._offset_s = offset_s
        return server_ms / 1000 + self._offset_s
