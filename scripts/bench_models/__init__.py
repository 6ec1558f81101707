"""Real-size models that say what models/test.en says: the parts of scripts/make_bench_models.py."""
