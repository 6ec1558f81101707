"""What lies over the conversation: the finder and the sheet of keys."""

from assistant.window.main_window import MainWindow
from scripts.screenshot_scenes.scene import Scene, from_right
from scripts.screenshot_scenes.talks import talk


def finder(window: MainWindow) -> None:
    window.finder.search(everything=True)


def found(window: MainWindow) -> None:
    window.finder.search(everything=False)


def keys(window: MainWindow) -> None:
    window.keys.show_keys("Right Ctrl", "Right Alt")


SCENES = {
    "finder": Scene(talk(), finder, sizes=True),
    "finder-rtl": from_right(Scene(talk(), finder)),
    "conversations": Scene(talk(), found),
    "keys": Scene(talk(), keys),
}
