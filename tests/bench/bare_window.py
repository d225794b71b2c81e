"""The floor of a start: a Kivy window of 1080x1920 with one label, set up as ours is, and nothing else."""

import sys
from pathlib import Path

from screens.touch.window import prepare_kivy

prepare_kivy(home=Path(sys.argv[1]) / "bare", size=(1080, 1920))

from kivy.base import runTouchApp  # noqa: E402 - Kivy reads its configuration at the first import
from kivy.core.window import Window  # noqa: E402
from kivy.uix.label import Label  # noqa: E402

from screens.touch.notify import READY, notify  # noqa: E402

Window.bind(on_flip=lambda *_: notify(READY))
runTouchApp(Label(text="Kính chào bà con"))
