"""Calls aloud: the sentence of domain section 9, and the clips that make the same sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.spoken import PAUSE, VOICES, Manner, call_aloud, clip_names
from kiosk.vietnamese import SOUTH

CALLS = [
    ("A021", "1", "Xin mời số a, hai mươi mốt, đến quầy số một.", "xin-moi so A 2 muoi mot | den-quay-so 1"),
    ("B042", "3", "Xin mời số bê, bốn mươi hai, đến quầy số ba.", "xin-moi so B 4 muoi 2 | den-quay-so 3"),
    ("C005", "10", "Xin mời số xê, năm, đến quầy số mười.", "xin-moi so C 5 | den-quay-so 10"),
    ("G015", "5", "Xin mời số giê, mười lăm, đến quầy số năm.", "xin-moi so G 10 lam | den-quay-so 5"),
    ("H105", "21", "Xin mời số hát, một trăm linh năm, đến quầy số hai mươi mốt.",
     "xin-moi so H 1 tram linh 5 | den-quay-so 2 muoi mot"),
    ("K124", "4", "Xin mời số ca, một trăm hai mươi tư, đến quầy số bốn.",
     "xin-moi so K 1 tram 2 muoi tu | den-quay-so 4"),
    ("L6001", "2", "Xin mời số lờ, sáu nghìn không trăm linh một, đến quầy số hai.",
     "xin-moi so L 6 nghin 0 tram linh 1 | den-quay-so 2"),
    ("MN014", "6", "Xin mời số mờ nờ, mười bốn, đến quầy số sáu.", "xin-moi so M N 10 4 | den-quay-so 6"),
]  # fmt: skip
ENGLISH = [
    ("B042", "3", "Number B 42, to counter 3.", "number B 40 2 | to-counter 3"),
    ("A005", "12", "Number A 5, to counter 12.", "number A 5 | to-counter 12"),
    ("H105", "1", "Number H 105, to counter 1.", "number H 1 hundred and 5 | to-counter 1"),
    ("B200", "1", "Number B 200, to counter 1.", "number B 2 hundred | to-counter 1"),
    ("L6021", "2", "Number L 6021, to counter 2.", "number L 6 thousand and 20 1 | to-counter 2"),
    ("K020", "20", "Number K 20, to counter 20.", "number K 20 | to-counter 20"),
]

numbers = st.builds(lambda letter, count: f"{letter}{count:03d}", st.sampled_from("ABCEGHKLMNPRSTUVXY"),
                    st.integers(1, 99_999))  # fmt: skip
manners = st.builds(Manner, st.sampled_from([Manner().speech, SOUTH]), st.booleans())


def _clips(line: str) -> tuple[str, ...]:
    return tuple(PAUSE if word == "|" else word for word in line.split())


@pytest.mark.parametrize(("number", "counter", "text", "clips"), CALLS)
def test_a_call_is_said_by_the_rules(number: str, counter: str, text: str, clips: str) -> None:
    said = call_aloud(number, counter, "vi")
    assert (said.text, said.clips) == (text, _clips(clips))


@pytest.mark.parametrize(("number", "counter", "text", "clips"), ENGLISH)
def test_a_call_is_said_in_english_on_request(number: str, counter: str, text: str, clips: str) -> None:
    said = call_aloud(number, counter, "en")
    assert (said.text, said.clips) == (text, _clips(clips))


def test_the_repetition_says_that_it_is_one() -> None:
    said = call_aloud("B042", "3", "vi", again=True)
    assert said.text == "Xin nhắc lại: số bê, bốn mươi hai, đến quầy số ba."
    assert said.clips[:3] == ("xin-nhac-lai", "so", "B")
    assert call_aloud("B042", "3", "en", again=True).clips[:2] == ("again", "number")


def test_the_south_says_it_its_own_way() -> None:
    said = call_aloud("B1105", "3", "vi", manner=Manner(SOUTH))
    assert said.text == "Xin mời số bê, một ngàn một trăm lẻ năm, đến quầy số ba."
    assert said.clips == _clips("xin-moi so B 1 ngan 1 tram le 5 | den-quay-so 3")


def test_in_noise_every_digit_is_said() -> None:
    assert call_aloud("A021", "1", "vi", manner=Manner(by_digit=True)).text.startswith("Xin mời số a, không hai một,")
    assert call_aloud("A021", "1", "en", manner=Manner(by_digit=True)).clips[:5] == ("number", "A", "0", "2", "1")


def test_a_counter_with_a_name_is_left_to_a_speech_engine() -> None:
    said = call_aloud("B042", "Phòng 2", "vi")
    assert said.text.endswith("đến quầy số Phòng 2.")
    assert said.clips == ()


@pytest.mark.parametrize(("number", "language"), [("B42x", "vi"), ("", "vi"), ("đ042", "vi"), ("B042", "fr")])
def test_what_is_no_call_is_refused(number: str, language: str) -> None:
    with pytest.raises(ValueError, match="is not called"):
        call_aloud(number, "1", language)


@given(numbers, st.integers(0, 99), st.sampled_from(VOICES), st.booleans(), manners)
def test_every_call_can_be_made_from_the_listed_clips(
    number: str, counter: int, language: str, again: bool, manner: Manner
) -> None:
    clips = call_aloud(number, str(counter), language, again=again, manner=manner).clips
    assert set(clips) <= {*clip_names(language), PAUSE}


def test_about_forty_clips_speak_vietnamese() -> None:
    assert 38 <= len(set(clip_names("vi"))) <= 46
    assert len(set(clip_names("vi"))) == len(clip_names("vi"))
    assert len(set(clip_names("en"))) == len(clip_names("en"))


@given(numbers, st.integers(1, 99))
def test_clips_and_words_of_a_call_are_equally_many(number: str, counter: int) -> None:
    said = call_aloud(number, str(counter), "vi")
    words = said.text.replace("Xin mời", "Xin-mời").replace("đến quầy số", "đến-quầy-số").replace("i dài", "y").split()
    assert len(words) == len([clip for clip in said.clips if clip != PAUSE])
