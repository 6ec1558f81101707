"""What is said for a sign of code, and the words that tell code from prose."""

from enum import Enum

from assistant.turn.dataclass import dataclass


class Trust(Enum):
    """How much must stand around the words before they are taken for the sign."""

    PLAIN = "plain"
    """Hardly anybody says it and means the words."""
    JOINS = "joins"
    """Between two names."""
    OPERATES = "operates"
    """Beside something that can only be code."""
    SPACES = "spaces"
    """Beside another sign."""
    QUOTES = "quotes"
    """One of a pair."""


class Left(Enum):
    """What becomes of the space before a sign."""

    CLOSE = "close"
    """Given up, but after a word that opens a phrase of its own ("return", "cd")."""
    ALWAYS = "always"
    """Given up."""
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Sign:
    """`text` is written; `right` tells whether the space after it is given up."""

    text: str
    left: Left = Left.KEEP
    right: bool = False
    trust: Trust = Trust.PLAIN


Phrase = tuple[str, ...]


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def _phrases(table: dict[str, Sign]) -> dict[Phrase, Sign]:
    return {tuple(said.split()): sign for ways, sign in table.items() for said in ways.split("|")}


_JOIN = (Left.CLOSE, True)
_OPENS = _JOIN
_ENDS = (Left.ALWAYS, False)
_BEGINS = (Left.KEEP, True)

SIGNS: dict[Phrase, Sign] = _phrases(
    {
        "dot": Sign(".", *_JOIN, Trust.JOINS),
        "dot dot": Sign("..", *_JOIN),
        "dot dot slash": Sign("../", *_BEGINS),
        "dot slash": Sign("./", *_BEGINS),
        "dot dot dot|ellipsis": Sign("...", *_BEGINS),
        "comma": Sign(",", *_ENDS),
        "semicolon|semi colon": Sign(";", *_ENDS),
        "colon": Sign(":", *_ENDS, Trust.OPERATES),
        "double colon|colon colon": Sign("::", *_JOIN),
        "walrus operator": Sign(":="),
        "underscore|under score": Sign("_", *_JOIN),
        "double underscore|underscore underscore|under score under score": Sign("__", *_JOIN),
        "dash|hyphen": Sign("-", *_JOIN, Trust.OPERATES),
        "dash dash|double dash|hyphen hyphen": Sign("--", *_BEGINS),
        "slash|forward slash": Sign("/", *_JOIN, Trust.OPERATES),
        "double slash|slash slash": Sign("//", *_BEGINS),
        "backslash|back slash": Sign("\\", *_JOIN),
        "equals|equal sign|equals sign": Sign("=", trust=Trust.OPERATES),
        "double equals|equals equals|double equal": Sign("=="),
        "triple equals|equals equals equals": Sign("==="),
        "not equals|bang equals": Sign("!=", trust=Trust.OPERATES),
        "plus equals": Sign("+="),
        "minus equals": Sign("-="),
        "not equal to|not equal": Sign("!=", trust=Trust.OPERATES),
        "less than or equal|less than or equal to|less than or equals|less or equal": Sign(
            "<=", trust=Trust.OPERATES
        ),
        "greater than or equal|greater than or equal to|greater than or equals|greater or equal": Sign(
            ">=", trust=Trust.OPERATES
        ),
        "less than less than|double less than": Sign("<<", trust=Trust.OPERATES),
        "greater than greater than|double greater than": Sign(">>", trust=Trust.OPERATES),
        "less than": Sign("<", trust=Trust.OPERATES),
        "greater than": Sign(">", trust=Trust.OPERATES),
        "plus|plus sign": Sign("+", trust=Trust.OPERATES),
        "plus plus|double plus": Sign("++", *_ENDS, Trust.OPERATES),
        "minus|minus sign": Sign("-", trust=Trust.OPERATES),
        "star": Sign("*", trust=Trust.OPERATES),
        "asterisk": Sign("*"),
        "double star|star star|double asterisk": Sign("**", trust=Trust.OPERATES),
        "percent": Sign("%", trust=Trust.OPERATES),
        "percent sign": Sign("%"),
        "ampersand": Sign("&"),
        "double ampersand|ampersand ampersand": Sign("&&"),
        "pipe": Sign("|", trust=Trust.OPERATES),
        "pipe sign|vertical bar": Sign("|"),
        "double pipe|pipe pipe": Sign("||"),
        "at sign": Sign("@", *_JOIN),
        "hash bang|shebang": Sign("#!", *_BEGINS),
        "hash": Sign("#", *_BEGINS, Trust.OPERATES),
        "hash sign|number sign|pound sign": Sign("#", *_BEGINS),
        "dollar sign": Sign("$", *_BEGINS),
        "dollar": Sign("$", *_BEGINS, Trust.OPERATES),
        "open paren|open parenthesis|open parent|open parens|left paren": Sign("(", *_OPENS),
        "close paren|close parenthesis|close parent|close parens|closed paren|clothes paren|right paren": Sign(
            ")", *_ENDS
        ),
        "open bracket|open square bracket|left bracket": Sign("[", *_OPENS),
        "close bracket|closed bracket|close square bracket|right bracket": Sign("]", *_ENDS),
        "open brace|open curly|open curly brace|left brace": Sign("{", *_BEGINS),
        "close brace|closed brace|close curly|close curly brace|right brace": Sign("}", *_ENDS),
        "open angle|open angle bracket|left angle": Sign("<", *_OPENS),
        "close angle|closed angle|close angle bracket|right angle bracket": Sign(">", *_ENDS),
        "quote": Sign('"', trust=Trust.QUOTES),
        "open quote|double quote": Sign('"', trust=Trust.QUOTES),
        "close quote|unquote|end quote": Sign('"', trust=Trust.QUOTES),
        "single quote": Sign("'", trust=Trust.QUOTES),
        "backtick|back tick": Sign("`", trust=Trust.QUOTES),
        "arrow|thin arrow": Sign("->", trust=Trust.OPERATES),
        "fat arrow": Sign("=>"),
        "tilde": Sign("~", *_BEGINS),
        "caret": Sign("^", *_JOIN),
        "exclamation mark|exclamation point": Sign("!", *_JOIN),
        "question mark": Sign("?", *_ENDS),
        "new line|newline": Sign("\n", Left.ALWAYS, right=True),
        "tab": Sign("\t", Left.ALWAYS, right=True, trust=Trust.SPACES),
        "space": Sign(" ", Left.ALWAYS, right=True, trust=Trust.SPACES),
    }
)

