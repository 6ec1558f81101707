#!/usr/bin/env python3
"""Make the small Whisper that the tests hear with (models/test.en), from nothing, on synthetic speech.

Stages, each of which keeps its result in the work folder: speak tens of thousands of sentences with espeak-ng; learn
a vocabulary; train (about an hour on two quiet cores); convert to CTranslate2; measure through faster-whisper on
held-out sentences. The model is put in place only if it hears better than the one that is there.

It needs a virtual environment with `scripts/test_model/requirements.txt`, and the program `espeak-ng`:

    python3 -m venv .venv-model
    .venv-model/bin/pip install -r scripts/test_model/requirements.txt
    .venv-model/bin/python scripts/make_test_model.py --minutes 60
"""

import argparse
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.test_model import corpus, speech, tokens, train  # noqa: E402
from scripts.test_model.report import Report, measure, write_report  # noqa: E402

_TRAINING_SEED, _HELD_OUT_SEED = 1, 2


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make the small Whisper for the tests.")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "test.en", help="where the model goes")
    parser.add_argument(
        "--work", type=Path, default=ROOT / ".build" / "test-model", help="speech and checkpoints"
    )
    parser.add_argument("--minutes", type=float, default=60.0, help="training time in all (0: only convert)")
    parser.add_argument("--processes", type=int, default=2, help="training processes, one core each")
    parser.add_argument("--sentences", type=int, default=40_000, help="sentences to speak")
    parser.add_argument("--resume", action="store_true", help="go on from the work folder's last checkpoint")
    parser.add_argument(
        "--quick", action="store_true", help="a smoke run: little speech, half a minute, not put in place"
    )
    options = parser.parse_args()
    if options.quick:
        options.sentences, options.minutes, options.work = (
            600,
            0.5,
            options.work.with_name("test-model-quick"),
        )
    return options


def _prepare(work: Path, sentences: int, resume: bool) -> None:
    """Speech and vocabulary; what a resumed run has already is kept."""
    if not resume:
        shutil.rmtree(work, ignore_errors=True)
    drawn = corpus.draw(sentences, _TRAINING_SEED)
    if not (work / "speech" / "clips.json").exists():
        print(f"1. Speaking {sentences} sentences.", flush=True)
        speech.write_track(work / "speech", drawn, _TRAINING_SEED)
    if not (work / "tokenizer.json").exists():
        print("2. Learning the vocabulary.", flush=True)
        tokens.learn(sentence.written for sentence in drawn).save(str(work / "tokenizer.json"))


def _put_in_place(candidate: Path, report: Report, out: Path) -> bool:
    """Replace the model at `out` unless that one hears better."""
    if (out / "model.bin").exists():
        present = measure(out, report.held_out, choose_heads=False)
        print(f"   the present one: {present.summary()}", flush=True)
        if present.score < report.score:
            return False
    out.mkdir(parents=True, exist_ok=True)
    for file in candidate.iterdir():
        shutil.copyfile(file, out / file.name)
    return True


def main() -> int:
    """Run all stages; 0 when the model was put in place (or a quick run passed)."""
    options = _options()
    work: Path = options.work
    _prepare(work, options.sentences, options.resume)
    print(f"3. Training for {options.minutes:g} minutes in all, {options.processes} processes.", flush=True)
    train.train(work, train.Plan(options.minutes, options.processes))
    print("4. Converting and measuring.", flush=True)
    candidate = work / "test.en"
    held_out = corpus.draw(30 if options.quick else 400, _HELD_OUT_SEED)
    report = write_report(candidate, work, held_out)
    print(f"   the new one: {report.summary()}", flush=True)
    if options.quick:
        return 0
    placed = _put_in_place(candidate, report, options.out)
    print(
        f"   It is now in {options.out}."
        if placed
        else f"   It is worse than the present one and stays in {candidate}."
    )
    return 0 if placed else 1


if __name__ == "__main__":
    sys.exit(main())
