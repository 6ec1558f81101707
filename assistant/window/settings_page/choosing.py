"""Files and folders, chosen in the system's own dialog."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

Chosen = Callable[[Path], None]


def choose_list(over: QWidget, chosen: Chosen) -> None:
    """A list of terms to be read."""
    dialog = QFileDialog(over, "Take in a list", "", "Lists (*.csv *.txt *.tsv);;Every file (*)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, chosen)


def choose_table(over: QWidget, name: str, chosen: Chosen) -> None:
    """A CSV file to be written, called `name` unless another is chosen."""
    dialog = QFileDialog(over, "Export", "", "CSV (*.csv)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    dialog.selectFile(name)
    _open(dialog, chosen)


def choose_folder(over: QWidget, chosen: Chosen) -> None:
    dialog = QFileDialog(over, "Add a folder")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, chosen)


def _open(dialog: QFileDialog, chosen: Chosen) -> None:
    """The window goes on meanwhile."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
