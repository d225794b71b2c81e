"""Millimetres of the panel, its floors, and the tokens behind them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from kiosk.look_files import tokens
from screens.touch.look import Look, colours
from screens.touch.pictures import Pictures, Shape
from tests.touch_look.audit import contrast

REFERENCE = Look(1080, 1920, 21.5)


def test_every_theme_has_the_same_colours() -> None:
    themes = {name: colours(name) for name in ("light", "high_contrast", "dark_pages_only")}
    assert {frozenset(theme) for theme in themes.values()} == {frozenset(themes["light"])}


def test_the_measured_contrasts_in_the_tokens_are_true() -> None:
    for theme, key in (("light", "light"), ("high_contrast", "high_contrast"), ("dark_pages_only", "dark")):
        for pair, said in tokens()["contrast_measured"][key].items():
            ink, ground = (colours(theme)[name] for name in pair.split("/"))
            assert contrast(ink, ground) == pytest.approx(said, abs=0.06), pair


def test_a_millimetre_comes_from_the_diagonal() -> None:
    assert REFERENCE.px_per_mm == pytest.approx(4.034, abs=0.001)
    assert Look(1080, 1920, 43).px_per_mm == pytest.approx(2.017, abs=0.001)


@pytest.mark.parametrize("inches", [15.6, 18.5, 21.5, 27, 32, 43])
@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (1280, 1024)])
def test_no_target_gap_or_letter_gets_under_its_floor(size: tuple[int, int], inches: float) -> None:
    look = Look(*size, inches)
    for name in ("target_min", "chip_h", "button_h", "footer_key_h", "dialog_button_h"):
        assert look.target(name) / look.px_per_mm >= 20
    assert look.gap / look.px_per_mm >= 5
    for role in tokens()["type_mm"]:
        assert look.type_px(role) >= look.least_type_px
    assert look.least_type_px * 0.654 / look.px_per_mm > 6.2 - 0.654 / look.px_per_mm


def test_a_larger_panel_of_the_same_shape_shows_the_same_composition() -> None:
    assert Look(1080, 1920, 27).size("tile_h") == REFERENCE.size("tile_h") == 208


def test_the_composition_stops_growing_where_the_arm_ends() -> None:
    tall = Look(1080, 1920, 43)
    ground = tokens()["touch_panel"]["ground_mm"] * tall.unit
    assert ground <= tall.reach
    assert math.isclose(tall.reach / tall.px_per_mm, 480, abs_tol=1)


def test_a_panel_under_the_least_diagonal_is_too_small() -> None:
    assert Look(1080, 1920, 15.5).too_small
    assert not Look(1080, 1920, 15.6).too_small


def test_a_picture_is_drawn_once_and_found_again(tmp_path: Path) -> None:
    first = Pictures(tmp_path).drawn("stamp", ("#0F5249",), 64, 64)
    drawn_at = first.stat().st_mtime_ns
    assert Pictures(tmp_path).drawn("stamp", ("#0F5249",), 64, 64) == first
    assert first.stat().st_mtime_ns == drawn_at
    assert [path.suffix for path in tmp_path.iterdir()] == [".png"]


def test_another_colour_or_size_is_another_picture(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path)
    made = {
        pictures.drawn("satisfied", ("#FBE6B4", "#22302D", "#C79A3E"), 64, 64),
        pictures.drawn("satisfied", ("#000000", "#FFFFFF", "#FFE14A"), 64, 64),
        pictures.drawn("satisfied", ("#000000", "#FFFFFF", "#FFE14A"), 65, 65),
        pictures.shape(Shape(24, "#FFFDF8", "#8A7B5C", 2, 4, "#D8CBAE")),
        pictures.shape(Shape(24, "#FFFDF8", "#8A7B5C", 2)),
    }
    assert len(made) == 5


def test_the_answers_pictures_weigh_the_same(tmp_path: Path) -> None:
    from PIL import Image

    def share(name: str, inks: tuple[str, ...], dark: int) -> float:
        image = Image.open(Pictures(tmp_path).drawn(name, inks, 240, 240)).convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        grey = Image.alpha_composite(paper, image).convert("L").histogram()
        return sum(grey[:dark]) / sum(grey)

    faces = [share(name, ("#FBE6B4", "#22302D", "#C79A3E"), 90) for name in ("satisfied", "neutral", "dissatisfied")]
    assert max(faces) - min(faces) < 0.01
    marks = [share(f"mark:{name}", ("#FFFDF8", "#0F5249", "#C79A3E"), 110) for name in ("check", "cross")]
    assert max(marks) - min(marks) < 0.02