PROSE_SIGNS = frozenset(",!?\n")
"""What people say in letters, too: it makes no code of what stands beside it."""

DETERMINERS = words(
    "a an the this that these those each every any some no another my your his her our their its"
    " what which whose many several few all trailing leading missing extra oxford of"
)
NOUN_FOLLOWERS = words(
    "character characters key keys symbol symbols operator operators notation separated delimited case style"
    " convention conventions cancer rating ratings trek wars mark marks"
)
MANY = words(
    "names variables functions identifiers method methods files letters words properties columns fields keys"
)
"""After the name of a case they tell that cases are talked about."""
DOT_FOLLOWERS = words("product products matrix plot plots")
DESCRIBING = words(
    "red blue green yellow black white orange pink grey gray purple little small tiny big large single"
    " polka quantum pale decimal final last first second third laser tiny silver golden cursor"
)
"""They stand before a dot that is one."""

FUNCTION_WORDS = words(
    "a an the this that these those i you he she it we they me him us them my your his her our their its"
    " am is are was were be been being do does did done have has had will would shall should can could may"
    " might must not no yes and or but nor so yet if then else than because as while when where why how who"
    " what which whose whom of in on at by for with about against between into through during before after"
    " above below to from up down out off over under again here there all any both each few more most other"
    " some such only own same too very just also even still already always never often really let lets"
    " don't doesn't didn't isn't aren't wasn't won't can't couldn't it's i'm we're they're that's there's"
    " please thanks okay ok well oh"
)
OPENING_WORDS = FUNCTION_WORDS | words(
    "return import def class function const let var new await async yield raise throw lambda elif print"
    " call use run type open write set assert delete try add rename cd ls cat rm mv cp vim nano touch mkdir"
    " echo grep curl sudo install include"
)
"""After these a name begins, so what closes up with a name does not close up with them."""
CALLED = words("print open type set")

CODE_WORDS = words(
    "self foo baz str int len args kwargs def elif init main null json yaml env src lib tmp usr etc bin cmd"
    " ctx idx obj arr func fn var const regex git docker npm pip pytest python cargo kubectl curl grep sudo"
    " cd ls cat rm mv cp mkdir chmod ssh py js ts txt csv md html css cpp std numpy pandas np pd df os sys"
    " url uri http https api app config params props argv stdin stdout stderr sqlite async await"
)
DOT_FILES = words(
    "env gitignore bashrc zshrc profile dockerignore editorconfig gitattributes vimrc ssh git npmrc"
    " eslintrc prettierrc github venv config"
)
FLAGS = words("it am")
"""Flags put together of letters that are words."""
HOSTS = words("localhost com org net io dev")
BEFORE_STAR = words("select import")
CONTROLS = words("for if while switch")
SHELL_WORDS = words(
    "git docker npm pip python pytest cargo kubectl curl grep sudo cd ls cat rm mv cp mkdir chmod ssh make"
    " tar node yarn apt brew go pip3 python3 bash sh uv ruff mypy commit run install head tail sort"
)
