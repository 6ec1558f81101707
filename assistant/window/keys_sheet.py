"""The sheet of keys, Ctrl+/."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from assistant.window.look import Look
from assistant.window.panel import Panel

KEYS = (
    ("Enter", "Send"),
    ("Shift+Enter", "New line"),
    ("Tab, Shift+Tab", "Next doubtful word, and the one before"),
    ("1 … 9, ↑  ↓", "Choose what stands there instead"),
    ("Esc", "At a doubtful word: it is right as it is"),
    ("Alt+↓", "Other guesses for the word at the cursor"),
    ("Ctrl+Backspace", "After a word that was replaced: as it was heard"),
    ("Ctrl+P, Ctrl+click", "Play the sound of the word, or of what is selected"),
    ("Ctrl+L", "Listen to it again"),
    ("Ctrl+Shift+L", "Spell it"),
    ("Ctrl+T", "Add it to my terms"),
    ("Esc", "Stop, cancel, dismiss"),
    ("Ctrl+.", "Stop speaking"),
    ("Ctrl+↑", "Edit the last message"),
    ("Ctrl+Shift+↑", "Correct the last dictation"),
    ("Ctrl+N", "New conversation"),
    ("Ctrl+K", "Find anything"),
    ("Ctrl+Z", "Undo, also what was spoken or sent"),
    ("↑  ↓", "From message to message, when the conversation has the focus"),
    ("Enter", "The actions of that message"),
    ("Ctrl+Shift+M", "What the model sees"),
    ("Ctrl+Shift+D", "Developer panel: the times of the last turn"),
    ("Ctrl+,", "Settings"),
    ("Ctrl+/", "This sheet"),
    ("Ctrl+Q", "Quit"),
)


class KeysSheet(Panel):
    """Every key, and what it does. `name_keys` tells the global ones."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent, "Keys")
        self._global: tuple[tuple[str, str], ...] = ()
        self._area = QScrollArea(self.card, widgetResizable=True)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName("Keys")
        self.column.addWidget(self._area)

    def show_keys(self, talk: str, dictate: str) -> None:
        self._global = (
            (talk, "Hold and speak, or tap to begin and to end"),
            *(((dictate, "The same, into the program you work in"),) if dictate else ()),
        )
        self._fill()
        self.open(self._area)

    def _fill(self) -> None:
        px, page = self._look.px, QWidget()
        page.setObjectName("sheet")
        page.setStyleSheet("QWidget#sheet { background: transparent; }")
        grid = QGridLayout(page)
        grid.setContentsMargins(px(20), px(12), px(20), px(12))
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(8))
        grid.setColumnStretch(1, 1)
        for row, (keys, does) in enumerate((*self._global, *KEYS)):
            key = QLabel(keys, page)
            key.setProperty("kind", "strong")
            what = QLabel(does, page, wordWrap=True)
            grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(what, row, 1)
        self._area.setWidget(page)
        self._area.setStyleSheet("QScrollArea { background: transparent; }")

    def wanted_height(self) -> int:
        page = self._area.widget()
        return page.sizeHint().height() + self._look.px(12) if page else 0
