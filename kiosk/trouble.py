"""Trouble: every problem that can be named, with a code that never changes.

Trouble
├── PrinterTrouble    P-…   paper, cover, cable: printers and other devices
├── MachineTrouble    M-…   disk, port, display, a second instance
├── SyncTrouble       S-…   link, refusal, fork, server
├── SettingsTrouble   C-…   settings and catalogue
└── JournalTrouble    J-…   the book

A code is a letter and a number and is never used again for something else.
The sentence says what is wrong, the hint what to do; both are for a person.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What a trouble code means: ``sentence`` says what is wrong, ``hint`` what to do next."""

    code: str
    sentence: str
    hint: str


class Trouble(Exception):
    """A problem with a stable code. ``detail`` names the file, place or value it is about."""

    def __init__(self, code: str, *, detail: str = "") -> None:
        self.kind = KINDS[code]
        self.detail = detail
        super().__init__(self.text())

    @property
    def code(self) -> str:
        """The stable trouble code, like ``P-101``."""
        return self.kind.code

    def text(self) -> str:
        """One sentence for a person: code, what is wrong, about what, and what to do."""
        about = f" ({self.detail})" if self.detail else ""
        return f"{self.kind.code}: {self.kind.sentence}{about}. {self.kind.hint}."

    def __reduce__(self) -> tuple[object, ...]:
        return _remake, (type(self), self.code, self.detail)


def _remake(made: type[Trouble], code: str, detail: str) -> Trouble:
    return made(code, detail=detail)


class PrinterTrouble(Trouble):
    """The printer or another device cannot do its work."""


class MachineTrouble(Trouble):
    """The machine itself: disk, memory, ports, display."""


class SyncTrouble(Trouble):
    """A book could not travel, or a server refused it."""


class SettingsTrouble(Trouble):
    """The settings or the catalogue are wrong."""


class JournalTrouble(Trouble):
    """The book cannot be written, or is not what it should be."""


def _table(*kinds: tuple[str, str, str]) -> dict[str, Kind]:
    return {code: Kind(code, sentence, hint) for code, sentence, hint in kinds}


