"""The sound of words that no dictionary has, from their letters, by the common rules of English spelling."""

import re

_RULES: tuple[tuple[str, str], ...] = tuple(
    (pattern, sound)
    for pattern, sound in (
        line.split()
        for line in """
    ^kn n
    ^gn n
    ^ps s
    ^wr r
    ^x z
    ^y y
    ^mc mAk
    tion SAn
    sion ZAn
    ture CAr
    tch C
    igh 1
    augh c
    ough o
    eau o
    sch sk
    sh S
    ch C
    ck k
    ph f
    th T
    wh w
    gh g
    dg J
    ng N
    nk Nk
    qu kw
    ee i
    ea i
    ei e
    ey$ i
    ie$ i
    ie i
    ai e
    ay e
    au c
    aw c
    oa o
    oe o
    oi 3
    oy 3
    oo u
    ou 2
    ow$ o
    ow 2
    ue$ u
    ui u
    eu u
    ew yu
    ar ar
    er Ar
    ir Ar
    ur Ar
    or cr
    (?<=[bcdfgkpstz])le$ Al
    a(?=[bcdfgkpstz]le$) e
    i(?=[bcdfgkpstz]le$) 1
    o(?=[bcdfgkpstz]le$) o
    u(?=[bcdfgkpstz]le$) u
    a(?=[bcdfgklmnpstvz]e$) e
    e(?=[bcdfgklmnpstvz]e$) i
    i(?=[bcdfgklmnpstvz]e$) 1
    o(?=[bcdfgklmnpstvz]e$) o
    u(?=[bcdfgklmnpstvz]e$) u
    y(?=[bcdfgklmnpstvz]e$) 1
    (?<=[aeiouy][bcdfgklmnpstvz])e$ -
    es$ z
    y$ i
    a$ A
    e$ i
    i$ i
    o$ o
    u$ u
    c(?=[eiy]) s
    g(?=[eiy]) J
    cc k
    (?<=[aeiou])s(?=[aeiou]) z
    a &
    b b
    c k
    d d
    e E
    f f
    g g
    h h
    i I
    j J
    k k
    l l
    m m
    n n
    o a
    p p
    q k
    r r
    s s
    t t
    u A
    v v
    w w
    x ks
    y I
    z z
    """.strip().splitlines()
    )
)
_ANY = re.compile("|".join(f"({pattern})" for pattern, _ in _RULES))
_DOUBLED = re.compile(r"([bdfgklmnprstvz])\1")


def sound_of_letters(word: str) -> str:
    """`word` (lower-case letters) as sounds, one character each as in `sound`; what is no letter is silent."""
    single = _DOUBLED.sub(r"\1", word)
    return "".join(
        _RULES[match.lastindex - 1][1] for match in _ANY.finditer(single) if match.lastindex is not None
    ).replace("-", "")
