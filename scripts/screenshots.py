"""Takes pictures of the window in everything it can show: `python scripts/screenshots.py FOLDER [SCENE…]`.

`python scripts/screenshots.py docs --docs` takes those that README and docs show.

Needs a display (or QT_QPA_PLATFORM=offscreen). Nothing is recorded, asked or spoken, and nothing of this person's is read:
the sessions and the files are made up.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.settings import Chat, Settings, changed
from assistant.turn.conversation import Conversation, Message, Role
from assistant.window.app import assemble, make_application
from scripts.screenshot_scenes import SCENES
from scripts.screenshot_scenes.docs import PICTURES
from scripts.screenshot_scenes.scene import Scene, settle
from tests.fakes.controls import FakeControls

SIZES = {"": (440, 680), "small": (340, 420), "wide": (1280, 800)}
THEMES = ("light", "dark")
TITLES = ("Trip to Kyoto", "Einsum for a batch", "A name for the cat", "Rust lifetimes")
_DIRECTIONS = (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft)


def take(folder: Path, chosen: list[str], suffix: str, text: float) -> None:
    """One picture for each scene, theme and size."""
    application = make_application()
    if text != 1:
        font = application.font()
        font.setPixelSize(round(14.7 * text))
        application.setFont(font)
    for name in chosen or SCENES:
        scene = SCENES[name]
        for theme in THEMES:
            for size, measures in SIZES.items():
                if size and (not scene.sizes or suffix):
                    continue
                file = "-".join(part for part in (name, size, theme, suffix) if part)
                picture(scene, theme, measures, folder / f"{file}.png")


def take_docs(folder: Path) -> None:
    """The pictures for README and docs, light and dark."""
    _ = make_application()
    for name, (scene, size, lower) in PICTURES.items():
        for theme in THEMES:
            picture(scene, theme, size, folder / f"{name}-{theme}.png", lower)


def picture(scene: Scene, theme: str, size: tuple[int, int], file: Path, lower: int = 0) -> None:
    """Write what is seen, or only its lowest pixels."""
    chat = Chat(base_url="http://localhost:11434/v1", model="llama3.2")
    wanted = changed(Settings(chat=chat), "window", "theme", theme)
    QApplication.setLayoutDirection(_DIRECTIONS[scene.from_right])
    with home() as place:
        scene.files()
        controls = FakeControls(wanted)
        for at, title in enumerate(TITLES):
            controls.stored[str(at)] = Conversation(str(at), (Message(1, Role.USER, title),), title)
        window, bridge, errands = assemble(controls, wanted, place / "window.ini")
        window.resize(*size)
        window.show()
        window.activateWindow()
        bridge.show(scene.session)
        settle()
        scene.arrange(window)
        settle()
        seen = window.rect().adjusted(0, window.height() - lower if lower else 0, 0, 0)
        window.grab(seen).save(str(file))
        errands.stop()
        controls.stop()
        window.deleteLater()
        settle(50)


@contextmanager
def home() -> Iterator[Path]:
    """A folder of the picture's own, in which the program looks for its files."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ.update({f"XDG_{kind}_HOME": folder for kind in ("CONFIG", "DATA", "CACHE", "STATE")})
        yield Path(folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("scene", nargs="*")
    parser.add_argument("--suffix", default="", help="for the files' names")
    parser.add_argument("--text", type=float, default=1.0, help="times the usual size of text")
    parser.add_argument("--docs", action="store_true", help="the pictures that README and docs show")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.docs:
        os.environ["QT_SCALE_FACTOR"] = "2"
        take_docs(given.folder)
        return 0
    begun = time.monotonic()
    take(given.folder, given.scene, given.suffix, given.text)
    if not given.suffix and not given.scene:
        again = [sys.executable, __file__, str(given.folder)]
        twice = [name for name, scene in SCENES.items() if scene.twice]
        big_text = [name for name, scene in SCENES.items() if scene.big_text]
        pixels = os.environ | {"QT_SCALE_FACTOR": "2"}
        subprocess.run([*again, *twice, "--suffix", "2x"], env=pixels, check=True)
        subprocess.run([*again, *big_text, "--suffix", "big-text", "--text", "2"], check=True)
        print(f"{len(list(given.folder.glob('*.png')))} pictures in {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
