"""Qt counts positions in UTF-16 units, Python in characters; an emoji is two of the one and one of the other."""


def units(text: str) -> int:
    """The length of `text` as Qt counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def characters(text: str, position: int) -> int:
    """The index into `text` of Qt's `position`."""
    if text.isascii():
        return position
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * position].decode("utf-16-le", "replace"))
