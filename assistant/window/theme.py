"""Colours by token, for a light and a dark window, and the arithmetic of contrast."""

from assistant.turn.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as #rrggbb.

    `ground` is the window, `raised` the composer and code, `mine` the user's own message, `heard` the tint of the
    sentence being spoken, `notice` the bar that tells what went wrong. `ink` and `muted` are text, as is `tentative`: words that may
    still change, in 55 % ink, or as much more as can be read. `on_accent` is text on `accent`. `doubt` is an underline and an icon, never text. `line` is a hairline, `hover` the ground under the
    pointer, `selection` the ground of selected text.
    """

    ground: str
    raised: str
    ink: str
    tentative: str
    muted: str
    accent: str
    on_accent: str
    mine: str
    heard: str
    notice: str
    doubt: str
    danger: str
    line: str
    hover: str
    selection: str


LIGHT = Tokens(
    ground="#FFFFFF",
    raised="#F5F5F3",
    ink="#1C1D20",
    tentative="#6E6F70",
    muted="#65676B",
    accent="#3B5BDB",
    on_accent="#FFFFFF",
    mine="#EEF1FD",
    heard="#FFF3C4",
    notice="#FFF6E3",
    doubt="#B7791F",
    danger="#C0362C",
    line="#E9E9E8",
    hover="#ECECEA",
    selection="#CBD5FA",
)

DARK = Tokens(
    ground="#1B1C1F",
    raised="#242529",
    ink="#ECECEA",
    tentative="#929293",
    muted="#A3A6AC",
    accent="#8EA2FF",
    on_accent="#14151A",
    mine="#2A2F45",
    heard="#403A20",
    notice="#352E1D",
    doubt="#E0B35A",
    danger="#FF8A80",
    line="#2E2F33",
    hover="#303136",
    selection="#3D4A80",
)

TEXT_PAIRS = (
    ("ink", "ground"),
    ("ink", "raised"),
    ("ink", "mine"),
    ("ink", "heard"),
    ("ink", "notice"),
    ("ink", "hover"),
    ("ink", "selection"),
    ("tentative", "raised"),
    ("muted", "ground"),
    ("muted", "raised"),
    ("muted", "hover"),
    ("muted", "notice"),
    ("accent", "ground"),
    ("accent", "raised"),
    ("accent", "mine"),
    ("accent", "heard"),
    ("on_accent", "accent"),
    ("danger", "ground"),
    ("danger", "raised"),
)
"""Every pair (text, ground) the window draws: at least 4.5 : 1."""

MARK_PAIRS = (("doubt", "raised"), ("doubt", "notice"), ("doubt", "ground"), ("accent", "raised"))
"""Underlines, icons and edges on their grounds: at least 3 : 1."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours #rrggbb, 1..21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
