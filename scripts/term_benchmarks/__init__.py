"""The rows of `scripts/bench_terms.py`: a module for each kind, with a function that measures and yields rows."""
