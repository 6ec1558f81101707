"""Rendered blocks: text documents that know which characters of their source they show."""

from dataclasses import field

from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from assistant.turn.dataclass import dataclass
from assistant.window.look import Look, Text
from assistant.window.units import units

# Marks in a paragraph's format that `drawing` draws: depth of a quote, depth of a list's bullet, a rule.
QUOTE_DEPTH = QTextFormat.Property.UserProperty.value + 1
RULE = QTextFormat.Property.UserProperty.value + 2
BULLET = QTextFormat.Property.UserProperty.value + 3

QUOTE_INDENT = 14  # px at 100 %
LIST_INDENT = 22


@dataclass(frozen=True, slots=True)
class Run:
    """`text` stands at `at` in the document (Qt's units) and comes from the source's characters `start` to `end`."""

    at: int
    text: str
    start: int
    end: int

    def position(self, source: int, *, end: bool) -> int:
        """The place in the document of a place in the source; of a run that differs from its source, its `end`."""
        if self.end - self.start == len(self.text):
            return self.at + units(self.text[: max(0, source - self.start)])
        return self.at + units(self.text) if end else self.at


@dataclass(slots=True)
class Block:
    """A stretch of paragraphs ("text"), a "code" block or a "table".

    `top` is the gap it wants above, in px at 100 %, `indent` its distance from the margin, in px; `code` is what its
    copy button copies; `code_runs` are the places of code within paragraphs; `joins` that it goes on from the piece
    before.
    """

    kind: str
    document: QTextDocument
    runs: list[Run] = field(default_factory=list)
    top: int = 0
    indent: int = 0
    columns: int = 1
    code: str = ""
    code_runs: list[tuple[int, int]] = field(default_factory=list)
    begins_list: bool = False
    joins: bool = False

    def shows(self, start: int, end: int) -> tuple[int, int] | None:
        """Where in the document the source's characters `start` to `end` are shown, None if nowhere."""
        runs = [run for run in self.runs if run.start < end and run.end > start]
        if not runs:
            return None
        return runs[0].position(start, end=False), runs[-1].position(end, end=True)


def new_document(font: QFont, wrap: QTextOption.WrapMode) -> QTextDocument:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(font)
    option = QTextOption()
    option.setWrapMode(wrap)
    document.setDefaultTextOption(option)
    return document


def leading(block: QTextBlockFormat, font: QFont, factor: float) -> QTextBlockFormat:
    """Lines `factor` times the font's size apart; taller scripts take more by themselves."""
    distance = max(0.0, font.pixelSize() * factor - QFontMetricsF(font).lineSpacing())
    block.setLineHeight(distance, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    return block


def mono(look: Look) -> QTextCharFormat:
    font = look.font(Text.MONO)
    code = QTextCharFormat()
    code.setFontFamilies([font.family()])
    code.setProperty(QTextFormat.Property.FontPixelSize, font.pixelSize())
    return code


def link_at(document: QTextDocument, position: int) -> str:
    """The address of the link whose text stands at `position`; "" where there is none."""
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
    return cursor.charFormat().anchorHref()
