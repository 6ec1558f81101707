"""Log files: rotated, and never a word of what was said, nor a key.

What must not be in a log is never given to one: log lines name stages, codes, counts and durations. As a second wall,
`Redaction` takes out whatever looks like an API key.
"""

import logging
import logging.handlers
import re
import sys
from pathlib import Path

_SECRET = re.compile(r"(sk-|Bearer\s+|api[_-]?key\W{1,4})[A-Za-z0-9_\-.]{6,}", re.IGNORECASE)
_NOISY = (
    "openai",
    "httpx2",
    "httpcore2",
    "httpcore",
    "asyncio",
    "faster_whisper",
    "huggingface_hub",
    "comtypes",
    "PIL",
)


class Redaction(logging.Filter):
    """Replaces anything that looks like an API key, in messages and in tracebacks."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _SECRET.sub(r"\1[removed]", record.getMessage())
        record.args = ()
        if record.exc_info and not record.exc_text:
            text = logging.Formatter().formatException(record.exc_info)
            record.exc_text = _SECRET.sub(r"\1[removed]", text)
        return True


def start_logging(folder: Path, name: str = "aloud", *, level: int = logging.INFO) -> None:
    """Log to `folder`/`name`.log, five files of 1 MB. A folder that cannot be written is told on stderr, once."""
    handler: logging.Handler
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / f"{name}.log", maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True
        )
    except OSError as error:
        print(f"No log can be written to {folder}: {error.strerror}.", file=sys.stderr)
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(name)s %(levelname)s %(message)s"))
    handler.addFilter(Redaction())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for library in _NOISY:
        logging.getLogger(library).setLevel(logging.WARNING)
