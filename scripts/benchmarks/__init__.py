"""What `scripts/bench.py` measures: a module for each part of the way, each with rows of the table.

Every such module has `measure(effort: Effort) -> list[Row]`. It runs ours and its baselines in turn, round by round.
"""
