"""Symbols to words: what is left of a text when its Markdown is understood, as a person would say it.

No character that Markdown gives a meaning to comes out of here, and none that has no sound.
"""

import re
import unicodedata
from urllib.parse import urlsplit

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'`]+", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:?|\[\d{1,3}\](?!\()|【[^】]{0,80}】")
_TASK = ((re.compile(r"^\s*\[[xX]\]\s"), "done, "), (re.compile(r"^\s*\[ \]\s"), "to do, "))
_ALERT = re.compile(r"^\s*\[!(\w+)\]")

_MEANINGFUL = str.maketrans(
    dict.fromkeys("✅✔☑🗸", " yes, ")
    | dict.fromkeys("❌✖✗✘❎", " no, ")
    | {"👍": " thumbs up ", "👎": " thumbs down "}
    | dict.fromkeys("→⇒⟶⟹➜➔", " to ")
    | {"×": " times ", "÷": " divided by ", "·": " ", "≠": " is not equal to ", "≈": " is about "}
    | {
        "≤": " is at most ",
        "≥": " is at least ",
        "±": " plus or minus ",
        "∞": " infinity ",
        "√": " square root of ",
    }
)
_KEPT_SYMBOLS = frozenset("°№℃℉+=")
_MARKDOWN = frozenset("*_`#~|[]{}<>\\^")

_IN_PROSE = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"\b([CFJ])#(?!\w)", r"\1 sharp"),
        (r"(?<![\w#])#(?=\d)", "number "),
        (r"(?<![\w~])~\s?(?=\d)", "about "),
        (r"\s*(?:<-+|-+>|=+>|<=+>)\s*(?=\S)", " to "),
        (r"(?<=\s)&&?(?=\s)", "and"),
        (r"(?<=\s)\|\|(?=\s)", "or"),
        (r"(?<=\w)\s*!={1,2}\s*(?=\w)", " is not equal to "),
        (r"(?<=[\w)])(?:\s={2,3}\s|={2,3})(?=[\w(])", " equals "),
        (r"={2,}", ""),
        (r"(?<=\w)\s*<=\s*(?=\w)", " is at most "),
        (r"(?<=\w)\s*>=\s*(?=\w)", " is at least "),
        (r"(?<=\w)\s*<\s*(?=\d)|(?<=\w)\s<\s(?=\w)", " is less than "),
        (r"(?<=\w)\s*>\s*(?=\d)|(?<=\w)\s>\s(?=\w)", " is more than "),
        (r"(?<=[\w)])\s\*\s(?=[\w(])|(?<=\d)\*(?=\d)", " times "),
        (r"(?<=[\w)])\^2(?!\w)", " squared"),
        (r"(?<=[\w)])\^3(?!\w)", " cubed"),
        (r"(?<=[\w)])\^(?=[\w(-])", " to the power of "),
        (r"(?<=\s)--+(?=\s)", "–"),
        (r"(?<=\w)---?(?=\w)", " – "),
    )
)

_IN_CODE = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"(?<=[a-z0-9])(?=[A-Z])", " "),
        (r"(?<!\d)\.(?=\w)|\.(?=[A-Za-z_])", " dot "),
        (r"-+>|=>", " to "),
        (r"(?<![\w-])--(?=\w)", "dash dash "),
        (r"(?<![\w-])-(?=[A-Za-z])", "dash "),
        (r"!==?", " is not equal to "),
        (r"<=", " is at most "),
        (r">=", " is at least "),
        (r"={2,3}", " equals "),
        (r"\+=", " plus equals "),
        (r"(?<=\s)<(?=\s)", "is less than"),
        (r"(?<=\s)>(?=\s)", "is more than"),
        (r"=", " equals "),
        (r"&&", " and "),
        (r"\|\|", " or "),
        (r"(?<=[\w)])\s\*\s(?=[\w(])", " times "),
        (r"\*(?=[\w.*])", " star "),
        (r"/(?=\w)", " slash "),
        (r"\\(?=\w)", " backslash "),
        (r"\b([CF])#(?!\w)", r"\1 sharp"),
        (r"#(?=\w)", " hash "),
        (r"@(?=\w)", " at "),
        (r"\$(?=[A-Za-z_{])", " dollar "),
        (r"::|[:;]", ", "),
        (r"[\"'`]", ""),
        (r"[()\[\]{}]", " "),
    )
)


def say_prose(text: str) -> str:
    """`text` of a paragraph as it is said."""
    text = _URL.sub(_say_link, text)
    text = _FOOTNOTE.sub("", text)
    for pattern, words in _TASK:
        text = pattern.sub(words, text)
    text = _ALERT.sub(lambda found: f"{found[1].capitalize()}:", text)
    if text.lstrip().startswith("|"):  # a row of a table that comes by itself
        text = ", ".join(cell.strip() for cell in text.split("|") if cell.strip())
    return _replace(text.translate(_MEANINGFUL), _IN_PROSE)


def say_code(text: str) -> str:
    """A short piece of code within a paragraph: names are read, and the symbols that have a plain name."""
    return f" {_replace(text.translate(_MEANINGFUL), _IN_CODE).strip()} "


def tidy(text: str) -> str:
    """One line of only what has a sound; "" where nothing is left to say."""
    text = "".join(map(_audible, text)).replace("|", ", ")
    text = re.sub(r"\$(?!\d)", " ", text)
    text = re.sub(r"([^\w\s.])(?:\s?\1){2,}", r"\1", text)
    text = re.sub(r"\.{3,}", "…", text)
    text = re.sub(r"\(\s*\)", "", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" +(?=[,.;:!?…)])", "", text)
    text = re.sub(r"(?<=\() +", "", text)
    text = re.sub(r",(?=[.;:!?…])|(?<=[.;:!?…,]),", "", text)
    text = re.sub(r"^(?:[\s,;:!?…)–—]|[-.](?!\d))+|[\s,(–—]+$", "", text)
    return text if any(character.isalnum() for character in text) else ""


def _audible(character: str) -> str:
    if character in _MARKDOWN:
        return "|" if character == "|" else " " if character == "_" else ""
    if character in _KEPT_SYMBOLS:
        return character
    category = unicodedata.category(character)
    if character.isspace() or category in {"Cc", "Zl", "Zp"}:
        return " "
    if category in {"Cf", "Cs", "Co", "Cn", "So", "Sk"} or "\ufe00" <= character <= "\ufe0f":
        return ""
    return character


def _replace(text: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, words in rules:
        text = pattern.sub(words, text)
    return text


def _say_link(found: re.Match[str]) -> str:
    address = found[0].rstrip(".,;:!?)]}*_…")
    after = found[0][len(address) :]
    if "(" in address:
        after = after.removeprefix(")")
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        host = ""
    host = host.removeprefix("www.")
    return f"a link to {host}{after}" if host else f"a link{after}"
