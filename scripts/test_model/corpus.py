"""Sentences: templates over a few hundred words, as they are said, written and meant."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .terms import MISHEARD, PLAIN


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the synthesiser is given (`spoken`), what the model shall write, and what the speaker means."""

    spoken: str
    written: str
    meant: str


_SLOTS = """
number: one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen,
  fifteen, sixteen, seventeen, eighteen, nineteen, twenty, thirty, forty, fifty, sixty, seventy, eighty,
  ninety
hour: one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve
colour: red, blue, green, yellow, black, white, orange, brown
things: books, letters, pictures, files, windows, buttons, chairs, cups
thing: book, letter, picture, file, window, button, report, folder, table, message
day: Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday
month: January, February, March, April, May, June, July, August, September, October, November, December
person: my sister, my brother, my friend, my manager, the doctor, the teacher, the team, Anna, Peter,
  Maria, Tom
topic: music, history, mathematics, memory, sleep, coffee, the weather, the news, the budget, the recipe,
  the garden, the journey, the meeting, the moon, the ocean
act: open, close, read, send, delete, move, save, print
think: explain, describe, compare, summarize
tell: explain, describe
place: at home, in the office, in the garden, at the station, in the kitchen, at school
way: left, right, forward, back
unit: meters, minutes, hours, steps, pages, words, lines
language: English, French, German, Spanish, Italian, Japanese
code: function, class, variable, module, list, string, loop, test, script, program
weather: sunny, cold, warm, windy, dark, quiet
"""

CAPITALS = {
    "France": "Paris",
    "Italy": "Rome",
    "Spain": "Madrid",
    "Norway": "Oslo",
    "Japan": "Tokyo",
    "Brazil": "Brasilia",
    "Canada": "Ottawa",
    "Chile": "Santiago",
    "Kenya": "Nairobi",
    "Germany": "Berlin",
    "Egypt": "Cairo",
    "Greece": "Athens",
}


def _slots(block: str) -> dict[str, tuple[str, ...]]:
    """What may stand in each slot: a name, a colon, and the choices; a line that is set in goes on."""
    lines = block.strip().replace("\n  ", " ").splitlines()
    return {name: tuple(choices.strip().split(", ")) for name, choices in (line.split(":") for line in lines)}


SLOTS = _slots(_SLOTS) | {"country": tuple(CAPITALS)}

GENERAL = """
What is the capital of {country}?
How many {unit} are there in an hour?
How many {things} are on the table?
What is {number} plus {number}?
{Number} plus {number} is {number}.
What time is it?
What day is it today?
What is the weather like in {country} today?
It is {weather} in {country} today.
Who is {person}?
Where is the {colour} {thing}?
The {colour} {thing} is {place}.
When is the meeting with {person}?
The meeting is on {day} at {hour}.
The meeting with {person} is on {day} at {hour}.
There are {number} {colour} {things} on the table.
There are {number} {unit} in the {thing}.
There are sixty minutes in an hour.
{Act} the {colour} {thing}.
Please {act} the {colour} {thing}.
How do I {act} a {thing}?
Can you {tell} {topic} to me?
I want to {think} {topic} and {topic}.
Remind me on {day} at {hour}.
Remind me to call {person} on {day}.
Remember that {person} likes {topic}.
Write a short {thing} to {person}.
Write a long message about {topic}.
Summarize chapter {number} of the book.
Delete the last {number} words.
{Number} {number} {number} {number}.
On {day} we went to {country} with {person}.
My birthday is in {month}.
The report is due on {day}, the {number} of {month}.
Go {way} {number} {unit}.
Turn {way} and go forward {number} {unit}.
Translate the {thing} into {language}.
How do you say {colour} in {language}?
I think that {topic} is very important.
{Person} is {place} today.
Is {person} {place}?
Yes, {person} is {place}.
No, {person} is not {place}.
Dear {person}, thank you for the {colour} {thing}.
I will send you the {thing} on {day}.
Tell me more about {topic}.
Here is a short story about {topic}.
It takes {number} minutes to read the {thing}.
We need {number} more {things} for the meeting.
Write a {code} that prints the numbers from {number} to {number}.
This {code} has {number} lines.
The {code} returns a {code}.
Rename the {code} and run the tests.
"""

