"""Answers look as their Markdown means, and every sentence is found again where it is shown."""

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument, QTextTable

from assistant.turn.sentences import cut
from assistant.window.blocks import Block, link_at
from assistant.window.flow import Flow
from assistant.window.look import Look
from assistant.window.markdown import render

ANSWER = """# A heading & more

Use **bold**, *thin* and `code` 🙂 at [the docs](https://example.org/a_b) or https://example.org.
A second line \\* with an escape &amp; an entity.

1. First thing here.
2. Second thing there:
   - nested **one** inside

     ```python
     nested = True
     ```

> A quoted sentence stands here. 日本語の文です。

| Name | What it is |
|------|-----------:|
| `abc` | the letters |

```python
print("hello")
```

![a picture](https://example.org/x.png) ends it.
"""


def _shown(block: Block, start: int, end: int) -> str:
    shown = block.shows(start, end)
    if shown is None:
        return ""
    cursor = QTextCursor(block.document)
    cursor.setPosition(shown[0])
    cursor.setPosition(shown[1], QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2060", "").replace("\u2028", "\n").replace("\u2029", "\n")


def _plain(blocks: list[Block]) -> list[tuple[str, str]]:
    return [(block.kind, block.document.toPlainText().replace("\u2060", "")) for block in blocks]


def test_each_kind_of_block_is_its_own(look: Look) -> None:
    kinds = [block.kind for block in render(ANSWER, 0, look)]
    assert kinds == ["text", "code", "text", "table", "code", "text"]


def test_no_mark_of_markdown_is_shown(look: Look) -> None:
    text = _plain(render(ANSWER, 0, look))[0][1]
    assert "A heading & more" in text
    assert (
        "Use bold, thin and code 🙂 at the docs or https://example.org.\nA second line * with an escape & an entity."
        in text
    )
    assert "**" not in text
    assert "](" not in text


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        (
            "Use **bold**, *thin* and `code` 🙂 at [the docs](https://example.org/a_b)",
            "Use bold, thin and code 🙂 at the docs",
        ),
        ("A second line \\* with an escape &amp; an entity.", "A second line * with an escape & an entity."),
        ("Second thing there:", "Second thing there:"),
        ("nested **one** inside", "nested one inside"),
        ("A quoted sentence stands here.", "A quoted sentence stands here."),
        ("日本語の文です。", "日本語の文です。"),
        ("ends it.", "ends it."),
    ],
)
def test_a_sentence_is_found_where_it_is_shown(look: Look, markdown: str, words: str) -> None:
    start = ANSWER.index(markdown)
    found = [_shown(block, start, start + len(markdown)) for block in render(ANSWER, 0, look)]
    assert words in [text.strip() for text in found]


def test_every_sentence_that_is_spoken_is_shown_somewhere(look: Look) -> None:
    blocks = render(ANSWER, 0, look)
    for sentence in cut(ANSWER, 0, complete=True):
        said = ANSWER[sentence.start : sentence.end]
        if set(said) <= set("|-: "):  # the line under a table's heading
            continue
        assert any(_shown(block, sentence.start, sentence.end).strip() for block in blocks), said


def test_offsets_count_from_the_beginning_of_the_answer(look: Look) -> None:
    block = render("two **words**", 100, look)[0]
    assert _shown(block, 104, 113) == "words"
    assert block.shows(0, 100) is None


def test_code_keeps_its_lines_and_is_never_wrapped(look: Look) -> None:
    code = next(block for block in render("```\na\n\n  b\n```\n", 0, look) if block.kind == "code")
    assert code.code == "a\n\n  b"
    assert code.document.toPlainText() == "a\n\n  b"


def test_code_that_has_not_begun_takes_no_room(look: Look) -> None:
    assert render("```python\n", 0, look) == []


def test_images_are_links_and_nothing_is_fetched(look: Look) -> None:
    block = render("![a picture](https://example.org/x.png)", 0, look)[0]
    assert block.document.toPlainText() == "a picture"
    assert link_at(block.document, 2) == "https://example.org/x.png"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "vscode://file/x", "smb://host/x"],
)
def test_only_addresses_of_the_web_and_of_mail_are_links(look: Look, address: str) -> None:
    block = render(f"[click]({address})", 0, look)[0]
    assert not link_at(block.document, 1)


def test_html_is_shown_as_text(look: Look) -> None:
    block = render("<b>bold</b> <script>x</script>", 0, look)[0]
    assert block.document.toPlainText() == "<b>bold</b> <script>x</script>"


def test_a_list_that_goes_on_after_code_counts_on(look: Look) -> None:
    blocks = render("4. four\n\n   ```\n   code\n   ```\n\n5. five\n", 0, look)
    numbers = [
        found.textList().itemText(found)
        for block in blocks
        if block.kind == "text"
        for found in [block.document.firstBlock()]
        if found.textList() is not None
    ]
    assert numbers == ["4.", "5."]


def test_a_table_has_a_cell_for_each(look: Look) -> None:
    block = render("| a | b |\n|---|---|\n| 1 | 2 |\n", 0, look)[0]
    table = _table(block.document)
    assert (table.rows(), table.columns()) == (2, 2)
    assert table.cellAt(1, 1).firstCursorPosition().block().text() == "2"


def _table(document: QTextDocument) -> QTextTable:
    return next(frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable))


@pytest.mark.parametrize(
    "broken", ["\u0000", "\ufdd0", "\ud83d", "[", "**", "```", "| a\n|-", "> > > >", "&#0;"]
)
def test_odd_answers_are_shown_somehow(look: Look, broken: str) -> None:
    flow = Flow(look)
    flow.grow(f"before {broken} after\n\n{broken}")
    flow.layout(400, 0, 1000)
    assert flow.height > 0


def test_what_is_rendered_already_is_not_rendered_again_while_text_arrives(look: Look) -> None:
    flow = Flow(look)
    flow.grow("One.\n\nTwo.\n\nThree and so on.")
    flow.layout(400, 0, 1000)
    before = [laid.block for laid, _ in flow.blocks(0, 1000)]
    flow.grow("One.\n\nTwo.\n\nThree and so on. And more.")
    flow.layout(400, 0, 1000)
    after = [laid.block for laid, _ in flow.blocks(0, 1000)]
    assert [one is other for one, other in zip(before, after, strict=True)] == [True, True, False]


def test_link_definitions_anywhere_in_the_answer_count(look: Look) -> None:
    block = render("see [the docs][1]", 0, look, references="[1]: https://example.org\n")[0]
    assert link_at(block.document, 6) == "https://example.org"
