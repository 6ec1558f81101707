"""Words that are cut, copied or dragged within the composer stay the words they are."""

import json
import os
from collections.abc import Iterator

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCharFormat, QTextCursor

from assistant.window.wording import Wording

_KIND = "application/x-aloud-words"
_PROCESS = os.urandom(16).hex()  # the numbers of words mean nothing to another program


def filled(wording: Wording, selection: QTextCursor) -> QMimeData:
    """The selected words, and their text for other programs."""
    carried = QMimeData()
    selected = wording.runs(selection.selectionStart(), selection.selectionEnd())
    runs = [(text, key) for _, text, key in selected]
    carried.setText("".join(text for text, _ in runs))
    whose = f"{_PROCESS} {id(wording)}"
    carried.setData(_KIND, json.dumps({"whose": whose, "runs": runs}).encode())
    return carried


def taken(carried: QMimeData, wording: Wording) -> Iterator[tuple[str, QTextCharFormat | None]]:
    """The texts to be inserted, each with what it is to be written with, None where it counts as typed."""
    if carried.hasFormat(_KIND):
        said = json.loads(bytes(carried.data(_KIND).data()))
        if said["whose"] == f"{_PROCESS} {id(wording)}":
            yield from ((text, wording.written(key) if key else None) for text, key in said["runs"])
            return
    yield carried.text(), None