CAPITAL_ANSWERS = ("The capital of {country} is {city}.", "{city} is the capital of {country}.", "{city}.")

FIXED = """
Read the answer aloud.
Stop speaking now.
Start a new conversation.
Go forward ten meters.
Thank you very much.
Thank you.
You are welcome.
Hello, how can I help you today?
Hello.
Good morning.
Good night.
Yes.
No.
Yes, please.
No, thank you.
Stop.
I do not know.
I am not sure.
Can you hear me?
I can hear you very well.
What is your name?
My name is Anna.
Tell me a joke.
Tell me a story.
Say that again, please.
What did you say?
That is a good question.
This is a test.
This is the answer.
Here is the answer to your question.
The quick brown fox jumps over the lazy dog.
The answer is on the table.
One, two, three, four, five, six, seven, eight, nine, ten.
Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday.
The tests are green.
All tests pass.
New line.
New paragraph.
Delete that.
Undo that.
I am speaking into the microphone.
My words appear on the screen.
Nothing is lost.
The door opened slowly, and a cold wind came in from the garden.
Once there was a small house by the river, and an old teacher lived in it.
Every morning he made coffee, opened the window and read the news.
In the evening the moon was white, and the garden was quiet.
He went to the station on Friday, but the train was late.
The sun is shining and the birds are singing.
Please wait a minute.
Please speak slowly.
I will be there in ten minutes.
See you tomorrow.
"""

TECHNICAL = """
How do I use {term}?
How do I install {term}?
How do I update {term} on {term}?
Please explain {term} to me.
What is {term}?
What is the difference between {term} and {term}?
Is {term} better than {term}?
Can you open the {term} file?
Write a {code} with {term}.
Write a test with {term} for this {code}.
Run {term} again and read the answer aloud.
I use {term} with {term} every day.
{Term} is a tool for {term}.
{Term} does not work.
We moved from {term} to {term} on {day}.
Why does {term} not find the {code}?
Add {term} to the {code}.
The {code} needs {term}, {term} and {term}.
"""


def _lines(block: str) -> tuple[str, ...]:
    return tuple(block.strip().splitlines())


_SLOT = re.compile(r"\{(\w+)\}")
_KINDS = ((_lines(GENERAL), 0.52), (_lines(FIXED), 0.13), (_lines(TECHNICAL), 0.31), (CAPITAL_ANSWERS, 0.04))


def _term(rng: random.Random) -> tuple[str, str, str]:
    """A term as it is said (as people do, or as the synthesiser reads its spelling), heard and meant."""
    term = rng.choice(PLAIN if rng.random() < 0.1 else MISHEARD)
    return rng.choice((term.said, term.said, term.meant)), term.heard, term.meant


def _capitalised(text: str) -> str:
    return text[0].upper() + text[1:]


def _draw(rng: random.Random) -> Sentence:
    """Fill one template's slots; a slot named with a capital begins the sentence."""
    templates = rng.choices([kind for kind, _ in _KINDS], [weight for _, weight in _KINDS])[0]
    country = rng.choice(SLOTS["country"])
    forms = ["", "", ""]
    for index, part in enumerate(_SLOT.split(rng.choice(templates))):
        name = part.lower()
        if index % 2 == 0:
            words = (part, part, part)
        elif name == "term":
            words = _term(rng)
        elif name == "city":
            words = (CAPITALS[country],) * 3
        elif name == "country":
            words = (country,) * 3
        else:
            words = (rng.choice(SLOTS[name]),) * 3
        forms = [form + word for form, word in zip(forms, words, strict=True)]
    return Sentence(forms[0], _capitalised(forms[1]), _capitalised(forms[2]))


def draw(count: int, seed: int) -> list[Sentence]:
    """Draw `count` sentences; the same seed gives the same ones."""
    rng = random.Random(seed)
    return [_draw(rng) for _ in range(count)]


def words_of(text: str) -> list[str]:
    """The words of a text in lower case without punctuation, as word error rates count them."""
    return re.findall(r"[a-z0-9']+", text.lower())


def vocabulary(sentences: Sequence[Sentence]) -> list[str]:
    """Every word that is written in the sentences, sorted."""
    return sorted({word for sentence in sentences for word in words_of(sentence.written)})
