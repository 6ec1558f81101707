"""LiteLLM's proxy: an OpenAI-compatible server that nobody here wrote, with replies that a test chooses."""

import json
import os
import re
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from tests.rig.processes import RigError, Service

_ROOT = Path(__file__).resolve().parent.parent.parent
_PYTHON = _ROOT / ".venv-server" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
_RUNNING = re.compile(r"Uvicorn running on (http://\S+)")


class ModelServer:
    """Answers Chat Completions with the fixed reply of each model: `ModelServer(folder, {"calm": "All is well."})`.

    The reply `RATE_LIMITED` is answered with 429. It takes about ten seconds to start, so share one among tests.
    """

    RATE_LIMITED = "litellm.RateLimitError"
    KEY = "sk-rig-3f1c9a7e5b8d4026"

    def __init__(self, folder: Path, replies: Mapping[str, str]) -> None:
        self._folder = folder
        self.replies = dict(replies)
        self._stack = ExitStack()
        self.base_url = ""

    def __enter__(self) -> Self:
        if not _PYTHON.exists():
            raise RigError(
                f"{_PYTHON} is missing. Run python3 scripts/test.py once: it installs the model server."
            )
        config = self._folder / "litellm.json"
        models = [_model(*item) for item in self.replies.items()]
        config.write_text(json.dumps({"model_list": models, "router_settings": {"num_retries": 0}}))
        with ExitStack() as stack:
            server = Service(
                [_PYTHON.with_name("litellm"), "--config", config, "--host", "127.0.0.1", "--port", "0"],
                env=self._env(),
                log=self._folder / "litellm.log",
            )
            stack.callback(server.end)
            running = server.wait_until(lambda: _RUNNING.search(server.output()), 120, "the model server")
            assert running is not None
            self.base_url = f"{running[1]}/v1"
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _env(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "PYTHONUNBUFFERED": "1",
            "LITELLM_MASTER_KEY": self.KEY,
            "LITELLM_LOCAL_MODEL_COST_MAP": "True",
            "LITELLM_TELEMETRY": "False",
        }


def _model(name: str, reply: str) -> dict[str, object]:
    mock = {"model": f"openai/{name}", "api_key": "none", "mock_response": reply}
    return {"model_name": name, "litellm_params": mock}
