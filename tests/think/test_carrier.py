"""The SDK carries questions, and nobody waits for its import who asks nothing."""

import subprocess
import sys
from pathlib import Path

import openai
import pytest

from tests.rig import FaultServer
from tests.think.conftest import Asker

WHO_IMPORTED_IT = """
import sys
from assistant.think import Keys
from assistant.turn.events import Readiness
from tests.rig import wait_until
from tests.think.conftest import Asker

what, base_url = sys.argv[1:]
imported = lambda: "assistant.think.carrier" in sys.modules
asker = Asker(Keys(environment={}))
asker.use(base_url)
asker.model.start(asker.heard)
asker.heard.ready(Readiness.READY)
asker.model.stop()  # what the start does is done
print("with the start" if imported() else "not with the start")
asker.model.start(asker.heard)
if what == "question":
    print(asker.answer(1))
if what == "expectation":
    asker.model.expect()
wait_until(imported, 20, "the import")
asker.model.stop()
"""


def in_a_process_of_its_own(what: str, server: FaultServer) -> str:
    command = [sys.executable, "-c", WHO_IMPORTED_IT, what, server.base_url]
    root = Path(__file__).parent.parent.parent
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True, timeout=60).stdout


def test_the_sdk_carries_the_question(chat: Asker, fault_server: FaultServer) -> None:
    chat.use(fault_server.base_url)
    assert chat.answer(1) == "All is well."
    assert fault_server.requests[0].headers["user-agent"] == f"AsyncOpenAI/Python {openai.__version__}"


@pytest.mark.parametrize(("what", "told"), [("expectation", []), ("question", ["All is well."])])
def test_the_sdk_is_imported_when_a_question_is_near(
    fault_server: FaultServer, what: str, told: list[str]
) -> None:
    assert in_a_process_of_its_own(what, fault_server).splitlines() == ["not with the start", *told]
