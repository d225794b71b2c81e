"""What every fact is: a frozen value whose name in a book is its class name."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Fact:
    """Anything that happened; its name in a book is its class name."""

    version: ClassVar[int] = 1

    def body(self) -> dict[str, Any]:
        """The body as it goes into the book."""
        return dataclasses.asdict(self)
