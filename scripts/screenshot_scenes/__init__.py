"""Everything that the window can show, by subject."""

from scripts.screenshot_scenes import (
    composing,
    conversations,
    names,
    overlays,
    rules,
    scores,
    settings,
    timelines,
)
from scripts.screenshot_scenes.scene import Scene

SCENES: dict[str, Scene] = {
    name: scene
    for subject in (composing, conversations, settings, names, rules, scores, overlays, timelines)
    for name, scene in subject.SCENES.items()
}
