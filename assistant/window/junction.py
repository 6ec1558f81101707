"""How spoken words are joined to what stands around them, alone or in another's place, and what is left of a sent text."""

from collections.abc import Iterator, Sequence

_ENDS_SENTENCE = ".!?…:。！？"
_OPENS = "([{<«“‘„\"'`/\\@#$¿¡-–—"
_CLOSES = ".,;:!?…)]}>»”’%。、，！？"
_LONGEST_FRAGMENT = 4  # words; longer ones keep their full stop
_LONG_PARAGRAPH = 1000  # characters; the next sentence begins a new one
_LONGEST_PARAGRAPH = 2000  # where no sentence ends; each key lays out a whole paragraph anew

_LEADS = "([{<«\"'“‘„¿¡「『"
_TRAILS = {")": "(", "]": "[", "}": "{", ">": "<", **dict.fromkeys(".,;:!?…»”’\"'。、，！？」』")}

# Words that a recogniser writes with a capital only because it takes each recording for a sentence.
_SMALL_WORDS = """
a about after again all also although an and another any are as at be because been before both but by
can could did do does each either else even every for from get give go had has have he her here hers him
his how if in instead into is it its just last let like make many maybe me more most much must my never
next no not now of off on once one only or other our out over please put same say see she should show
since so some still such take tell than that the their them then there these they this those though
through to too under until up use using was we were what when where whether which while who whom whose
why will with without would yes yet you your very really quite
"""
_SMALL = frozenset(_SMALL_WORDS.split())


def joined(before: str, spoken: str, after: str, language: str = "") -> tuple[str, str, str]:
    """(what goes before, the spoken words as they fit in, what goes after).

    `before` and `after` are what stands on either side; `language` is that of the words ("" is unknown).
    """
    words = spoken
    if _within_sentence(before) and language in {"", "en"}:
        words = _small_beginning(words)
    if _goes_on(after) and words.endswith(".") and not words.endswith("..") and _is_fragment(words):
        words = words[:-1]
    gap_before = " " if before and _need_gap(before[-1], words[:1]) and before[-1] not in _OPENS else ""
    gap_after = " " if after and _need_gap(words[-1:], after[0]) and words[-1:] not in _OPENS else ""
    return gap_before, words, gap_after


def _within_sentence(before: str) -> bool:
    text = before.rstrip(" \t\"'”’)")
    return bool(text) and not text.endswith("\n") and text[-1] not in _ENDS_SENTENCE


def _small_beginning(words: str) -> str:
    first = words.split(maxsplit=1)[0] if words.split() else ""
    bare = first.rstrip(_CLOSES).replace("’", "'")
    if bare == bare.capitalize() and bare.lower().split("'")[0] in _SMALL:
        return words[:1].lower() + words[1:]
    return words


def _goes_on(after: str) -> bool:
    text = after.lstrip(" \t")
    return bool(text) and (text[0].islower() or text[0] in _CLOSES)


def _is_fragment(words: str) -> bool:
    return len(words.split()) <= _LONGEST_FRAGMENT


def _need_gap(left: str, right: str) -> bool:
    """Is a space wanted between these two characters?"""
    if not left or not right or left.isspace() or right.isspace() or right in _CLOSES:
        return False
    return not (is_unspaced(left) or is_unspaced(right))


def is_unspaced(character: str) -> bool:
    """Chinese, Japanese, Thai and their kin are written without spaces."""
    code = ord(character)
    return (
        0x0E00 <= code <= 0x0EFF
        or 0x1000 <= code <= 0x109F
        or 0x1780 <= code <= 0x17FF
        or 0x3000 <= code <= 0x30FF
        or 0x3400 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xFF00 <= code <= 0xFF65
        or 0x20000 <= code <= 0x3FFFF
    )


def core(standing: str) -> tuple[int, int]:
    """From where to where the word itself goes in a word with punctuation around it."""
    start, end = 0, len(standing)
    while start < end and standing[start] in _LEADS:
        start += 1
    while end > start and standing[end - 1] in _TRAILS:
        opening = _TRAILS[standing[end - 1]]
        if opening and opening in standing[start : end - 1]:  # f()
            break
        end -= 1
    return (start, end) if start < end else (0, len(standing))


def fitted(instead: str, standing: str, before: str, *, exact: bool) -> str:
    """What is to stand where `standing` does, whose punctuation stays; `before` is what precedes it.

    What is `exact` (a term) keeps its case. Else it follows the word that it replaces at the beginning of a sentence.
    """
    start, end = core(standing)
    lead, old, trail = standing[:start], standing[start:end], standing[end:]
    text = instead.strip()
    if not exact:
        first, last = core(text)
        text = text[first:last]
        if _within_sentence(before + lead):
            text = _small_beginning(text)
        elif old[:1].isupper():
            text = text[:1].upper() + text[1:]
    elif trail[:1] == text[-1:]:
        trail = trail[1:]
    return lead + text + trail


def shares(texts: Sequence[str], joined_text: str) -> Iterator[str]:
    """What each of `texts` has become in `joined_text`, into which `joined` has made all of them."""
    whole = "".join(texts)
    at = len(whole.lstrip()) - len(whole)
    for text in texts:
        yield joined_text[max(0, at) : max(0, at + len(text))]
        at += len(text)


def in_paragraphs(texts: Sequence[str], before: str) -> Iterator[str]:
    """The same words, with a new paragraph instead of a space where the one they stand in has become long."""
    length, ended = len(before) - before.rfind("\n") - 1, before.rstrip()[-1:] in _ENDS_SENTENCE
    for text in texts:
        if text[:1] == " " and (length > _LONGEST_PARAGRAPH or (ended and length > _LONG_PARAGRAPH)):
            text, length = "\n" + text.lstrip(), 0  # noqa: PLW2901
        length += len(text)
        ended = text[-1:] in _ENDS_SENTENCE
        yield text


def sent_spans(text: str, sent: str) -> list[tuple[int, int]]:
    """From where to where `text` is what was sent; what was typed before, into or after it since is the rest.

    Nothing where the sent text is no longer recognisable in it.
    """
    start = text.find(sent)
    if start >= 0:
        end = start + len(sent)
        return [(start, end if start else end + _blank(text[end:]))]
    head = _common(text, sent)
    tail = _common(text[head:][::-1], sent[head:][::-1])
    if head + tail < len(sent):
        return []
    left = text[head : len(text) - tail]
    if not left.strip():
        return [(0, len(text))]
    return [(0, head + _blank(left)), (len(text) - tail - _blank(left[::-1]), len(text))]


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())


def _common(one: str, other: str) -> int:
    """How many characters at the beginning are the same."""
    for at, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return at
    return min(len(one), len(other))
