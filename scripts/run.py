"""Start Aloud from a checkout: `python3 scripts/run.py [what you would give the aloud command]`.

The first start sets up what is needed, in a minute or two; later ones begin at once.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.bootstrap import LOCKS, ROOT, Environment, set_up, start

# Aloud starts without any of these and says what is missing where it matters.
PACKAGES = (
    "espeak-ng",
    "libasound2-plugins",  # PortAudio speaks ALSA; this reaches PulseAudio and PipeWire
    "libegl1",
    "libgl1",
    "libportaudio2",
    "libwayland-cursor0",
    "libwayland-egl1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
)
ALOUD = Environment(ROOT / ".venv", LOCKS / "aloud.lock", sources=ROOT, packages=PACKAGES)


def main() -> int:
    set_up(ALOUD)
    # -P: nothing in the folder the user happens to be in is imported.
    return start(ALOUD.python, ["-P", "-m", "assistant", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
