"""The settings, as a page of the window: every change is in force at once, and what is wrong is said where it is."""

from assistant.window.settings_page.page import SettingsPage

__all__ = ["SettingsPage"]
