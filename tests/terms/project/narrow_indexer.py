"""An indexer to which more than three files are too many."""

import pytest

from assistant.terms.project import indexer, walk

with pytest.MonkeyPatch.context() as patch:
    patch.setattr(walk, "MOST_FILES", 3)
    indexer.main()
