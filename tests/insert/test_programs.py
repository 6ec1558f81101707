"""Each program is pasted into as it wants it."""

import pytest

from assistant.insert.programs import Paste, Program, program_of


@pytest.mark.parametrize(
    ("names", "program"),
    [
        (("xterm", "XTerm"), Program(Paste.SHIFT_INSERT, terminal=True)),
        (("urxvt", "URxvt"), Program(Paste.SHIFT_INSERT, terminal=True)),
        (("gnome-terminal-server", "Gnome-terminal"), Program(Paste.CTRL_SHIFT_V, terminal=True)),
        (("org.gnome.Console", "org.gnome.Console"), Program(Paste.CTRL_SHIFT_V, terminal=True)),
        (("org.wezfurlong.wezterm", "org.wezfurlong.wezterm"), Program(Paste.CTRL_SHIFT_V, terminal=True)),
        (("konsole", "konsole"), Program(Paste.CTRL_SHIFT_V, terminal=True)),
        (("emacs", "Emacs"), Program(Paste.SHIFT_INSERT)),
        (("Navigator", "firefox"), Program(Paste.CTRL_V)),
        ((), Program(Paste.CTRL_V)),
    ],
)
def test_a_program_is_known_by_its_window(names: tuple[str, ...], program: Program) -> None:
    assert program_of(names) == program
