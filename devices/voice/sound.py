"""Sound as numbers: 16-bit samples of one channel, joined, levelled and resampled with the standard library.

``audioop`` is leaving Python, so what is needed of it stands here; a call of ten seconds
takes some milliseconds.
"""

from __future__ import annotations

import io
import math
import sys
import wave
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

RATE = 22_050
"""Samples a second of everything that is joined; what espeak-ng speaks in."""
FULL = 32_767
PEAK = 10 ** (-6 / 20)
"""Speech is brought to 6 dB below the loudest that can be."""
LEAST_RATE, MOST_RATE = 8_000, 48_000
LONGEST_S = 30.0
FAINTEST = 0.002
"""A peak below this share of the loudest is silence."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Samples of one channel at :data:`RATE`."""

    samples: array[int]

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / RATE

    @property
    def peak(self) -> float:
        """Its loudest sample, 0 to 1."""
        highest, lowest = max(self.samples, default=0), min(self.samples, default=0)
        return max(highest, -lowest) / FULL

    def scaled(self, factor: float) -> Sound:
        """As loud as ``factor`` times this; what would be too loud is cut off."""
        if self.peak * factor <= 1:  # nothing to cut off, which is twice as fast
            return Sound(array("h", [int(one * factor) for one in self.samples]))
        return Sound(array("h", [max(-FULL, min(FULL, int(one * factor))) for one in self.samples]))

    def levelled(self, peak: float = PEAK) -> Sound:
        """The same with its loudest sample at ``peak``; silence stays silence."""
        found = self.peak
        return self.scaled(peak / found) if found > FAINTEST else self

    def wav(self) -> bytes:
        """As a WAV file."""
        held = io.BytesIO()
        with wave.open(held, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(_little(self.samples).tobytes())
        return held.getvalue()


def silence(seconds: float) -> Sound:
    """Nothing, for so long."""
    return Sound(array("h", bytes(2 * round(seconds * RATE))))


def joined(parts: Iterable[Sound]) -> Sound:
    """One after the other."""
    whole = array("h")
    for part in parts:
        whole.extend(part.samples)
    return Sound(whole)


def read_wav(data: bytes) -> Sound:
    """The sound of a WAV file; ``ValueError`` with the reason for one that cannot be used.

    A stream whose header promises more than there is (a speech engine's) is taken as it is.
    """
    try:
        with wave.open(io.BytesIO(data), "rb") as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            _check_shape(channels, width, rate)
            frames = file.readframes(min(file.getnframes(), round(LONGEST_S * rate) + 1))
    except (wave.Error, EOFError) as fault:
        raise ValueError(f"it is no WAV file of plain samples ({str(fault) or 'it ends early'})") from None
    samples = array("h", frames[: len(frames) // (2 * channels) * 2 * channels])
    if len(samples) > LONGEST_S * rate * channels:
        raise ValueError(f"it is longer than {LONGEST_S:.0f} seconds")
    return Sound(_resampled(_mono(_little(samples), channels), rate))


def chime() -> Sound:
    """Two soft notes, the second a fourth below: somebody is called."""
    return joined([_note(784.0, 0.28), _note(587.3, 0.5)])


def _check_shape(channels: int, width: int, rate: int) -> None:
    if width != 2:
        raise ValueError(f"it has {8 * width} bits a sample; save it as 16-bit PCM")
    if channels not in (1, 2):
        raise ValueError(f"it has {channels} channels; save it in mono")
    if not LEAST_RATE <= rate <= MOST_RATE:
        raise ValueError(f"it has {rate} samples a second; save it with {LEAST_RATE} to {MOST_RATE}")


def _little(samples: array[int]) -> array[int]:
    """Samples in the order of bytes of a WAV file, and back."""
    if sys.byteorder == "little":
        return samples
    turned = array("h", samples)
    turned.byteswap()
    return turned


def _mono(samples: array[int], channels: int) -> array[int]:
    if channels == 1:
        return samples
    return array("h", ((left + right) // 2 for left, right in zip(samples[::2], samples[1::2], strict=True)))


def _resampled(samples: array[int], rate: int) -> array[int]:
    if rate == RATE or not samples:
        return samples
    step = rate / RATE
    count = int(len(samples) / step)
    if step > 1:
        return array("h", (_mean(samples, int(at * step), int((at + 1) * step)) for at in range(count)))
    last = len(samples) - 1
    return array("h", (_between(samples, at * step, last) for at in range(count)))


def _mean(samples: Sequence[int], start: int, end: int) -> int:
    """What falls into one new sample; a mean keeps high notes from coming back as wrong low ones."""
    part = samples[start : max(end, start + 1)]
    return sum(part) // len(part)


def _between(samples: Sequence[int], place: float, last: int) -> int:
    at = int(place)
    share = place - at
    return round(samples[at] * (1 - share) + samples[min(at + 1, last)] * share)


def _note(hertz: float, seconds: float) -> Sound:
    """A note that swells for a moment and dies away, with a little of its octave."""
    count, peak = round(seconds * RATE), 0.32 * FULL

    def one(at: int) -> int:
        turn, passed = 2 * math.pi * hertz * at / RATE, at / count
        shape = min(1.0, at / (0.012 * RATE)) * math.exp(-3.2 * passed) * min(1.0, (1 - passed) * 8)
        return round(peak * shape * (0.82 * math.sin(turn) + 0.18 * math.sin(2 * turn)))

    return Sound(array("h", (one(at) for at in range(count))))
