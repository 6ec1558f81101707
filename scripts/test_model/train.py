"""Training: short windows first, then 12 s, then 30 s; several single-threaded processes share each step.

Small layers do not fill many threads, so each process takes its own batch and gradients are averaged. The rate and
the shape of the windows follow the training time that has passed, so that a run ends when it was told to.
"""

import math
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn import functional
from transformers import WhisperForConditionalGeneration

from . import network, tokens
from .speech import read_track
from .windows import NOT_JUDGED, Batch, Composer, Shape

_WARM_UP_STEPS = 200
_SAVE_EVERY_S = 120.0
_BLANK = tokens.TEXT_TOKENS

SHORT = Shape(seconds=5, windows=16, most_sentences=2, placed_at_random=True)
MIDDLE = Shape(seconds=12, windows=7, most_sentences=5, placed_at_random=True)
FROM_THE_START = (
    Shape(seconds=12, windows=7, most_sentences=5, placed_at_random=False),
    Shape(seconds=20, windows=4, most_sentences=9, placed_at_random=False),
    Shape(seconds=30, windows=3, most_sentences=13, placed_at_random=False),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to train, with how many processes, and the highest rate."""

    minutes: float
    processes: int
    peak_rate: float = 2e-3


def _shape(progress: float, rng: np.random.Generator) -> Shape:
    """The windows to learn from when this share (0 to 1) of the time has passed."""
    if progress < 0.28:
        return SHORT
    if progress < 0.46:
        return SHORT if rng.random() < 0.3 else MIDDLE
    return FROM_THE_START[rng.choice(3, p=(0.25, 0.35, 0.4))]


def _rate(step: int, progress: float, peak: float) -> float:
    """Warm-up by steps, then a cosine over the time down to 3 %."""
    warm = min(1.0, (step + 1) / _WARM_UP_STEPS)
    return peak * warm * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))


class _Learner:
    """The network with the CTC head that is thrown away afterwards."""

    def __init__(self, model: WhisperForConditionalGeneration) -> None:
        self.model = model
        self.ctc = nn.Linear(network.WIDTH, tokens.TEXT_TOKENS + 1)
        self.module = nn.ModuleDict({"model": model, "ctc": self.ctc})

    def losses(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Of the text, of the CTC head, and of the guided heads."""
        with torch.autocast("cpu", torch.bfloat16):
            encoded = network.encode(self.model, batch.features, batch.places)
            reading = network.decode(self.model, batch.tokens, encoded)
            heard = self.ctc(encoded.unflatten(1, (-1, 2)).mean(2))
        text = functional.cross_entropy(
            reading.logits.flatten(0, 1).float(),
            batch.targets.flatten(),
            ignore_index=NOT_JUDGED,
            label_smoothing=0.05,
        )
        return text, _ctc_loss(heard, batch.texts), _guide_loss(reading.looks, batch.spans)


def _ctc_loss(heard: Tensor, texts: list[list[int]]) -> Tensor:
    lengths = torch.tensor([len(text) for text in texts])
    log_probs = heard.float().log_softmax(-1).transpose(0, 1)
    times = torch.full((heard.shape[0],), heard.shape[1])
    flat = torch.tensor([token for text in texts for token in text])
    loss = functional.ctc_loss(
        log_probs, flat, times, lengths, blank=_BLANK, reduction="sum", zero_infinity=True
    )
    return loss / max(1, len(flat))


def _guide_loss(looks: list[Tensor], spans: Tensor) -> Tensor:
    """How little of the guided heads' attention lies where the token is heard."""
    judged = spans[..., 1] > 0
    if not judged.any():
        return torch.zeros(())
    time_s = torch.arange(looks[0].shape[-1]) / 50
    inside = (time_s >= spans[..., :1]) & (time_s <= spans[..., 1:])
    return torch.stack([-((look * inside).sum(-1)[judged] + 1e-5).log().mean() for look in looks]).mean()


class _Optimisers:
    """Muon for the layers' matrices, AdamW for everything else."""

    def __init__(self, learner: _Learner) -> None:
        matrices, rest = [], []
        for name, parameter in learner.module.named_parameters():
            if name.endswith("encoder.embed_positions.weight"):
                parameter.requires_grad_(False)
            elif parameter.ndim == 2 and ".layers." in name:
                matrices.append(parameter)
            else:
                rest.append(parameter)
        self.parameters = matrices + rest
        self.all = (
            torch.optim.AdamW(rest, betas=(0.9, 0.98), weight_decay=0.01),
            torch.optim.Muon(matrices, momentum=0.95, weight_decay=0.01, adjust_lr_fn="match_rms_adamw"),
        )

    def step(self, rate: float) -> None:
        nn.utils.clip_grad_norm_(self.parameters, 1.0)
        for optimiser in self.all:
            for group in optimiser.param_groups:
                group["lr"] = rate
            optimiser.step()


def _share(parameters: list[nn.Parameter], elapsed_s: float) -> float:
    """Average the gradients over the processes; the processes' average time, so that they agree on it."""
    grads = [p.grad if p.grad is not None else torch.zeros_like(p) for p in parameters]
    flat = torch.cat([grad.flatten() for grad in grads] + [torch.tensor([elapsed_s])])
    if dist.get_world_size() > 1:
        dist.all_reduce(flat)
        flat /= dist.get_world_size()
    at = 0
    for parameter in parameters:
        parameter.grad = flat[at : at + parameter.numel()].view_as(parameter)
        at += parameter.numel()
    return float(flat[-1])


def _average(mean: dict[str, Tensor], learner: _Learner, step: int) -> None:
    """Let the running mean of the weights follow."""
    keep = min(0.99, (1 + step) / (20 + step))
    state = learner.module.state_dict()
    floating = [name for name in mean if mean[name].is_floating_point()]
    torch._foreach_lerp_([mean[n] for n in floating], [state[n] for n in floating], 1 - keep)


def _save(path: Path, state: dict[str, Any]) -> None:
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def load_mean(folder: Path) -> WhisperForConditionalGeneration:
    """The network with the running mean of the weights, from the last checkpoint."""
    tokenizer = tokens.load(folder / "tokenizer.json")
    learner = _Learner(network.build(tokenizer.get_vocab_size(), tokens.Ids.of(tokenizer)))
    learner.module.load_state_dict(torch.load(folder / "checkpoint.pt", weights_only=True)["mean"])
    return learner.model.eval()


def _work(rank: int, folder: Path, plan: Plan) -> None:
    """One process of the training; the first one prints and saves."""
    torch.set_num_threads(1)
    meeting = folder / f"meeting-{os.getppid()}"
    dist.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=plan.processes)
    torch.manual_seed(0)
    tokenizer = tokens.load(folder / "tokenizer.json")
    learner = _Learner(network.build(tokenizer.get_vocab_size(), tokens.Ids.of(tokenizer)))
    optimisers = _Optimisers(learner)
    mean = {name: value.clone() for name, value in learner.module.state_dict().items()}
    step, before_s = 0, 0.0
    if (folder / "checkpoint.pt").exists():
        saved = torch.load(folder / "checkpoint.pt", weights_only=True)
        learner.module.load_state_dict(saved["learner"])
        for optimiser, state in zip(optimisers.all, saved["optimisers"], strict=True):
            optimiser.load_state_dict(state)
        mean, step, before_s = saved["mean"], saved["step"], saved["elapsed_s"]
    track, clips = read_track(folder / "speech")
    composer = Composer(track, clips, tokenizer, seed=1000 * step + rank)
    began_s, saved_s, elapsed_s = time.monotonic(), before_s, before_s
    report = _Report()
    while elapsed_s < plan.minutes * 60:
        progress = elapsed_s / (plan.minutes * 60)
        batch = composer.batch(_shape(progress, np.random.default_rng(step)))
        losses = learner.losses(batch)
        weights = (1.0, 0.5 if progress < 0.28 else 0.3, 0.2)
        sum(weight * loss for weight, loss in zip(weights, losses, strict=True)).backward()
        elapsed_s = _share(optimisers.parameters, before_s + time.monotonic() - began_s)
        optimisers.step(_rate(step, progress, plan.peak_rate))
        _average(mean, learner, step)
        step += 1
        if rank == 0:
            report.add(step, elapsed_s, losses)
        done = elapsed_s >= plan.minutes * 60
        if rank == 0 and (done or elapsed_s - saved_s > _SAVE_EVERY_S):
            saved_s = elapsed_s
            states = [optimiser.state_dict() for optimiser in optimisers.all]
            state = {"learner": learner.module.state_dict(), "mean": mean, "optimisers": states}
            _save(folder / "checkpoint.pt", {**state, "step": step, "elapsed_s": elapsed_s})
    dist.destroy_process_group()
    meeting.unlink(missing_ok=True)


class _Report:
    """Prints the mean losses every hundred steps."""

    def __init__(self) -> None:
        self._seen: list[list[float]] = []

    def add(self, step: int, elapsed_s: float, losses: tuple[Tensor, ...]) -> None:
        self._seen.append([loss.item() for loss in losses])
        if step % 100 == 0:
            text, ctc, guide = np.mean(self._seen, axis=0)
            print(
                f"{elapsed_s / 60:6.1f} min  step {step:6d}  text {text:.3f}  ctc {ctc:.3f}  guide {guide:.3f}",
                flush=True,
            )
            self._seen.clear()


def train(folder: Path, plan: Plan) -> None:
    """Train from `folder` (tokenizer.json, speech/), going on from checkpoint.pt where there is one."""
    os.environ["OMP_NUM_THREADS"] = "1"
    torch.multiprocessing.spawn(_work, (folder, plan), nprocs=plan.processes)
