"""What is read out is what a person would say, never the marks of Markdown."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.speak.speakable import speakable

_UNSAID = "*_`#~|[]{}<>\\^"


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("There are nine blue books on the table.", "There are nine blue books on the table."),
        ("This is **bold**, *soft*, ***both*** and ~~struck~~.", "This is bold, soft, both and struck."),
        ("This is **bold and", "This is bold and"),
        ("it goes on** here with one ` too many.", "it goes on here with one too many."),
        ("## Results", "Results."),
        ("- item one", "item one."),
        ("    - a nested item", "a nested item."),
        ("1. Install it", "1. Install it."),
        ("12) Then this", "12. Then this."),
        ("- [x] Buy milk", "done, Buy milk."),
        ("- [ ] Buy bread", "to do, Buy bread."),
        ("> A word from others", "A word from others"),
        ("> [!WARNING]\n> Hot.", "Warning: Hot."),
        ("one  \ntwo\nthree", "one, two three"),
        ("If you **can,**", "If you can,"),
        ("- If you can,", "If you can."),
        ("---", ""),
        ("One paragraph\n\nAnother", "One paragraph.\nAnother"),
        ("Open \\*this\\* file", "Open this file"),
        ("salt &amp; pepper", "salt and pepper"),
    ],
)
def test_marks_are_understood_and_not_read(markdown: str, said: str) -> None:
    assert speakable(markdown) == said


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("See [the manual](https://example.org/a_b?c=d#e).", "See the manual."),
        ("See https://www.example.org/a_b/c.", "See a link to example.org."),
        ("<https://example.org/x>", "a link to example.org"),
        ("(https://en.example.org/wiki/Foo_(bar))", "(a link to en.example.org)"),
        ("![a cat on a mat](cat.png)", "a cat on a mat"),
        ("![](cat.png)", ""),
        ("[the manual][1] says", "the manual says"),
        ("[1]: https://example.org/manual", ""),
        ("So it is said.[^1] And more [2].", "So it is said. And more."),
        ("[^1]: In the second book.", "In the second book."),
        ("http://[broken", "a link"),
    ],
)
def test_links_images_and_footnotes_are_read_as_their_text(markdown: str, said: str) -> None:
    assert speakable(markdown) == said


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("```python\nprint(1)\n```", "A code example in Python."),
        ("```python\nprint(1)", "A code example in Python."),
        ("~~~\nx\n~~~", "A code example."),
        ("```", ""),
        ("Call `np.einsum` twice.", "Call np dot einsum twice."),
        ("Put it in $() there.", "Put it in there."),
        ("`my_list[0]`", "my list 0"),
        ("`getElementById()`", "get Element By Id"),
        ("`--verbose` or `-v`", "dash dash verbose or dash v"),
        ("`x == 3.5`", "x equals 3.5"),
        ("`/etc/hosts` and `.env`", "slash etc slash hosts and dot env"),
        ("`*args`", "star args"),
        ("`f(x) -> int`", "f x to int"),
        ("`C#`", "C sharp"),
    ],
)
def test_code_is_mentioned_and_names_within_a_sentence_are_read(markdown: str, said: str) -> None:
    assert speakable(markdown) == said


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("| Name | Age |\n|---|--:|\n| Ann | 30 |\n| Bob | |", "Name, Age.\nAnn, 30.\nBob."),
        ("| Ann | **30** |", "Ann, 30"),
        ("|---|:-:|", ""),
        ("| fast | ✅ |", "fast, yes"),
    ],
)
def test_tables_are_read_row_by_row(markdown: str, said: str) -> None:
    assert speakable(markdown) == said


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("a <b>bold</b> word<br>and more", "a bold word, and more"),
        ("<script>\nalert(1)\n</script>", ""),
        ("<!-- a note -->", ""),
        ("<div class='x'>\nshown\n</div>", "shown"),
    ],
)
def test_html_is_not_read(markdown: str, said: str) -> None:
    assert speakable(markdown) == said


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("Great! 🎉🎉🎉", "Great!"),
        ("🙂👩‍👩‍👧🇩🇪", ""),
        ("❌ never", "no, never"),
        ("snake_case and __init__", "snake case and init"),
        ("2 * 3 is 6", "2 times 3 is 6"),
        ("a -> b → c", "a to b to c"),
        ("C# and F#", "C sharp and F sharp"),
        ("issue #7", "issue number 7"),
        ("~5 of them", "about 5 of them"),
        ("x < y", "x is less than y"),
        ("It costs $5, not $10.", "It costs $5, not $10."),
        ("At -5 °C", "At -5 °C"),
        ("-5 degrees", "-5 degrees"),
        ("Wait... what", "Wait… what"),
        ("e.g. this, v3.11 at 10:30", "e.g. this, v3.11 at 10:30"),
        ("so x² is $x^2$", "so x² is x squared"),
        (r"\( \frac{a}{b} \le \sqrt{2} \)", "(a over b is at most the square root of 2)"),
        (r"$\alpha_1 \times \text{rate}^{n}$", "alpha 1 times rate to the power of n"),
        ("日本語です。", "日本語です。"),
        ("naïve λ", "naïve λ"),
    ],
)
def test_symbols_are_said_simply_or_left_out(markdown: str, said: str) -> None:
    assert speakable(markdown) == said


@given(st.text() | st.text(alphabet=_UNSAID + "$()!-+=.&:;/ \n\t1aB🙂✅‍é\x00\x1b"))
def test_no_text_fails_and_no_mark_or_control_character_is_left(markdown: str) -> None:
    said = speakable(markdown)
    assert not set(said) & set(_UNSAID)
    assert all(character.isprintable() or character == "\n" for character in said)
    assert "  " not in said
    assert said == said.strip()


@given(st.lists(st.text(alphabet=string.ascii_letters, min_size=1), min_size=1))
def test_plain_words_are_read_as_they_stand(words: list[str]) -> None:
    sentence = " ".join(words) + "."
    assert speakable(sentence) == sentence


@given(st.lists(st.sampled_from(["**", "*", "`", "word", " ", "~~", "_", "[", "](", "\n"]), max_size=30))
def test_words_between_unbalanced_marks_are_all_read(parts: list[str]) -> None:
    # Three marks may open a block of code, and what follows "](" is an address.
    text = "".join(parts)
    if not any(mark in text for mark in ("```", "~~~", "](")):
        assert speakable(text).count("word") == text.count("word")


@pytest.mark.parametrize(
    "unit", ["[", "![", "*a ", "`", "<", "> ", "- ", "|a", "$a ", "\\frac{", "【", "<!--", "\n- ", "https://"]
)
def test_a_long_text_of_any_mark_is_read_to_its_end(unit: str) -> None:
    """Where the work grows with the square of the length, it lasts longer than any test may."""
    speakable(unit * (300_000 // len(unit)))
