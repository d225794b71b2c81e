"""What a printer's status bytes mean, in the words of the ground floor."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.ports import PrinterState, PrinterStatus

PRINTER, OFFLINE, ERROR, PAPER = 1, 2, 3, 4
"""The four real-time questions (DLE EOT n)."""
SIGNS = (
    (PAPER, 0x60, "P-101"),
    (OFFLINE, 0x20, "P-101"),
    (OFFLINE, 0x04, "P-102"),
    (ERROR, 0x08, "P-105"),
    (ERROR, 0x40, "P-108"),
    (ERROR, 0x20, "P-109"),
    (OFFLINE, 0x40, "P-109"),
    (PRINTER, 0x08, "P-106"),
)
"""(question, bits, trouble code), the cause before its consequence: no paper makes a printer offline too."""
NEAR_END = 0x0C


def health(answers: Mapping[int, int]) -> PrinterStatus:
    """The state that the answers to some of the four questions tell."""
    for question, bits, code in SIGNS:
        if answers.get(question, 0) & bits:
            return PrinterStatus(PrinterState.TROUBLED, code)
    if answers.get(PAPER, 0) & NEAR_END:
        return PrinterStatus(PrinterState.NEAR_END)
    return PrinterStatus(PrinterState.READY)


def health_unasked(block: bytes) -> PrinterStatus:
    """The state that an automatic status block tells."""
    first, error, paper, _ = block
    answers = {
        PRINTER: 0x08 if first & 0x08 else 0,
        OFFLINE: 0x04 if first & 0x20 else 0,
        ERROR: error & 0x68,
        PAPER: (0x60 if paper & 0x0C else 0) | (0x0C if paper & 0x03 else 0),
    }
    return health(answers)
