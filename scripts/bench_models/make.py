"""Making the models, each once."""

import json
import shutil
import tempfile
from pathlib import Path

from scripts.bench_models import ctranslate2_file, ggml, vocabulary
from scripts.bench_models.ctranslate2_file import Model
from scripts.bench_models.expand import Shape, expand, expand_heads
from scripts.bootstrap import ROOT

SHAPES = {"tiny.en": Shape(384, 4), "base.en": Shape(512, 6), "small.en": Shape(768, 12)}
SMALL = ROOT / "models" / "test.en"
FOLDER = ROOT / ".build" / "bench-models"


def make(name: str, folder: Path = FOLDER) -> Path:
    """The model of this name as `folder / name`, in CTranslate2's format, int8; made if it is not there.

    Beside it lies the same for whisper.cpp: `ggml-NAME.bin`.
    """
    target = folder / name
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as unfinished:
            _write(SHAPES[name], Path(unfinished, name), Path(unfinished, _ggml(name)))
            Path(unfinished, _ggml(name)).replace(folder / _ggml(name))
            Path(unfinished, name).rename(target)
    return target


def _ggml(name: str) -> str:
    return f"ggml-{name}.bin"


def _write(shape: Shape, folder: Path, ggml_file: Path) -> None:
    small = ctranslate2_file.read(SMALL / "model.bin")
    tokenizer = json.loads((SMALL / "tokenizer.json").read_text())
    config = json.loads((SMALL / "config.json").read_text())
    arrays = expand(small.arrays, shape, len(tokenizer["model"]["vocab"]))
    heads = expand_heads(config["alignment_heads"], int(small.arrays["decoder/num_heads"]), shape)
    filled = vocabulary.fill(tokenizer)
    tokens = vocabulary.tokens_of(filled)
    contents = {
        "config.json": config | {"alignment_heads": heads, "lang_ids": [tokens.index("<|en|>")]},
        "tokenizer.json": filled,
        "vocabulary.json": tokens,
    }
    folder.mkdir()
    for file, content in contents.items():
        (folder / file).write_text(json.dumps(content))
    shutil.copyfile(SMALL / "preprocessor_config.json", folder / "preprocessor_config.json")
    ctranslate2_file.write(folder / "model.bin", Model(small.spec, small.revision, arrays, small.aliases))
    ggml.write(ggml_file, arrays, shape, tokens, len(small.arrays["decoder/layer_norm/gamma"]))
