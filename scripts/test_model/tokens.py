"""The vocabulary: byte-level BPE learned from the sentences, then Whisper's special and timestamp tokens."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tokenizers import AddedToken, Tokenizer
from tokenizers.decoders import ByteLevel as ByteLevelDecoder
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel
from tokenizers.trainers import BpeTrainer

TEXT_TOKENS = 1100
SPECIAL = (
    *("<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|translate|>", "<|transcribe|>"),
    *("<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"),
)
TIMESTAMPS = tuple(f"<|{step * 0.02:.2f}|>" for step in range(1501))

# faster-whisper forbids the first token of these; each needs one of its own, or it would forbid the bare space.
_FORBIDDEN_BEGINNINGS = (" -", " '", " ♪", " ♩", " ♫", " ♬", " ♭", " ♮", " ♯")


def learn(texts: Iterable[str]) -> Tokenizer:
    """Learn the text tokens from sentences and add Whisper's own."""
    tokenizer = Tokenizer(BPE())
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = ByteLevelDecoder()
    trainer = BpeTrainer(
        vocab_size=TEXT_TOKENS, initial_alphabet=ByteLevel.alphabet(), show_progress=False, min_frequency=1
    )
    lines = [f" {text}" for text in texts]
    tokenizer.train_from_iterator([*lines, *_FORBIDDEN_BEGINNINGS * len(lines)], trainer)
    if tokenizer.get_vocab_size() != TEXT_TOKENS:
        raise ValueError(f"The sentences give {tokenizer.get_vocab_size()} text tokens, not {TEXT_TOKENS}.")
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL])
    tokenizer.add_tokens([AddedToken(token, special=False, normalized=False) for token in TIMESTAMPS])
    return tokenizer


@dataclass(frozen=True, slots=True)
class Ids:
    """The numbers of the tokens that the windows are built of."""

    end: int
    start: int
    english: int
    previous: int
    no_speech: int
    no_timestamps: int

    @property
    def zero(self) -> int:
        """The timestamp 0.00; one more for each 0.02 s."""
        return self.no_timestamps + 1

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> "Ids":
        names = ("endoftext", "startoftranscript", "en", "startofprev", "nospeech", "notimestamps")
        vocabulary = tokenizer.get_vocab()
        return cls(*(vocabulary[f"<|{name}|>"] for name in names))


def load(path: Path) -> Tokenizer:
    """Read a tokenizer.json."""
    return Tokenizer.from_file(str(path))
