"""What was misheard is put right; what was meant, typed or chosen stays as it is."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.terms import Term
from assistant.terms.evidence import Evidence
from assistant.terms.matcher import Matcher, spoken_words
from assistant.turn.transcript import Alternative, Origin, Word

KNOWN = (
    Term("kubectl", ("cube cuddle", "cube control"), "devops", "command"),
    Term("Kubernetes", ("coober netties",), "devops", "product"),
    Term("SQLite", ("sequel light",), "databases", "database"),
    Term("NumPy", ("num pie",), "python", "library", ("numb pie",)),
    Term("np.einsum", ("n p dot ein sum",), "python", "function"),
    Term("Pydantic", ("pie dantic",), "python", "library", ("pedantic",)),
    Term("View", (), "python", "class"),
    Term("Python", (), "languages", "language"),
    Term("React", (), "javascript", "framework"),
    Term("GitHub", (), "devops", "product"),
    Term("requirements.txt", (), "python", "file"),
    Term("pip install -r", ("pip install dash r",), "commands", "command"),
    Term("Web3", (), "javascript", "library"),
    Term("H2O", (), "data", "library"),
    Term("scikit-learn", ("sigh kit learn",), "python", "library"),
    Term("Dockerfile", (), "devops", "file"),
    Term("order_item_loader", (), "project shop", "function"),
    Term("NoSQL", ("no sequel",), "databases", "concept"),
    Term(".gitignore", (), "devops", "file", ("gitignore",)),
    Term("Celery", (), "python", "library"),
    Term("salarium", (), "python", "library", ("salary",)),
    Term("itertools", ("iter tools",), "python", "module", ("it or tools",)),
)
MATCHER = Matcher(KNOWN)


def fixed(text: str, around: str = "") -> str:
    return "".join(word.text for word in MATCHER.fix(spoken_words(text), around=around))


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("Run cube cuddle apply on the cluster.", "Run kubectl apply on the cluster."),
        ("Cube cuddle says the server is down.", "kubectl says the server is down."),
        ("Store it in sequel light, then query it.", "Store it in SQLite, then query it."),
        ("Import num pie and call np dot einsum on the array.", "Import NumPy and call np.einsum on the array."),
        ("Validate the JSON with a pedantic model.", "Validate the JSON with a Pydantic model."),
        ("Push the branch to github.", "Push the branch to GitHub."),
        ("Put it in requirements dot t x t.", "Put it in requirements.txt."),
        ("Run pip install dash r in the terminal.", "Run pip install -r in the terminal."),
        ("The web three library has a bug.", "The Web3 library has a bug."),
        ("Train the model with h two o.", "Train the model with H2O."),
        ("Fit it with (sigh kit learn), please.", "Fit it with (scikit-learn), please."),
        ("Call order item loader in the parser.", "Call order_item_loader in the parser."),
        ("How do I install it or tools?", "How do I install itertools?"),
        ("Two docker files in one repository.", "Two Dockerfiles in one repository."),
        ("kubernetes's scheduler restarts the container.", "Kubernetes's scheduler restarts the container."),
    ],
)  # fmt: skip
def test_a_misheard_term_is_put_right_and_all_else_stays(heard: str, said: str) -> None:
    assert fixed(heard) == said


@pytest.mark.parametrize(
    "text",
    [
        "She is a pedantic editor and finds every comma.",
        "We had a nice view of the sea from our room.",
        "How did your mother react to the news?",
        "The sequel, light as it was, made us laugh.",
        "He said no. Sequel or not, we went home early.",
        "The num, pie and cake were gone by noon.",
        "The python at the zoo ate a rat.",
        "Use NumPy to add the arrays.",
        "The NumPy has a bug in its arrays.",
        "Two Dockerfiles build the image, and one Dockerfile runs it.",
        "Read requirements.txt and .gitignore in the repository.",
        "مرحبا بالعالم", "שלום עולם", "numpy\u0301 naïve", "日本語のテキスト",
        "", " ", "\n", "...", "a", "'s", "-", "’",
    ],
)  # fmt: skip
def test_what_was_meant_is_left_alone(text: str) -> None:
    assert fixed(text) == text


def test_a_word_that_is_ordinary_needs_talk_about_programs_also_before() -> None:
    assert fixed("I like the pedantic one.") == "I like the pedantic one."
    talk = "Which library validates the JSON of an API request in this codebase?"
    assert fixed("I like the pedantic one.", around=talk) == "I like the Pydantic one."


def test_a_term_that_was_put_right_tells_what_the_talk_is_about() -> None:
    assert fixed("The large one is for the pedantic one.") == "The large one is for the pedantic one."
    assert fixed("Num pie is for the pedantic one.") == "NumPy is for the Pydantic one."


def test_a_term_is_told_by_the_words_that_it_is_often_met_with() -> None:
    assert (
        fixed("The salary worker takes the task from the queue.")
        == "The Celery worker takes the task from the queue."
    )
    assert fixed("The salary is paid.") == "The salary is paid."
    assert (
        fixed("Is it the salary?", around="Which broker hands the task to the worker?") == "Is it the Celery?"
    )


def evidence(name: str | Term, text: str, *beside: str, around: str = "") -> Evidence:
    """The best for a name in a text where this name and those `beside` are known."""
    term = name if isinstance(name, Term) else Term(name)
    matcher = Matcher((term, *map(Term, beside)))
    found = [
        one for one in matcher.candidates(spoken_words(text), around=around) if one.term.text == term.text
    ]
    return max(found, key=lambda one: one.points).evidence


def test_a_word_that_is_often_met_with_a_name_nearby_is_right_as_it_is() -> None:
    beside_django = evidence("Vue", "The Django view is slow.", "Django", "NumPy")
    beside_numpy = evidence("Vue", "The NumPy view is slow.", "Django", "NumPy")
    assert (beside_django.expected, beside_numpy.expected) == (1, 0)
    assert beside_django.points < beside_django._replace(expected=0.0).points


def test_the_parts_of_a_name_are_no_words_that_another_name_explains() -> None:
    one_word = evidence("Dockerfile", "The docker file is slow.", "Docker")
    assert (one_word.expected, one_word._replace(expected=1.0).points < one_word.points) == (0, True)


JINJA, YAML = Term("Jinja", ("ginger",)), Term("YAML", ("yammel",))
REDIS = Term("Redis", ("reddish",), kind="database")


def test_little_that_is_said_cannot_tell_that_no_name_is_meant() -> None:
    brief = evidence(JINJA, "What is ginger?")
    among_others = evidence(JINJA, "She asked me in the kitchen what is in there and whether it is ginger.")
    assert (brief.brief, brief.brief_same) == (1 / 3, 1 / 3)
    assert among_others.brief < 0.1
    assert brief._replace(brief=0.0, brief_same=0.0).points < brief.points
    assert evidence(JINJA, "What is ninja?").brief_same == 0


def test_what_is_no_word_at_all_is_rather_the_well_known_name_that_it_sounds_like() -> None:
    assert evidence(YAML, "Yammel does not work.").no_word == 1
    assert evidence(Term("conda", ("condor",)), "What is condor?").no_word == 0
    assert evidence(YAML, "Yammel's in the way.").no_word == 1
    assert evidence(Term("conda", ("condor",)), "The condor's nest is up there.").no_word == 0


def test_after_an_article_a_proper_name_is_seldom_meant_but_before_a_technical_word() -> None:
    leaves = evidence(REDIS, "The reddish leaves fall.")
    assert (leaves.proper, leaves.owned, leaves._replace(owned=0.0).points > leaves.points) == (1, 1, True)
    assert evidence(REDIS, "The reddish server is slow.").owned < 0.5
    assert evidence(REDIS, "In reddish leaves.").owned == 0
    tuples = evidence(Term("tuple", ("topple",), kind="concept"), "The topple is here.")
    assert (tuples.proper, tuples.owned) == (0, 0)


def test_a_name_that_is_heard_in_another_way_has_as_many_sounds() -> None:
    said = Matcher((Term("uvicorn", spoken=("you v corn",), heard=("you vee corn",)),))
    sounds = [
        one.evidence.long
        for text in ("Install you v corn.", "Install you vee corn.")
        for one in said.candidates(spoken_words(text))
        if one.heard.endswith("corn") and one.heard.startswith("you")
    ]
    assert sounds[0] == sounds[1] > 0.5


def test_among_words_that_are_none_nothing_is_odd() -> None:
    among_words = evidence("NumPy", "Import nampy in the script.")
    among_none = evidence("NumPy", "Blorf nampy zork gwix quorl.")
    assert among_words.odd == among_words.technical
    assert among_none.odd < 0.1 * among_none.technical


def test_what_was_said_before_keeps_a_name_company_and_so_do_words_that_go_with_its_like() -> None:
    bare = evidence("Celery", "Is it the salary?")
    assert (bare.company, bare.topic) == (0, 0)
    talk = evidence("Celery", "Is it the salary?", around="Which broker hands it to the worker?")
    assert (talk.company, talk.company_tells > 0, talk.topic > 0.3) == (1, True, True)
    charts = evidence("Celery", "Is it the salary?", around="Draw the axis and the legend of the chart.")
    assert charts.topic < talk.topic / 2


def test_a_guess_counts_less_in_the_place_of_a_name_or_of_a_little_word() -> None:
    assert evidence("React Query", "Is React quarry fast?", "React").guessed_name == 1
    assert evidence("React Query", "Is wreact quarry fast?", "React").guessed_name == 0
    assert evidence("pnpm", "Use pea NPM.", "npm").guessed_name == 0  # the sounds are the very same
    assert evidence("Yore", "It is your page.").guessed_little == 1
    assert evidence("Jest", "It is jast here.").guessed_little == 0


@pytest.mark.parametrize(
    "text",
    [
        "The Celery is a tool.", "Put the Celery in the queue.", "Two Celery workers run the task.",
        "Is it NumPy or is it slow?", "NumPy has arrays.",
    ],
)  # fmt: skip
def test_a_name_that_stands_there_is_not_swallowed_with_its_neighbour(text: str) -> None:
    for one in MATCHER.candidates(spoken_words(text)):
        assert one.text not in one.heard.split(), one


def test_a_word_that_was_hardly_understood_is_put_right_more_readily() -> None:
    words = (Word("We"), Word(" saw"), Word(" pedantic"), Word(" yesterday."))
    doubtful = (*words[:2], Word(" pedantic", probability=0.1), *words[3:])
    scores = [
        max(one.evidence.score for one in MATCHER.candidates(each) if one.text == "Pydantic")
        for each in (words, doubtful)
    ]
    assert scores[0] < scores[1]


def test_a_replaced_word_tells_what_was_heard_where_it_is_from_and_what_else_it_may_be() -> None:
    words = (
        Word(" Run", 0.0, 0.2),
        Word(" cube", 0.3, 0.5, 0.7),
        Word(" cuddle,", 0.5, 0.9, 0.4),
        Word(" please", 1.0, 1.2),
    )
    first, replaced, last = MATCHER.fix(words)
    assert (first, last) == (words[0], words[3])
    assert (replaced.text, replaced.start_s, replaced.end_s) == (" kubectl,", 0.3, 0.9)
    assert (replaced.origin, replaced.heard, replaced.source) == (Origin.REPLACED, "cube cuddle", "devops")
    assert replaced.alternatives[0] == Alternative("cube cuddle")
    assert 0 < replaced.probability <= 1


@pytest.mark.parametrize("origin", [Origin.TYPED, Origin.CORRECTED, Origin.CHOSEN, Origin.REPLACED])
def test_nothing_that_was_not_spoken_is_replaced(origin: Origin) -> None:
    words = tuple(Word(text, origin=origin) for text in ("Run", " cube", " cuddle"))
    assert MATCHER.fix(words) == words
    half = (Word("Run"), Word(" cube"), Word(" cuddle", origin=origin))
    assert MATCHER.fix(half) == half


def test_the_nearest_terms_of_a_doubtful_span_come_with_their_closeness() -> None:
    nearest = MATCHER.nearest(spoken_words("cooper netties"), 3)
    assert nearest[0][0].text == "Kubernetes"
    assert all(0 <= closeness <= 1 for _, closeness in nearest)
    assert MATCHER.nearest(spoken_words("مرحبا"), 3) == []


def test_no_terms_and_terms_that_nobody_can_say_change_nothing() -> None:
    for terms in ((), (Term("x" * 500),), (Term(""),), (Term("…"),), (Term("日本語"),)):
        words = spoken_words("Run cube cuddle in the shell.")
        assert Matcher(terms).fix(words) == words


ORIGINS = st.sampled_from(Origin)
HEARD = st.sampled_from((
    "cube", "cuddle", "control", "num", "pie", "sequel", "light", "pedantic", "view", "react", "python",
    "docker", "files", "np", "dot", "einsum", "loader", "order", "item", "the", "a", "server", "install",
    "run", "in", "file", "t", "x", "requirements", "web", "three", "code", "cuddle,", "pie.", "(num",
    "kubernetes's", "github",
))  # fmt: skip
ANY_WORD = st.builds(
    Word,
    st.one_of(HEARD.map(" {}".format), st.text(max_size=12)),
    probability=st.floats(0, 1),
    origin=ORIGINS,
)


@given(st.lists(ANY_WORD, max_size=25), st.text(max_size=40))
def test_typed_words_and_the_text_between_replacements_never_change(
    words: Sequence[Word], around: str
) -> None:
    result = list(MATCHER.fix(words, around=around))
    rest = list(words)
    for word in result:
        if rest and word == rest[0]:
            rest.pop(0)
            continue
        assert word.origin is Origin.REPLACED
        replaced = word.heard.split(" ")
        assert all(old.origin is Origin.SPOKEN for old in rest[: len(replaced)])
        assert [part in old.text for part, old in zip(replaced, rest, strict=False)] == [True] * len(replaced)
        del rest[: len(replaced)]
    assert rest == []


@given(st.lists(ANY_WORD, max_size=25))
def test_what_was_put_right_is_not_touched_again(words: Sequence[Word]) -> None:
    once = MATCHER.fix(words)
    assert MATCHER.fix(once) == once


@given(st.text())
def test_any_text_is_the_same_again_when_its_words_are_joined(text: str) -> None:
    assert "".join(word.text for word in spoken_words(text)) == text


def test_a_look_up_reads_no_more_however_many_other_terms_there_are() -> None:
    words = spoken_words("Run cube cuddle apply and read the numb pie docs in the browser.")
    others = [
        Term(f"v{a}zh{b}v{c}fz{d}v", source="project x")
        for a in "aeiou"
        for b in "aeiou"
        for c in "aeiou"
        for d in "aeiou"
    ]
    few, many = Matcher(KNOWN), Matcher([*KNOWN, *others])
    assert few.fix(words) == many.fix(words)
    assert many.looked_at == few.looked_at
