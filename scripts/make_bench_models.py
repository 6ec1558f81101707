"""Make Whispers of real size for benchmarks: `python3 scripts/make_bench_models.py [NAME…] [--to FOLDER]`.

Names are tiny.en, base.en and small.en (all of them, if none is given): the shapes and so the costs of the published
models, with the words of models/test.en. Beside each is the same model for whisper.cpp, ggml-NAME.bin. What is there
already stays; it takes seconds. The first run sets up what Aloud needs.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.bootstrap import ROOT, set_up, start
from scripts.run import ALOUD


def main() -> int:
    if Path(sys.prefix) != ALOUD.folder:
        set_up(ALOUD)
        return start(ALOUD.python, [__file__, *sys.argv[1:]])
    from scripts.bench_models.make import FOLDER, SHAPES, make

    parser = argparse.ArgumentParser(description="Make Whispers of real size for benchmarks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(SHAPES)}; default: all")
    parser.add_argument(
        "--to", type=Path, default=FOLDER, metavar="FOLDER", help=f"default: {FOLDER.relative_to(ROOT)}"
    )
    options = parser.parse_args()
    for name in options.names or SHAPES:
        if name not in SHAPES:
            parser.error(f"There is no {name}, only {', '.join(SHAPES)}.")
        print(make(name, options.to))
    return 0


if __name__ == "__main__":
    sys.exit(main())
