"""`dataclass` for values that are there from the start: what a checker sees is the standard one, but it is made sooner.

The standard `dataclass(frozen=True)` compiles up to six functions for each class. The hundred classes that the window
needs took a tenth of the program's start that way. This one lets only `__init__` be compiled, and shares the others.
That a value is never changed is seen to by the type checker, not while the program runs.
"""

from collections.abc import Callable
from dataclasses import dataclass as standard
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool = False, slots: bool = False) -> Callable[[type], type]:
        """As `dataclasses.dataclass`; with `frozen`, to be compared by its fields and hashed."""
        return _value if frozen and slots else standard(frozen=frozen, slots=slots)


def _value(cls: type) -> type:
    made: type = standard(slots=True, repr=False, eq=False)(cls)
    for name, method in _SHARED.items():
        setattr(made, name, method)
    return made


@cache
def _getter(made: Any) -> Callable[[Any], object]:
    """What gives the fields of such a class that count."""
    names = [field.name for field in fields(made) if field.compare]
    return attrgetter(*names) if names else lambda _: ()


def _content(value: Any) -> object:
    made: Any = type(value)
    return _getter(made)(value)


def _equal(self: object, other: object) -> bool:
    return _content(self) == _content(other) if type(other) is type(self) else NotImplemented


def _hash(self: object) -> int:
    return hash(_content(self))


def _text(self: Any) -> str:
    content = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(content)})"


_SHARED: dict[str, object] = {"__eq__": _equal, "__hash__": _hash, "__repr__": _text}