KINDS = _table(
    ("P-101", "the printer is out of paper", "Put in a new roll and close the cover"),
    ("P-102", "the printer's cover is open", "Close the cover until it clicks"),
    ("P-103", "the printer does not answer", "Check its power and its cable"),
    (
        "P-104",
        "the printer was lost while a slip was going out",
        "Look whether the slip came out; reprint if it did not",
    ),
    ("P-105", "the printer is stopped by its cutter", "Switch it off, clear the paper path, switch it on"),
    ("P-106", "the printer is offline", "Press its feed button or switch it off and on"),
    ("P-107", "the printer took too long", "Check its cable; reprint the slip if it is not complete"),
    ("P-108", "the printer's head is too hot", "Wait a few minutes"),
    ("P-109", "the printer reports a fault it cannot mend itself", "Switch it off and on; call support if it stays"),
    (
        "P-110",
        "the printer cannot say whether the slip came out",
        "Look at the slot; reprint the slip if it is missing",
    ),
    ("P-111", "another program is using the printer", "Stop the other program; one kiosk owns one printer"),
    (
        "P-120",
        "this device address cannot be understood",
        "Write it like virtual:slips, tcp://host:9100, serial:///dev/ttyUSB0?baud=9600, usb://04b8:0e15 or file:///dev/usb/lp0",
    ),
    ("P-121", "the folder for slips cannot be written", "Choose another folder or free the disk"),
    ("P-122", "a driver for this device is not installed", "Run make run once more; it installs the drivers"),
    ("P-130", "the scanner does not answer", "Check its cable; tickets and ratings go on without it"),
    ("P-131", "the loudspeaker does not answer", "Check its cable; the board shows every call in writing"),
    ("P-132", "no voice is installed", "Install espeak-ng, or name a folder of recorded clips in [speaker] clips"),
    ("M-201", "the disk is full", "Free some space; nothing that was recorded is lost"),
    ("M-202", "the data folder cannot be written", "Give this user write access, or name another folder with --data"),
    ("M-203", "the port is already in use", "Stop the other program or set another [server] listen"),
    ("M-204", "a part of the kiosk stopped and is being started again", "If this stays, switch the machine off and on"),
    ("M-205", "the kiosk is already running on this data", "Close the other one, or name another folder with --data"),
    ("M-206", "there is no display to open a window on", "Connect a screen, or install Xvfb for a virtual one"),
    (
        "M-207",
        "the screen is too small for this kiosk",
        "Use a screen of at least 15.6 inches, or correct [kiosk] screen_diagonal_in",
    ),
    ("M-208", "this folder already holds data", "Name an empty folder"),
    ("S-301", "the server cannot be reached", "Check the network; everything is kept and sent later"),
    ("S-302", "the server does not know this device", "Enrol it with a one-time code from the server"),
    ("S-303", "the signature of a batch is wrong", "Check that the device's key was not replaced; enrol it again"),
    (
        "S-304",
        "two different books carry the same name",
        "A disk was copied or a book rewritten; both are kept, call support",
    ),
    ("S-305", "an entry does not chain to the one before it", "Run python -m kiosk check on the sending machine"),
    ("S-306", "the batch cannot be read", "Send gzip-packed JSON as the wire contract says"),
    ("S-307", "the batch is too large", "Send fewer entries at a time"),
    ("S-308", "too many requests", "Wait as long as Retry-After says"),
    (
        "S-309",
        "a demonstration book is not taken by a real office",
        "Start the demonstration on a data folder of its own",
    ),
    ("S-310", "another machine already sends as this kiosk", "Give each kiosk of an office its own [kiosk] id"),
    ("S-311", "the enrolment code is wrong, used or too old", "Make a new one with python -m sync.central enrol-code"),
    ("S-312", "the password is wrong", "Try again; the first password stands in the file keys/staff-password"),
    ("S-313", "too many wrong passwords", "Wait a few minutes and try again"),
    ("S-314", "the request cannot be understood", "Correct the value named here"),
    ("S-315", "this ballot is not known here", "Use the code on a slip of this office"),
    ("S-316", "this ballot has already been used", "One slip, one rating; the first answer stands"),
    ("S-317", "the device key cannot be read", "Restore keys/ from a backup, or remove it to enrol anew"),
    ("S-318", "the staff password cannot be read", "Remove keys/staff-password and start again to get a new one"),
    ("S-319", "there is nothing at this address", "Begin at the first page, /"),
    ("S-320", "the server stumbled over this request", "Try again; what happened stands in the server's log"),
    ("S-321", "this page asks for the staff password", "Sign in at /login, or send it as HTTP Basic"),
    ("S-330", "nobody is waiting for this counter", "Wait; the next number shows here by itself"),
    ("S-331", "another counter was quicker with this number", "Call the next one"),
    ("S-332", "this counter is in use on another screen", "Take it over, or sign in at another counter"),
    ("S-333", "this step does not fit what the number is at", "Look at the line as it stands now and press again"),
    ("S-334", "this number is not known today", "Look at the slip again: its letter, its digits and its date"),
    ("S-335", "this step needs a reason", "Choose one of the reasons"),
    ("S-336", "this counter is on a break", "End the break first"),
    ("S-337", "this slip is of another day", "Take a new number for today"),
    ("S-338", "this hour is full", "Choose another hour; the free ones are shown"),
    ("S-339", "the office is closed then", "Choose a working day and an hour within office hours"),
    ("S-340", "this appointment is not known here", "Show the reminder slip to the help desk"),
    ("S-341", "this appointment was used already", "Look at the number taken with it"),
    ("S-342", "an appointment may be moved only once", "Write the apology and speak with the citizen"),
    ("S-343", "nobody is signed in at this counter", "Sign in at /counter"),
    ("S-344", "one number was given to two people", "Both stand in the line; call support"),
    ("S-345", "it is too late to undo this", "Call the number again, with a reason"),
    ("S-346", "this counter is not known", "Choose one of the office's counters"),
    ("S-347", "this kiosk has not met its office yet", "Connect it to the office once; python -m sync enrol says how"),
    ("S-348", "the office does not give out numbers now", "Come back when it is open; the hours stand on the screen"),
    ("S-350", "this hour is past", "Choose an hour that is still to come"),
    ("S-351", "this day cannot be booked yet", "Choose an earlier day"),
    ("S-352", "somebody else answers this call already", "Stay; the citizen was told that somebody comes"),
    ("C-401", "the settings file cannot be read", "Correct the line named here"),
    ("C-402", "this setting is not known", "Remove it or correct its name"),
    ("C-403", "this setting has a value it cannot have", "Correct the value"),
    ("C-404", "the settings file is missing", "Check the name given with --settings"),
    ("C-411", "a catalogue file is missing", "Put services.csv and procedures.csv in the catalogue folder"),
    ("C-412", "a line of the catalogue is wrong", "Correct the line named here"),
    ("C-413", "no service is in force today", "Check effective_from and effective_to in services.csv"),
    ("C-414", "a file of the lobby is wrong", "Correct the place named here"),
    ("C-421", "the criteria set is wrong", "Correct the place named here"),
    ("J-101", "the book cannot be opened", "Check the file; restore it from a backup if it is damaged"),
    ("J-102", "the book is damaged", "Keep the file as it is, run python -m kiosk check, call support"),
    ("J-103", "an entry would not stand at the next place", "Stop the second program that writes to this book"),
    ("J-104", "this cannot be written into a book", "This is a fault of the program; call support"),
    ("J-105", "another program is writing this book", "Close the other kiosk, or name another folder with --data"),
    (
        "J-106",
        "the book belongs to another office or kiosk",
        "Name the right data folder, or correct [office] id and [kiosk] id",
    ),
    ("J-107", "there is no book here", "Check the folder given with --data"),
    ("J-108", "a fact in the book is not known to this version", "Update the program"),
    ("J-109", "the book cannot be written", "Check the disk; it is tried again by itself"),
    ("J-110", "the book is a demonstration", "Name another folder with --data for the real office"),
)
"""Every trouble there is, by code."""
