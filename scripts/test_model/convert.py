"""Into the format that faster-whisper reads: a CTranslate2 folder, int8."""

import copy
import json
from collections.abc import Sequence
from pathlib import Path

from ctranslate2.converters.transformers import WhisperLoader
from tokenizers import Tokenizer
from transformers import WhisperForConditionalGeneration

from .tokens import Ids

Head = tuple[int, int]
"""A cross-attention head: layer and number."""

_SHORTEST_CONTEXT_S = 4.0
_PREPROCESSOR = {
    "chunk_length": 30,
    "feature_size": 80,
    "hop_length": 160,
    "n_fft": 400,
    "sampling_rate": 16_000,
}


def convert(
    model: WhisperForConditionalGeneration, tokenizer: Tokenizer, folder: Path, heads: Sequence[Head]
) -> None:
    """Write the model as int8 into `folder`; word times will be read from `heads`."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = Ids.of(tokenizer)
    spec = WhisperLoader().get_model_spec(copy.deepcopy(model))  # optimize() changes the weights it is given
    spec.register_vocabulary([tokenizer.id_to_token(index) for index in range(tokenizer.get_vocab_size())])
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []  # it may end at once, for silence has no words
    spec.config.lang_ids = [ids.english]
    spec.config.alignment_heads = [list(head) for head in heads]
    spec.validate()
    spec.optimize("int8")
    spec.save(str(folder))
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "preprocessor_config.json").write_text(json.dumps(_PREPROCESSOR) + "\n")


def set_heads(folder: Path, heads: Sequence[Head]) -> None:
    """Change which cross-attention heads the word times of a converted model are read from."""
    path = folder / "config.json"
    config = json.loads(path.read_text()) | {"alignment_heads": [list(head) for head in heads]}
    path.write_text(json.dumps(config | {"shortest_context_s": _SHORTEST_CONTEXT_S}, indent=2) + "\n")
