"""Terms from a project folder: what is defined, imported and depended on in it, and what its files are called.

The work is done by a child process at low priority (`indexer`), which keeps what it read in a database of its own
in the cache folder (`store`); a refresh looks only at what changed. Nobody watches the folder: to look at 5,000 files
takes the child a fraction of a second, so a refresh when a talk begins is enough, and an idle program does nothing.
"""

from assistant.terms.project.index import Index, Refreshed

__all__ = ["Index", "Refreshed"]
