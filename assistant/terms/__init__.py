"""Code terms: which there are, where they come from, and which of them were meant by what was heard."""

from assistant.terms.term import Term

__all__ = ["Term"]
