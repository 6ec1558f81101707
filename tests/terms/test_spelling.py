"""Letters that are spoken one by one, and sentences that are no spelling."""

import pytest

from assistant.terms.spelling import spell
from assistant.turn.transcript import Word

SPELT = """
see ay tee => cat
See, ay, tee. => cat
N P => np
N. P. => np
N.P. => np
N-P => np
np => np
why you are => yur
double u h y => why
W X Y Zed => wxyz
aitch tee em el => html
alpha bravo charlie => abc
Alfa Juliet X-ray => ajx
x ray yankee zulu => xyz
capital b o b => Bob
upper case n p => Np
n p dot e i n s u m => np.einsum
a dash b underscore c => a-b_c
a space b => a b
b as in bravo u g => bug
b as in banana u g => bug
h e double l o => hello
double l => ll
x 86 => x86
s 3 => s3
u t f eight => utf8
capital double l => LL
november papa => np
"""


@pytest.mark.parametrize("line", SPELT.strip().splitlines())
def test_letters_one_by_one_are_a_word(line: str) -> None:
    said, spelt = line.split(" => ")
    assert spell([Word(" " + word) for word in said.split()]) == spelt


@pytest.mark.parametrize(
    "said",
    [
        "",
        "hello",
        "how do I use it",
        "see",
        "you",
        "why",
        "capital",
        "use the array",
        "double",
        "three words more",
    ],
)
def test_other_words_spell_nothing(said: str) -> None:
    assert spell([Word(" " + word) for word in said.split()]) is None
