"""Aloud: hold a key, speak, let go.

The folders tell the way of a sentence: `keys`, `hear`, `transcribe`, `turn`, `think`, `speak`; beside them `insert`
(the same text into another program), `remember` (everything written down), `window` and `cli` (watch and steer).
`docs/architecture.md` draws the whole.
"""

__version__ = "0.1.0"
