"""The turn: who is at it, what happens next. Pure values and functions; no clock, thread, file or Qt.

`step(session, event)` in `machine` is the only law. `press` tells holding from tapping, `sentences` cuts what is read
aloud, `provenance` tells spoken words from typed ones, `timekeeping` says when what happened.
"""
