"""What the window really shows: the letters as measured, whole; pressed keys; only what differs drawn anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.visit import Place
from screens.touch.drawing import Line, Panel
from screens.touch.look import colours
from screens.touch.samples import SAMPLES, sample
from tests.gallery.studio import Studio
from tests.touch_look.dresses import every_dress, front

TALLEST = "ẤỘỮẵợỄg"
FAINT = 64
"""A mark may be flush with the rim: its soft edge then lies there, the mark itself does not."""
ROUNDING_PX = 0.5
"""A letter's advance is rounded to a whole pixel or not, depending on what SDL's font was used for before."""
PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)


def rgb(name: str, theme: str = "light") -> tuple[int, int, int]:
    colour = colours(theme)[name]
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def test_every_text_is_as_wide_and_high_on_the_glass_as_it_was_measured(studio: Studio) -> None:
    from screens.touch import lettering
    from screens.touch.easel import written

    studio.turn(*PORTRAIT)
    runs = {
        (run.text, run.weight, line.size)
        for dress in every_dress()
        for key in [front(dress)]
        for line in (*key.items, *(item for pad in key.keys for item in pad.rest))
        if isinstance(line, Line)
        for run in line.runs
    }
    assert len(runs) > 500
    for text, weight, size in runs:
        letters = written(text, weight, size)
        measured = lettering.width(text, weight, size)
        assert abs(letters.width - measured) <= 1 + ROUNDING_PX * len(text), text
        assert letters.height == lettering.line_height(weight, size), text


@pytest.mark.parametrize("weight", ["Semibold", "Bold", "Black"])
@pytest.mark.parametrize("size", [32, 38, 47, 84, 390])
def test_no_mark_and_no_descender_touches_the_rim_of_its_picture(studio: Studio, weight: str, size: int) -> None:
    from screens.touch.easel import written

    studio.turn(*PORTRAIT)
    letters = written(TALLEST, weight, size)
    alpha = letters.pixels[3::4]
    rows = [alpha[start : start + letters.width] for start in range(0, len(alpha), letters.width)]
    assert max(rows[len(rows) // 2]) == 255
    assert max(rows[0]) < FAINT
    assert max(rows[-1]) < FAINT


def test_the_letters_are_dark_on_the_glass_where_the_drawing_has_them(studio: Studio) -> None:
    stage = studio.turn(*PORTRAIT)
    stage.show(sample("ticket_done"))
    picture = studio.photograph()
    number = next(item for item in stage.front.drawing.items if isinstance(item, Line) and item.text == "B042")
    inked = picture.crop((number.box.x, number.box.y, number.box.right, number.box.bottom)).getcolors(1 << 20)
    assert inked is not None
    assert max((count, colour) for count, colour in inked if colour != rgb("surface"))[1] == rgb("son")


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
def test_every_screen_is_on_the_glass(studio: Studio, size: tuple[int, int]) -> None:
    stage = studio.turn(*size)
    for name in SAMPLES:
        stage.show(sample(name))
        seen = studio.photograph().getpixel((4, 4))
        assert (seen == rgb("board")) != (name in ("timeout", "why")), name


def test_a_finger_sinks_a_key_and_fills_it_with_the_pressed_colour(studio: Studio) -> None:
    stage = studio.turn(*PORTRAIT)
    stage.show(sample("home"))
    pad = stage.key("tile:A")
    body = pad.key.rest[0]
    assert isinstance(body, Panel)
    spot = (body.box.right - 3 * body.radius, body.box.mid[1])
    assert studio.photograph().getpixel(spot) == rgb("surface")
    pad.press(True)
    assert studio.photograph().getpixel(spot) == rgb("pressed")
    pad.press(False)
    assert studio.photograph().getpixel(spot) == rgb("surface")


def test_a_minute_changes_the_clock_and_nothing_else(studio: Studio) -> None:
    stage = studio.turn(*PORTRAIT)
    scene = sample("home")
    stage.show(scene)
    before = stage.front.drawing
    stage.show(replace(scene, now=scene.now + timedelta(minutes=1)))
    after = stage.front.drawing
    changed = [new for old, new in zip(before.items, after.items, strict=True) if old != new]
    assert [item.text for item in changed if isinstance(item, Line)] == ["10:13"]
    assert len(changed) == 1
    assert before.keys == after.keys


def test_showing_the_same_scene_again_draws_nothing(studio: Studio) -> None:
    stage = studio.turn(*PORTRAIT)
    stage.show(sample("home"))
    drawing = stage.front.drawing
    stage.show(sample("home"))
    assert stage.front.drawing is drawing


def test_a_screen_is_kept_and_shown_again_never_built_twice(studio: Studio) -> None:
    stage = studio.turn(*PORTRAIT)
    stage.show(sample("home"))
    home = stage.front
    tile = stage.key("tile:B")
    for _ in range(20):
        for name in ("priority", "rating_overall", "home"):
            stage.show(sample(name))
    assert stage.front is home
    assert stage.key("tile:B") is tile
    assert len(stage.children) == 1


def test_the_dialog_takes_the_keys_and_gives_them_back(studio: Studio) -> None:
    stage = studio.turn(*PORTRAIT)
    stage.show(sample("timeout"))
    assert stage.keys() == ("more_time", "im_done")
    assert stage.screen_name == "timeout"
    stage.show(sample("home"))
    assert stage.key("tile:A").key.name == "tile:A"


def test_a_toast_takes_no_key_away(studio: Studio) -> None:
    stage = studio.turn(*PORTRAIT)
    stage.show(sample("toast"))
    assert stage.screen_name == "home"
    assert stage.key("rate_band").key.name == "rate_band"


def test_the_other_screens_are_made_ready_after_the_first_frame(studio: Studio) -> None:
    stage = studio.turn(*PORTRAIT)
    stage.show(sample("home"))
    stage.prepare_rest()
    for _ in range(30):
        studio.pump()
    assert len(stage._layers) == len(Place)


def test_a_panel_that_is_too_small_says_so_and_offers_no_key(studio: Studio) -> None:
    stage = studio.turn(*PORTRAIT, diagonal_in=15.5)
    stage.show(sample("home"))
    assert stage.screen_name == "too_small"
    assert stage.keys() == ()
