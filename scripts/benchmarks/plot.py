"""The plot: the wait after the release by the length of what was said, ours and the baselines'."""

from collections.abc import Mapping
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

_INK, _ACCENT, _MUTED = "#1C1D20", "#3B5BDB", ("#6A6C70", "#9DA0A6", "#B7791F", "#2F9E44")


def draw(points: Mapping[str, Mapping[float, float]], file: Path) -> None:
    """`points` are milliseconds by seconds of speech, for each series; the one named "ours" stands out."""
    mpl.rcParams |= {"svg.hashsalt": "aloud", "svg.fonttype": "none", "font.family": "sans-serif"}
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    colours = iter(_MUTED)
    for name, series in points.items():
        ours = name == "ours"
        colour = _ACCENT if ours else next(colours)
        lengths = sorted(series)
        axes.plot(
            lengths,
            [series[length] for length in lengths],
            marker="o",
            color=colour,
            linewidth=2.5 if ours else 1.5,
        )
        axes.annotate(
            "Aloud" if ours else name,
            (lengths[-1], series[lengths[-1]]),
            (6, 0),
            textcoords="offset points",
            color=colour,
            va="center",
        )
    axes.set_yscale("log")
    axes.set_xlabel("seconds of speech", color=_INK)
    axes.set_ylabel("ms from the release to the text", color=_INK)
    axes.set_xlim(left=0)
    axes.grid(visible=True, alpha=0.2)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(file, metadata={"Date": None})
