"""A piece of Markdown to what a person would read out.

Marks are understood, not read: emphasis, headings, bullets, links (their text), images (their alternative text), tables
row by row. Code blocks are only mentioned, HTML is left out. A piece may be cut out of a longer text, so marks
without a partner are left out, too.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.speak.formulas import say_formulas
from assistant.speak.symbols import say_code, say_prose, tidy

# An indented piece is a nested item or a cut, not code. A definition of a link is not seen by whoever refers to it.
_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["code", "reference"])
_DEFINITION = re.compile(r"^ {0,3}\[[^\]^\n]{1,80}\]:\s*\S*[/.#]\S*.*$", re.MULTILINE)
_REFERENCE = re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]")
_UNREAD_HTML = re.compile(
    r"<(script|style)\b.*?(?:</\1>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE
)
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_GOES_ON = re.compile(r"[,،、，]\W*$")
_END = Token("end", "", 0)
_ENDINGS = tuple(".!?…:;。！？")

_LANGUAGES = {
    "bash": "shell",
    "c": "C",
    "c#": "C sharp",
    "c++": "C plus plus",
    "cpp": "C plus plus",
    "cs": "C sharp",
    "csharp": "C sharp",
    "css": "CSS",
    "go": "Go",
    "html": "HTML",
    "java": "Java",
    "javascript": "JavaScript",
    "js": "JavaScript",
    "json": "JSON",
    "py": "Python",
    "python": "Python",
    "rs": "Rust",
    "rust": "Rust",
    "sh": "shell",
    "shell": "shell",
    "sql": "SQL",
    "toml": "TOML",
    "ts": "TypeScript",
    "typescript": "TypeScript",
    "xml": "XML",
    "yaml": "YAML",
    "yml": "YAML",
}


def speakable(markdown: str) -> str:
    """What to say for `markdown`, one line for each block; "" where there is nothing to say.

    A piece that ends with a comma still does: there the voice does not fall.
    """
    tokens = _MARKDOWN.parse(_DEFINITION.sub("", markdown))
    reading = _Reading()
    for token, follower in pairwise([*tokens, _END]):
        reading.take(token, follower)
    lines = list(filter(None, reading.lines))
    if lines and _GOES_ON.search(markdown) and not lines[-1].endswith(_ENDINGS):
        lines[-1] += ","
    return "\n".join([*map(_ended, lines[:-1]), *lines[-1:]])


class _Reading:
    """The walk over the blocks. `lines` is what is said; empty ones say nothing."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._number = ""  # of the list item whose text comes next
        self._cells: list[str] | None = None  # of the row that is being read

    def take(self, token: Token, follower: Token) -> None:
        match token.type:
            case "list_item_open":
                self._number = f"{token.info}. " if token.info else ""
            case "tr_open":
                self._cells = []
            case "tr_close":
                self.lines.append(_ended(", ".join(filter(None, self._cells or ()))))
                self._cells = None
            case "inline":
                self._take_text(_say_inline(token.children or ()), follower)
            case "fence":
                self.lines.append(_mention_code(token))
            case "html_block":
                self.lines.append(tidy(say_prose(_UNREAD_HTML.sub(" ", token.content))))

    def _take_text(self, text: str, follower: Token) -> None:
        if self._cells is not None:
            self._cells.append(text)
            return
        line = self._number + text if text else ""
        self._number = ""
        # Paragraphs of list items are "hidden".
        self.lines.append(_ended(line) if follower.hidden or follower.type == "heading_close" else line)


def _say_inline(tokens: Sequence[Token]) -> str:
    said = []
    text = ""
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                text += token.content
                continue
            case "softbreak":
                text += " "
                continue
            case "em_open" | "em_close" | "strong_open" | "strong_close" | "s_open" | "s_close" | "link_open":
                continue
        said.append(_say_text(text))
        text = ""
        said.append(_say_mark(token))
    return tidy("".join([*said, _say_text(text)]))


def _say_text(text: str) -> str:
    return say_prose(say_formulas(_REFERENCE.sub(r"\1", text))) if text else ""


def _say_mark(token: Token) -> str:
    match token.type:
        case "code_inline":
            return say_code(token.content)
        case "image":
            return f" {_say_inline(token.children or ())} "
        case "hardbreak":
            return ", "
        case "html_inline":
            return ", " if _BREAK.match(token.content) else ""
    return ""


def _mention_code(token: Token) -> str:
    if not token.content.strip():
        return ""
    language = _LANGUAGES.get(token.info.split(" ", 1)[0].strip("{}.").lower())
    return f"A code example in {language}." if language else "A code example."


def _ended(line: str) -> str:
    return line if not line or line.endswith(_ENDINGS) else f"{line}."
