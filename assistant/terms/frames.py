"""Little words that tell of a name, by standing before or after it."""

CALLERS = frozenset((
    "use", "using", "uses", "used", "with", "in", "install", "run", "import", "via", "write", "learn",
    "called", "from", "into", "to", "for", "and", "or", "on", "than", "like", "update", "upgrade", "explain", "try",
))  # fmt: skip
"""What calls for a name."""
ARTICLES = frozenset(
    ("the", "a", "an", "this", "that", "our", "my", "your", "every", "each", "another", "new")
)
"""What stands before a name that tells more of the word after it ("the Gradle daemon")."""
OWNERS = frozenset((
    "the", "a", "an", "my", "your", "his", "her", "its", "our", "their", "this", "that", "these", "those", "some",
    "any", "no", "every", "each",
))  # fmt: skip
"""What a noun begins with, and a name seldom."""
NO_SUBJECTS = OWNERS | frozenset((
    "but", "so", "then", "which", "who", "what", "how", "why", "when", "where", "if", "as", "also", "only", "just",
    "there", "i", "you", "he", "she", "it", "we", "they",
))  # fmt: skip
"""No name that a sentence begins with, though a verb follows."""
VERBS = frozenset((
    "is", "isn't", "has", "hasn't", "does", "doesn't", "was", "wasn't", "can", "can't", "could", "couldn't", "will",
    "won't", "would", "wouldn't", "should", "shouldn't", "did", "didn't", "had", "needs", "wants", "says", "shows",
    "tells", "returns", "throws", "raises", "gives", "takes", "gets", "runs", "fails", "failed", "crashes", "crashed",
    "keeps", "uses", "supports", "works", "prints", "complains", "finds", "reads", "writes", "loads", "starts",
    "stops", "hangs", "ignores", "turns", "makes", "moves", "eats", "answers", "times", "swallows", "thinks", "puts",
    "sends", "sees", "looks", "comes", "goes", "adds", "refuses", "reports", "lets", "sets", "calls", "asks",
    "expects", "handles", "removes", "creates", "builds", "requires", "stores", "changes", "breaks", "opens",
    "closes", "exits", "connects", "installs", "generates", "converts", "compiles", "treats", "warns", "renders",
    "and", "or",
))  # fmt: skip
"""What a name does that a sentence begins with; or another name follows."""
