"""A fault in a file that a person wrote: which file, which line, what, and why."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.trouble import SettingsTrouble


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. ``line`` 0: the whole file; ``name``: the setting or column, "" for none."""

    code: str
    file: str
    line: int
    name: str
    reason: str

    @property
    def trouble(self) -> SettingsTrouble:
        """The same as a trouble that can be raised."""
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return SettingsTrouble(self.code, detail=": ".join(filter(None, (place, self.name, self.reason))))

    def text(self) -> str:
        """One sentence: code, what is wrong, where, and what to do."""
        return self.trouble.text()
