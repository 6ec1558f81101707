"""Builds a table of Markdown as a text document with one table in it."""

from dataclasses import dataclass

from markdown_it.token import Token
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from assistant.window.blocks import Block, leading
from assistant.window.inline import Inline
from assistant.window.look import Look, Text


@dataclass(slots=True)
class Cell:
    """`inline` is what stands in it, `style` how it is aligned, as markdown-it says it."""

    style: str
    inline: Token | None = None


def fill_table(look: Look, block: Block, rows: list[list[Cell]], inline: Inline) -> None:
    """Build `rows` (the first is the heading) in the empty document of `block`."""
    block.columns = len(rows[0])
    cursor = QTextCursor(block.document)
    _shrink(cursor)
    table = cursor.insertTable(len(rows), block.columns, _table_format())
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            _fill_cell(look, block, table, (row, column), cell, inline)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    _shrink(cursor)


def _table_format() -> QTextTableFormat:
    form = QTextTableFormat()
    form.setBorder(0)
    form.setCellSpacing(0)
    form.setBorderCollapse(True)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    form.setHeaderRowCount(1)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    return form


def _fill_cell(
    look: Look, block: Block, table: QTextTable, at: tuple[int, int], cell: Cell, inline: Inline
) -> None:
    row, column = at
    place = table.cellAt(row, column)
    place.setFormat(_cell_format(look, first=column == 0, heading=row == 0, last=row == table.rows() - 1))
    paragraph = leading(QTextBlockFormat(), look.font(Text.BODY), 1.4)
    if "center" in cell.style:
        paragraph.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    elif "right" in cell.style:
        paragraph.setAlignment(Qt.AlignmentFlag.AlignRight)
    cursor = place.firstCursorPosition()
    cursor.setBlockFormat(paragraph)
    form = QTextCharFormat()
    if row == 0:
        form.setFontWeight(QFont.Weight.DemiBold)
    if cell.inline:
        inline.write(cell.inline, cursor, form, block)


def _cell_format(look: Look, *, first: bool, heading: bool, last: bool) -> QTextTableCellFormat:
    form = QTextTableCellFormat()
    form.setTopPadding(look.px(6))
    form.setBottomPadding(look.px(6))
    form.setLeftPadding(0 if first else look.px(8))
    form.setRightPadding(look.px(8))
    if not last:
        form.setBottomBorder(1)
        form.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBottomBorderBrush(look.colour("muted" if heading else "line"))
    return form


def _shrink(cursor: QTextCursor) -> None:
    """Make the empty paragraph that Qt puts before and after a table invisible."""
    paragraph = QTextBlockFormat()
    paragraph.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor.setBlockFormat(paragraph)
    tiny = QTextCharFormat()
    tiny.setProperty(QTextFormat.Property.FontPixelSize, 1)
    cursor.setBlockCharFormat(tiny)
    cursor.setCharFormat(tiny)
