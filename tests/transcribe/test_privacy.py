"""Listening leaves no trace of its own: what understands speech writes nothing down about the machine, and tells nobody."""

import os
import subprocess
import sys
from pathlib import Path

_LISTEN = """
import numpy as np
from assistant.transcribe.detector import CHUNK, Detector
Detector().probabilities(np.full(CHUNK, 0.1, np.float32))
"""


def test_the_voice_detector_keeps_no_identifier_of_this_machine(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    bare = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", _LISTEN], env=bare, check=True, timeout=60)
    # ONNX Runtime would, and it would take 25 MB and a part of the start.
    used = f"import sys\n{_LISTEN}\nsys.exit('onnxruntime' in sys.modules)"
    subprocess.run([sys.executable, "-c", used], env=bare, check=True, timeout=60)
    assert [str(path.relative_to(home)) for path in home.rglob("*")] == []
