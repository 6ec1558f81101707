"""Says something to those who listen to the screen instead of looking at it."""

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # the window does not wait for them

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
