"""The first sheet of the settings, at each of its sections."""

from dataclasses import replace

from assistant.window.main_window import MainWindow
from scripts.screenshot_scenes.scene import Arrange, Scene, from_right
from scripts.screenshot_scenes.talks import EMPTY, LOADING, READY


def section(name: str) -> Arrange:
    def arrange(window: MainWindow) -> None:
        window.open_section(name)

    return arrange


_SECTIONS = {
    "settings": Scene(EMPTY, section("keys"), sizes=True, big_text=True),
    "settings-microphone": Scene(EMPTY, section("microphone")),
    "settings-model": Scene(EMPTY, section("model")),
    "settings-recogniser": Scene(replace(EMPTY, parts=(READY[0], LOADING)), section("recogniser")),
    "settings-voice": Scene(EMPTY, section("voice")),
    "settings-look": Scene(EMPTY, section("look")),
}
SCENES = _SECTIONS | {f"{name}-rtl": from_right(scene) for name, scene in _SECTIONS.items()}
