"""Technical terms: how they are said, and what a general recogniser would write for them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A technical term as it is `meant`, as a person would `say` it, and as it is `heard` without knowledge of code."""

    meant: str
    said: str
    heard: str


# meant | said (left out where it is the same as heard) | heard
_TABLE = """
numpy | num pie
pytest | pie test
kubectl | cube cuddle
sqlite | sequel light
json | jason
regex | reg ex
github | git hub
PySide | pie side
asyncio | async io
scipy | sigh pie
PyPI | pie pea eye
nginx | engine x
postgres | post gress
mysql | my sequel
pytorch | pie torch
tensorflow | tensor flow
dockerfile | docker file
kubernetes | coober netties | cooper netties
redis | red iss | red is
yaml | yammel
toml | tom ul | tom el
venv | vee env
mypy | my pie
pydantic | pie dantic | pie dan tick
fastapi | fast a pie
uvicorn | you vee corn
gunicorn | gun a corn
jupyter | jupiter | Jupiter
matplotlib | mat plot lib
flake8 | flake eight
ruff | rough
pylint | pie lint
isort | eye sort
setuptools | set up tools
virtualenv | virtual env
graphql | graph queue el
oauth | oh auth | oh oath
localhost | local host
stdout | standard out
stderr | standard err
argparse | arg parse
dataclass | data class
docstring | doc string
enum | ee num
kwargs | quarks
sudo | sue doe | pseudo
chmod | change mod
tmux | tea mux | tea mucks
emacs | e max
ubuntu | a bun two
debian | debbie an | Debbie in
linux | lin ux | linen x
systemd | system dee
cron | crone
ffmpeg | f f m peg | eff eff em peg
pyproject | pie project
pathlib | path lib
itertools | itter tools | it or tools
functools | funk tools
conda | condor
ollama | oh llama
openai | open a eye | open a I
langchain | lang chain
librosa | lib rosa | lib Rosa
cuda | coo da | could a
protobuf | proto buff
terraform | terra form
jinja | jin jah | ginger
django | jang go
sqlalchemy | sequel alchemy
websocket | web socket
markdown | mark down
readme | read me
gitignore | git ignore
gitlab | git lab
hashmap | hash map
backend | back end
typescript | type script
javascript | java script
pyaudio | pie audio
"""


def _read(line: str) -> Term:
    columns = [column.strip() for column in line.split("|")]
    return Term(meant=columns[0], said=columns[1], heard=columns[-1])


MISHEARD = tuple(_read(line) for line in _TABLE.strip().splitlines())
"""Terms that are written otherwise than they are meant."""

PLAIN = tuple(
    Term(word, word.lower(), word)
    for word in ("docker", "Python", "pandas", "whisper", "flask", "bash", "git")
)
"""Terms that are written as they are meant."""
