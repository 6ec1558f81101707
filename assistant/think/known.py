"""Local servers by the port they listen on: what they are called and how they are started."""

from collections.abc import Iterable

from assistant.think.address import on_this_machine, place, port
from assistant.turn.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A local server. `owner` is the `owned_by` of its models; `shared` tells that others use its port as well."""

    title: str
    port: int
    owner: str
    start: str
    shared: bool = False


KNOWN = (
    Known("Ollama", 11434, "library", "Start it with `ollama serve`."),
    Known("LM Studio", 1234, "organization_owner", "Start its server with `lms server start`."),
    Known("llama-server", 8080, "llamacpp", "Start it with `llama-server -m MODEL.gguf`.", shared=True),
    Known("vLLM", 8000, "vllm", "Start it with `vllm serve MODEL`.", shared=True),
    Known("Jan", 1337, "jan", "Start the local API server in Jan's settings."),
)
PORTS = tuple(server.port for server in KNOWN)


def title(base_url: str, owners: Iterable[str] = ()) -> str:
    """What to call the server: by who owns its models, else by its port, else by its address."""
    if not on_this_machine(base_url):
        return place(base_url)
    for known in KNOWN:
        if known.owner in owners or (known.port == port(base_url) and not known.shared):
            return known.title
    return place(base_url)


def how_to_start(base_url: str) -> str:
    """One sentence, for a server that does not run."""
    if not on_this_machine(base_url):
        return "Check that it runs and that its address is right."
    starts = (known.start for known in KNOWN if known.port == port(base_url))
    return next(starts, "Start it, or connect another one.")
