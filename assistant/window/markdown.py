"""Renders a piece of Markdown into blocks.

Images are not fetched: a link with their description stands in their place. HTML is shown as text.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextList,
    QTextListFormat,
    QTextOption,
)

from assistant.window.blocks import (
    BULLET,
    LIST_INDENT,
    QUOTE_DEPTH,
    QUOTE_INDENT,
    RULE,
    Block,
    Run,
    leading,
    mono,
    new_document,
)
from assistant.window.inline import Inline
from assistant.window.look import Look, Text
from assistant.window.table import Cell, fill_table
from assistant.window.units import units

_WRAP = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
_HEADINGS = {1: (Text.HEADING_1, 20), 2: (Text.HEADING_2, 18)}
_SMALL_HEADING = (Text.STRONG, 14)


def render(source: str, offset: int, look: Look, *, before: str = "", references: str = "") -> list[Block]:
    """The blocks of a piece of Markdown that begins at `offset` of its text.

    `before` is put before it so that it means what it means there; `references` are link definitions from elsewhere.
    """
    builder = _Builder(source, offset, look, before)
    environment: dict[str, Any] = {}
    if references:
        _parser().parse(references, environment)
    for token in _parser().parse(before + source, environment):
        builder.take(token)
    return builder.blocks


def render_plain(
    source: str, offset: int, look: Look, *, islands: tuple[tuple[int, int], ...] = ()
) -> list[Block]:
    """One block that shows `source` as it is; the ranges `islands` (its characters) in the code font."""
    document = new_document(look.font(Text.BODY), _WRAP)
    cursor = QTextCursor(document)
    cursor.setBlockFormat(leading(QTextBlockFormat(), look.font(Text.BODY), 1.5))
    cursor.insertText(source)
    for start, end in islands:
        cursor.setPosition(units(source[:start]))
        cursor.setPosition(units(source[:end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(mono(look))
    return [Block("text", document, [Run(0, source, offset, offset + len(source))])]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return parser.disable("text_join")  # keeps escapes and entities apart, with their source


@dataclass(slots=True)
class _List:
    """A list that is open. `start` is its first number, None for bullets; `count` how many items have begun."""

    start: int | None
    count: int = 0
    list: QTextList | None = None
    document: QTextDocument | None = None


class _Builder:
    """Walks the tokens. One text document holds neighbouring paragraphs; code and tables have their own."""

    def __init__(self, source: str, offset: int, look: Look, before: str) -> None:
        self.blocks: list[Block] = []
        self._look = look
        self._source = before + source
        self._offset = offset - len(before)
        self._before = len(before)
        self._inline = Inline(look, self._source, self._offset, self._before)
        self._lines = [0]
        for line in self._source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self._lists: list[_List] = []
        self._quotes = 0
        self._item_begins = False
        self._cursor = QTextCursor()
        self._format = QTextCharFormat()
        self._rows: list[list[Cell]] = []
        self._in_table = False
        self._table_at = 0

    def take(self, token: Token) -> None:
        handler = getattr(self, f"_on_{token.type}", None)
        if token.map:
            self._inline.at = max(self._inline.at, self._lines[token.map[0]])
        if handler:
            handler(token)

    # containers

    def _on_bullet_list_open(self, _: Token) -> None:
        self._lists.append(_List(None))

    def _on_ordered_list_open(self, token: Token) -> None:
        self._lists.append(_List(int(token.attrs.get("start", 1))))

    def _on_bullet_list_close(self, _: Token) -> None:
        self._lists.pop()

    _on_ordered_list_close = _on_bullet_list_close

    def _on_list_item_open(self, _: Token) -> None:
        self._item_begins = True
        self._lists[-1].count += 1

    def _on_list_item_close(self, _: Token) -> None:
        self._item_begins = False

    def _on_blockquote_open(self, _: Token) -> None:
        self._quotes += 1

    def _on_blockquote_close(self, _: Token) -> None:
        self._quotes -= 1

    # leaves

    def _on_paragraph_open(self, _: Token) -> None:
        self._paragraph(Text.BODY, 10)

    def _on_heading_open(self, token: Token) -> None:
        self._paragraph(*_HEADINGS.get(int(token.tag[1]), _SMALL_HEADING))

    def _on_hr(self, _: Token) -> None:
        self._paragraph(Text.SECONDARY, 6, rule=True)

    def _on_inline(self, token: Token) -> None:
        if self._in_table:
            self._rows[-1][-1].inline = token
        else:
            self._inline.write(token, self._cursor, self._format, self.blocks[-1])

    def _on_fence(self, token: Token) -> None:
        first, last = (self._lines[line] for line in token.map or (0, -1))
        code = token.content.removesuffix("\n")
        self._inline.at = last
        if not code.strip():
            return
        font = self._look.font(Text.MONO)
        document = new_document(font, QTextOption.WrapMode.NoWrap)
        option = document.defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(4 * QFontMetricsF(font).horizontalAdvance(" "))
        document.setDefaultTextOption(option)
        cursor = QTextCursor(document)
        cursor.setBlockFormat(leading(QTextBlockFormat(), font, 1.45))
        cursor.insertText(code)
        run = Run(0, code, self._offset + max(first, self._before), self._offset + last)
        joins = first < self._before
        self._add(Block("code", document, [run], top=12, indent=self._indent, code=code, joins=joins))

    _on_code_block = _on_fence

    # tables are built when their size is known

    def _on_table_open(self, _: Token) -> None:
        self._rows, self._in_table = [], True
        self._table_at = self._inline.at

    def _on_tr_open(self, _: Token) -> None:
        self._rows.append([])

    def _on_th_open(self, token: Token) -> None:
        self._rows[-1].append(Cell(str(token.attrs.get("style", ""))))

    _on_td_open = _on_th_open

    def _on_table_close(self, _: Token) -> None:
        self._in_table = False
        self._inline.at = self._table_at  # its cells are written only now
        document = new_document(self._look.font(Text.BODY), _WRAP)
        block = self._add(Block("table", document, top=12, indent=self._indent, joins=self._before > 0))
        fill_table(self._look, block, self._rows, self._inline)

    # paragraphs

    @property
    def _indent(self) -> int:
        return self._look.px(LIST_INDENT * len(self._lists) + QUOTE_INDENT * self._quotes)

    def _add(self, block: Block) -> Block:
        self.blocks.append(block)
        return block

    def _paragraph(self, kind: Text, top: int, *, rule: bool = False) -> None:
        begins = self._item_begins
        form = leading(QTextBlockFormat(), self._look.font(kind), 1.5 if kind is Text.BODY else 1.3)
        numbered = begins and self._lists[-1].start is not None
        form.setIndent(len(self._lists) - numbered)  # a number brings an indent of its own
        form.setProperty(RULE, rule)
        if self._quotes:
            form.setProperty(QUOTE_DEPTH, self._quotes)
            form.setLeftMargin(self._look.px(QUOTE_INDENT * self._quotes))
        if begins and not numbered:
            form.setProperty(BULLET, len(self._lists))
        self._format = self._char_format(kind)
        if self.blocks and self.blocks[-1].kind == "text":
            form.setTopMargin(self._look.px(4 if begins else 8 if self._lists else top))
            self._cursor.insertBlock(form, self._format)
        else:
            self._begin_document(Block("text", self._text_document(), top=top, begins_list=begins), form)
        if numbered:
            self._number(self._lists[-1])
        self._item_begins = False

    def _text_document(self) -> QTextDocument:
        document = new_document(self._look.font(Text.BODY), _WRAP)
        document.setIndentWidth(self._look.px(LIST_INDENT))
        return document

    def _begin_document(self, block: Block, form: QTextBlockFormat) -> None:
        self._add(block)
        self._cursor = QTextCursor(block.document)
        self._cursor.setBlockFormat(form)
        self._cursor.setBlockCharFormat(self._format)

    def _number(self, its: _List) -> None:
        """Make the present paragraph an item of an ordered list."""
        if its.list is not None and its.document is self._cursor.document():
            its.list.add(self._cursor.block())
            return
        form = QTextListFormat()
        form.setStyle(QTextListFormat.Style.ListDecimal)
        form.setStart((its.start or 0) + its.count - 1)
        its.list, its.document = self._cursor.createList(form), self._cursor.document()

    def _char_format(self, kind: Text) -> QTextCharFormat:
        form = QTextCharFormat()
        if kind is not Text.BODY:
            font = self._look.font(kind)
            form.setProperty(QTextFormat.Property.FontPixelSize, font.pixelSize())
            form.setFontWeight(font.weight())
        return form
