"""The pictures of the window can be taken."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

from tests.rig import Display

SCRIPT = Path(__file__).parents[2] / "scripts" / "screenshots.py"


def test_pictures_are_taken(screen: Display, private_environment: Path) -> None:
    env = screen.env | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(SCRIPT), str(private_environment), "answer", "doubt"]
    subprocess.run(command, env=env, check=True, capture_output=True, timeout=120)
    picture = QImage(str(private_environment / "answer-light.png"))
    assert (picture.width(), picture.height()) == (440, 680)
    assert len(list(private_environment.glob("*.png"))) == 2 * 2 * 3
