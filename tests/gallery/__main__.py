"""``python -m tests.gallery FOLDER [part of a name ...]``: a picture of every screen in every dress.

Screen x language x orientation x size of letters x contrast, on the reference panel, and an
``index.html`` to look through them. One window, one process; about a minute.
"""

from __future__ import annotations

import html
import sys
import time
from itertools import product
from pathlib import Path

from kiosk.words import LANGUAGES
from tests.gallery.studio import Studio, studio

SHAPES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}


def dress_name(name: str, language: str, shape: str, *, big: bool, contrast: bool) -> str:
    """The name of a picture's file, without its ending."""
    return "-".join([name, language, shape, "big" if big else "normal", "contrast" if contrast else "light"])


def photograph_all(taking: Studio, folder: Path, parts: tuple[str, ...]) -> list[Path]:
    """Photograph every dress whose name holds each of ``parts``; the files in the order taken."""
    from screens.touch.samples import SAMPLES, sample

    taken = []
    for shape, size in SHAPES.items():
        stage = taking.turn(*size)
        for name, language, big, contrast in product(SAMPLES, LANGUAGES, (False, True), (False, True)):
            called = dress_name(name, language, shape, big=big, contrast=contrast)
            if not all(part in called for part in parts):
                continue
            stage.show(sample(name, language, big_text=big, contrast=contrast))
            path = folder / f"{called}.png"
            taking.photograph().save(path)
            taken.append(path)
    return taken


def write_index(folder: Path, pictures: list[Path]) -> Path:
    """One page with all pictures, small, each opening the large one."""
    figures = "\n".join(
        f'<a href="{html.escape(path.name)}"><img loading="lazy" src="{html.escape(path.name)}" '
        f'alt="{html.escape(path.stem)}"><span>{html.escape(path.stem)}</span></a>'
        for path in pictures
    )
    style = (
        "body{font:14px sans-serif;background:#F1EADB;margin:16px;display:flex;flex-wrap:wrap;gap:16px}"
        "a{width:216px;color:#1F2A28;text-decoration:none}img{width:100%;display:block}span{display:block;margin-top:4px}"
    )
    page = folder / "index.html"
    head = f'<!doctype html><meta charset="utf-8"><title>Thân Thiện</title><style>{style}</style>'
    page.write_text(f"{head}\n{figures}\n", encoding="utf-8")
    return page


def main(arguments: list[str]) -> int:
    """Draw the gallery; exit code 2 without a folder."""
    if not arguments:
        print("name a folder: python -m tests.gallery build/gallery", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with studio() as taking:
        pictures = photograph_all(taking, folder, tuple(arguments[1:]))
    page = write_index(folder, pictures)
    print(f"{len(pictures)} pictures in {time.monotonic() - began:.0f} s: {page}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
