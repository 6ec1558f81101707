"""Spoken code becomes code, and what only sounds like it stays prose."""

from collections.abc import Sequence

import pytest

from assistant.terms.spoken_code import SOURCE, put_right_around_commands, write_code
from assistant.turn.transcript import Alternative, Origin, Word

CODE = r"""
np dot einsum open paren => np.einsum(
call np dot einsum open paren x close paren => call np.einsum(x)
snake case foo bar equals three => foo_bar = 3
snake case user name => user_name
Snake case user name. => user_name.
camel case get user by id => getUserById
pascal case http server => HttpServer
kebab case my new component => my-new-component
screaming snake max retries => MAX_RETRIES
constant case default time out => DEFAULT_TIME_OUT
all caps max size => MAX SIZE
rename snake case user name to camel case user name => rename user_name to userName
rename snake case old value and camel case new value => rename old_value and newValue
camel case x m l parser => xmlParser
snake case version two => version_2
snake case layer twenty three => layer_23
no space foo bar => foobar
dash dash help => --help
git commit dash m => git commit -m
pip install dash r requirements dot txt => pip install -r requirements.txt
python dash m pytest => python -m pytest
git log dash dash oneline => git log --oneline
cd dot dot slash src => cd ../src
cd slash home slash user => cd /home/user
src slash main dot py => src/main.py
self dot user underscore name => self.user_name
underscore underscore init underscore underscore => __init__
def underscore underscore init underscore underscore open paren self close paren colon => def __init__(self):
x equals y plus one => x = y + 1
i equals zero => i = 0
I equals zero => i = 0
count equals twenty three => count = 23
x double equals y => x == y
if x double equals none colon => if x == none:
items open bracket zero close bracket => items[0]
items open bracket one colon two close bracket => items[1:2]
print open paren quote hello quote close paren => print("hello")
foo open paren x comma y close paren => foo(x, y)
foo open paren timeout equals five close paren => foo(timeout=5)
def foo open paren star args comma star star kwargs close paren => def foo(*args, **kwargs)
const camel case is ready equals foo semicolon => const isReady = foo;
x arrow y => x -> y
open paren x close paren fat arrow x plus one => (x) => x + 1
return open paren x close paren => return (x)
if open paren x close paren => if (x)
user dot name => user.name
the user dot name => the user.name
example dot com => example.com
open the dot env file => open the .env file
open dot gitignore => open .gitignore
foo at sign example dot com => foo@example.com
at sign property => @property
c colon backslash users => c:\users
ls pipe grep foo => ls | grep foo
x ampersand y => x & y
x double ampersand y => x && y
dollar sign home => $home
hash sign include => #include
tilde slash projects => ~/projects
x caret two => x^2
hello world exclamation mark => hello world!
is it ready question mark => is it ready?
if exclamation mark foo => if !foo
std double colon vector open angle int close angle => std::vector<int>
backtick foo backtick => `foo`
single quote abc single quote => 'abc'
capital b => B
foo dot capital array => foo.Array
literal dot => dot
say literal dot here => say dot here
Np dot einsum => np.einsum
np, Dot. Einsum, open paren, => np.einsum(
Foo. Dot. Bar. => foo.bar.
Foo underscore bar, equals, three. => foo_bar = 3.
foo open-paren close-paren => foo()
x equals zero point five => x = 0.5
x minus one => x - 1
x equals minus one => x = -1
foo plus equals two => foo += 2
Use the function snake case read file. => Use the function read_file.
hello comma world => hello, world
git push dash dash force dash with dash lease => git push --force-with-lease
git push, dash, dash force. => git push --force.
rm dash rf node underscore modules => rm -rf node_modules
docker run dash dash rm dash it ubuntu => docker run --rm -it ubuntu
docker dash compose up dash d => docker-compose up -d
tar dash xzf archive dot tar dot gz => tar -xzf archive.tar.gz
git commit dash am quote fix the bug quote => git commit -am "fix the bug"
git checkout dash b feature slash login => git checkout -b feature/login
git diff main dot dot feature => git diff main..feature
x dash y => x-y
version one dot two dot three => version 1.2.3
python three dot eleven => python 3.11
one two seven dot zero dot zero dot one colon eighty eighty => 127.0.0.1:8080
localhost colon eight thousand eighty => localhost:8080
timeout equals five hundred twelve => timeout = 512
x equals three point one four => x = 3.14
twenty three plus x => 23 + x
open bracket one comma two comma three close bracket => [1, 2, 3]
open brace quote a quote colon one comma quote b quote colon two close brace => {"a": 1, "b": 2}
print open paren f quote hello open brace name close brace quote close paren => print(f"hello {name}")
foo open bracket bar open bracket zero close bracket close bracket => foo[bar[0]]
open paren a plus b close paren star c => (a + b) * c
a dot b dot c => a.b.c
a comma b equals b comma a => a, b = b, a
foo open bracket i minus one close bracket => foo[i - 1]
x plus plus => x++
for open paren let i equals zero semicolon i less than n semicolon i plus plus close paren => for (let i = 0; i < n; i++)
if x greater than or equal to five colon => if x >= 5:
if x not equal to y colon => if x != y:
std double colon cout less than less than x => std::cout << x
int p equals ampersand x => int p = &x
hash include open angle stdio dot h close angle => #include <stdio.h>
hash bang slash bin slash bash => #!/bin/bash
select star from users where id equals five => select * from users where id = 5
from foo import star => from foo import *
snake case all caps max size => MAX_SIZE
dunder init open paren self close paren => __init__(self)
the dunder init method => the __init__ method
return dot dot dot args => return ...args
and so on dot dot dot => and so on...
wait dot dot dot what => wait... what
for i in zero dot dot ten => for i in 0..10
"""

