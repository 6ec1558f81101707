"""What was heard, with its doubts and its names, in the pictures."""

from assistant.turn.transcript import Alternative, Origin, Transcript, Word

HEARD = Transcript(
    5,
    (
        Word("and"),
        Word(" what"),
        Word(" about"),
        Word(" broad", probability=0.31),
        Word(" casting?", probability=0.4),
    ),
    "base.en",
    "en",
)


HEARD_TERMS = Transcript(
    5,
    (
        Word("Use"),
        Word(
            " broad",
            probability=0.31,
            alternatives=(
                Alternative("broadcasting", "python"),
                Alternative("broadcast"),
                Alternative("Brod", "own"),
            ),
        ),
        Word(" in"),
        Word(" numpy,", 1, 2, 0.9, Origin.REPLACED, "num pie", "python", (Alternative("num pie"),)),
        Word(" not"),
        Word(" cuddle.", probability=0.4, alternatives=(Alternative("kubectl", "systems"),)),
    ),
    "base.en",
    "en",
)
HEARD_RTL = Transcript(
    5,
    (
        Word("كيف"),
        Word(" أستخدم"),
        Word(" نمباي", probability=0.3, alternatives=(Alternative("numpy", "python"), Alternative("نمبي"))),
        Word(" هنا؟"),
    ),
    "base",
    "ar",
)
HEARD_SHOWN = Transcript(
    5,
    (
        Word("Now"),
        Word(" run"),
        Word(" it"),
        Word(" with"),
        Word(
            " kubectl", 1, 2, 0.9, Origin.REPLACED, "cube cuddle", "commands", (Alternative("cube cuddle"),)
        ),
        Word(" and"),
        Word(" cache"),
        Word(" the"),
        Word(" results"),
        Word(" in"),
        Word(
            " reddish.",
            probability=0.34,
            alternatives=(
                Alternative("Redis", "databases"),
                Alternative("radish"),
                Alternative("Reddit", "products"),
            ),
        ),
    ),
    "base.en",
    "en",
)
