"""What several stories begin with."""

from collections.abc import Iterator

import pytest

from tests.rig import Desktop, FaultServer, Reply
from tests.stories.program import Talk, settings


@pytest.fixture
def talk(desktop: Desktop, fault_server: FaultServer) -> Iterator[Talk]:
    fault_server.behave(Reply("Yes."))
    chosen = {
        "ALOUD_CHAT__BASE_URL": fault_server.base_url,
        "ALOUD_CHAT__MODEL": "any",
        "ALOUD_CHAT__SEND": "after a look",
        "ALOUD_SPEAKING__REPLIES": "false",
        "ALOUD_WINDOW__THEME": "light",
        "ALOUD_WINDOW__DOUBT_BELOW": "0.94",  # "six" is right with 0.84 to 0.90, the longer it was quiet before
    }
    with Talk(desktop, settings() | chosen) as talk:
        talk.until_ready()
        yield talk
