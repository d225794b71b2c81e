"""Rating: one question, its answers in one row, all alike; Bỏ qua is not an answer.

Every answer has the same fill, edge and size, its picture the same weight and its word
the same letters, so that none is easier to find or to touch than another.
"""

from __future__ import annotations

from kiosk.visit_events import AnswerChosen, BackPressed, Skipped
from screens.touch.board import Title, put_board
from screens.touch.drawing import Art, Box, Item, around
from screens.touch.frame import button_row, ground_box, put_footer, put_ground
from screens.touch.parts import Button, centred, put_button, put_key
from screens.touch.pictures import FACES
from screens.touch.scene import AnswerCard, QuestionCard, Scene
from screens.touch.sheet import BOLD, CENTRE, LEFT, SEMIBOLD, Sheet, Type
from screens.touch.steps import put_steps

MOST_IN_LARGE_ROW = 3


def draw_overall(sheet: Sheet, scene: Scene) -> None:
    """The overall question, always the first."""
    row = _draw_question(sheet, scene, "lock-key", scene.words.say("rating_overall.private"))
    put_button(sheet, row, Button(name="skip", event=Skipped(), word=scene.words.say("rating_overall.skip")))
    put_footer(sheet)


def draw_criterion(sheet: Sheet, scene: Scene) -> None:
    """A question about one promise."""
    say = scene.words.say
    row = _draw_question(sheet, scene, "info", say("rating_criterion.few"))
    gap = sheet.look.gap
    back = Box(row.x, row.y, sheet.size("back_w"), row.h)
    skip = Box(back.right + gap, row.y, row.right - back.right - gap, row.h)
    put_button(sheet, back, Button(name="back", event=BackPressed(), word=say("common.back"), icon="caret-left"))
    put_button(sheet, skip, Button(name="skip", event=Skipped(), word=say("rating_criterion.skip")))
    put_footer(sheet)


def _draw_question(sheet: Sheet, scene: Scene, icon: str, note: str) -> Box:
    """Everything but the lowest row, which is returned."""
    question = scene.question or QuestionCard("", "", (), 1, 1)
    top = put_board(sheet, scene, Title(question.eyebrow, question.text))
    put_ground(sheet, top)
    area = ground_box(sheet, top)
    row = button_row(sheet, area)
    labels = tuple(scene.words.say("rating_overall.step", n=n + 1) for n in range(question.steps))
    below = put_steps(sheet, area, labels, question.step - 1)
    type_ = sheet.type("note", SEMIBOLD)
    lines = type_.fold(note, area.w - sheet.size("note_x") - sheet.size("m"))
    note_h = type_.height(len(lines)) + 3 * sheet.look.gap
    answers_h = min(sheet.size("answer_h"), row.y - below - note_h)
    answers = Box(area.x, below, area.w, answers_h)
    if question.answers:
        _put_answers(sheet, question.answers, answers)
    _put_note(sheet, icon, (type_, lines), Box(area.x, answers.bottom, area.w, row.y - answers.bottom))
    return row


def _put_note(sheet: Sheet, icon: str, text: tuple[Type, tuple[str, ...]], area: Box) -> None:
    side = sheet.size("lock")
    block = text[0].height(len(text[1])) // 2 + sheet.look.gap
    middle = max(area.y + block, area.y + round(area.h * sheet.share("note_wide" if sheet.look.landscape else "note")))
    x = area.x + sheet.size("note_pad")
    sheet.add(Art(around((x + side // 2, middle), side, side), icon, ("action",)))
    sheet.add(*centred(text[1], text[0], (area.x + sheet.size("note_x"), middle), "ink2", LEFT))


def _put_answers(sheet: Sheet, answers: tuple[AnswerCard, ...], area: Box) -> None:
    gap, pad = sheet.look.gap, sheet.size("answer_pad")
    width = (area.w - gap * (len(answers) - 1)) // len(answers)
    face = answers[0].picture in FACES
    role = "face_3" if face and len(answers) <= MOST_IN_LARGE_ROW else "mark" if not face else "face_5"
    picture = min(sheet.size(role), width - 2 * pad)
    between = sheet.size("answer_gap")
    type_ = _one_type(sheet, answers, width - 2 * pad, area.h - between - 2 * pad - sheet.size("mark") // 2)
    folded = [type_.fold(answer.word, width - 2 * pad) for answer in answers]
    words_h = max(map(len, folded)) * type_.leading
    picture = min(picture, area.h - words_h - between - 2 * pad)
    top = area.y + (area.h - picture - between - words_h) // 2
    for place, (answer, lines) in enumerate(zip(answers, folded, strict=True)):
        box = Box(area.x + place * (width + gap), area.y, width, area.h)
        name = answer.picture if answer.picture in FACES else f"mark:{answer.picture}"
        inks = ("face", "face_ink", "bronze") if answer.picture in FACES else ("surface", "action", "bronze")
        content: list[Item] = [Art(around((box.mid[0], top + picture // 2), picture, picture), name, inks)]
        middle = (box.mid[0], top + picture + between + words_h // 2)
        content += centred(lines, type_, middle, "ink", CENTRE)
        put_key(sheet, f"answer:{answer.id}", box, AnswerChosen(answer.id), content, size="answer")


def _one_type(sheet: Sheet, answers: tuple[AnswerCard, ...], room: int, height: int) -> Type:
    """The letters that fit the longest word, for all: no answer is louder than another."""
    type_ = sheet.type("answer_word", BOLD, 1.18)
    fitted = (type_.fitted(answer.word, room, height)[0] for answer in answers)
    return min(fitted, key=lambda found: found.size)
