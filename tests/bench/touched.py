"""The kiosk itself, telling on standard output when a finger reached it and where its keys are.

    python -m tests.bench.touched DATA [SETTINGS]

Everything else is the product.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from screens.configuration import configure
from screens.touch import app


def _tell(**what: Any) -> None:
    print(json.dumps(what), flush=True)


class Noting(app.TouchKiosk):
    """Notes touches and screens."""

    def open_window(self, picture: Any) -> Any:
        """The window, with its stage listened to."""
        from screens.touch.stage import Stage

        down, show = Stage.on_touch_down, Stage.show

        def noted_down(stage: Any, touch: Any) -> Any:
            at = time.monotonic()
            done = down(stage, touch)
            _tell(down=at)
            return done

        def noted_show(stage: Any, scene: Any) -> None:
            show(stage, scene)
            height = stage.look.height_px
            keys = {name: stage.key(name) for name in stage.keys()}  # noqa: SIM118 - a stage is no mapping
            places = {name: (pad.x, height - pad.top, pad.width, pad.height) for name, pad in keys.items()}
            _tell(screen=stage.screen_name, keys=places)

        Stage.on_touch_down, Stage.show = noted_down, noted_show  # type: ignore[method-assign,assignment]
        return super().open_window(picture)


if __name__ == "__main__":
    from pathlib import Path

    app.TouchKiosk = Noting  # type: ignore[misc]
    settings = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    sys.exit(app.run_touch(configure(settings, Path(sys.argv[1]))))