PROSE = """
the dot on the map
a red dot on the screen
We arrive at nine on the dot.
Connect the dots to see the picture.
She wore a polka dot dress.
Compute the dot product of both vectors.
There is a dot.
A dot appeared on the radar.
Look at the pale blue dot.
the salary plus benefits
Two plus two equals four.
Learn Python plus Django.
It equals three.
The count equals three.
All men are created equal.
We made a dash for the exit.
Add a dash of salt.
Fifty percent of people agree.
What percent of users left?
They had to slash prices.
Companies slash prices in winter.
He is a star.
The star of the film was late.
A five star rating is rare.
Smoke a pipe.
The pipe is broken.
Hash browns for breakfast, then.
One dollar is enough.
He paid a dollar for it.
There is no space left on the disk.
Space is the final frontier.
I need more space.
Open a new tab.
Close the tab and go on.
Press the tab key twice.
Start a new line here.
A comma is missing.
The Oxford comma matters.
Export it as comma separated values.
The semicolon is optional.
Paris is the capital of France.
The capital city is small.
Venture capital funds are careful.
Write it with capital letters.
We use snake case for functions.
I prefer camel case in Java.
The style guide asks for snake case.
Everything is in all caps.
In one word, it is great.
One word of advice.
May I quote you on that?
Give me a quote for the work.
The arrow points north.
An arrow flew past us.
A question mark is missing.
Use the at sign here.
The exclamation mark is too much.
An underscore is not allowed.
The open paren is missing.
It is a plus.
On the plus side, it is cheap.
Minus five degrees is cold.
The colon is part of the body.
It is the literal truth.
Ten minus three is seven.
He is a movie star -- and a good one.
Fifty-three percent said yes.
The waiter got $10, minus $2 for the coat.
Pour it over the crackers, dot generously with butter.
He was, so to say, and slash or rich.
Hyphen rules are hard.
I like kebab case names.
I use snake case variables in Python.
Dunder methods are confusing.
I plus two friends went there.
They slash a few prices.
He did it, dash it all.
The ratio is one colon two.
Both cats and dogs slash puppies are here.
I am less than happy.
Can you explain the difference between a list and a tuple?
"""


def spoken(text: str) -> tuple[Word, ...]:
    return tuple(
        Word((" " if place else "") + word, place * 0.3, place * 0.3 + 0.25, 0.9)
        for place, word in enumerate(text.split())
    )


def written(words: tuple[Word, ...]) -> str:
    return "".join(word.text for word in words).strip()


CODE_LINES = [line.split(" => ", 1) for line in CODE.strip().splitlines()]


@pytest.mark.parametrize(("said", "code"), CODE_LINES, ids=[said for said, _ in CODE_LINES])
def test_spoken_code_is_written_as_code(said: str, code: str) -> None:
    assert written(write_code(spoken(said))) == code


@pytest.mark.parametrize("sentence", PROSE.strip().splitlines())
def test_ordinary_sentences_stay_word_for_word(sentence: str) -> None:
    words = spoken(sentence)
    assert write_code(words) == words


def test_what_closes_up_is_one_word_that_knows_what_was_heard_and_when() -> None:
    call, code, end = write_code(spoken("call np dot einsum open paren close paren now"))[0:3]
    assert call == Word("call", 0.0, 0.25, 0.9)
    assert end.text == " now"
    heard = "np dot einsum open paren close paren"
    assert (code.text, code.heard, code.source, code.origin) == (
        " np.einsum()",
        heard,
        SOURCE,
        Origin.REPLACED,
    )
    assert (code.start_s, code.end_s, code.probability) == (0.3, 7 * 0.3 + 0.25, 0.9)
    assert code.alternatives[0] == Alternative(heard)


def test_what_the_user_typed_corrected_or_chose_stays() -> None:
    for origin in (Origin.TYPED, Origin.CORRECTED, Origin.CHOSEN):
        typed = Word(" dot", origin=origin)
        words = (Word("np"), typed, Word(" zeros"), Word(" open"), Word(" paren"))
        assert typed in write_code(words)
        assert written(write_code(words)) == "np dot zeros("


def test_a_capital_is_not_put_on_what_was_typed() -> None:
    words = (Word("x.", origin=Origin.TYPED), Word(" capital"), Word(" foo", origin=Origin.TYPED))
    assert write_code(words) == words


def test_signs_close_up_with_what_was_typed() -> None:
    words = (Word(" np.einsum", origin=Origin.TYPED), *spoken("x open paren y")[1:])
    assert written(write_code(words)) == "np.einsum(y"


def test_a_term_that_was_put_in_keeps_its_case() -> None:
    words = (
        Word(" NumPy", origin=Origin.REPLACED, heard="num pie", source="python"),
        *spoken("x dot array")[1:],
    )
    assert written(write_code(words)) == "NumPy.array"


def test_a_pause_ends_a_name() -> None:
    said = spoken("snake case user name is wrong")
    late = tuple(
        Word(word.text, (word.start_s or 0) + (place > 3), (word.end_s or 0) + (place > 3))
        for place, word in enumerate(said)
    )
    assert written(write_code(late)) == "user_name is wrong"


def test_a_new_line_is_one() -> None:
    assert written(write_code(spoken("One thing. New line. Another thing."))) == "One thing.\nAnother thing."


def test_no_words_are_no_code() -> None:
    assert write_code(()) == ()


def test_terms_are_put_right_around_commands_and_take_none_of_their_words() -> None:
    runs: list[str] = []

    def put_right(run: Sequence[Word]) -> Sequence[Word]:
        runs.append(written(tuple(run)))
        return run

    words = spoken("call np dot einsum open paren snake case user name")
    assert put_right_around_commands(words, put_right) == words
    assert runs == ["call np", "einsum"]
