"""The sheets as finished PDFs: whole, tagged, the same when printed again, facts never run."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from ketadesk import resources
from ketadesk.paper import composition, raster
from ketadesk.paper.errors import PaperError, PaperRefused
from ketadesk.paper.facts import ClinicFacts, MedicineGiven, NextVisit, SheetFacts
from ketadesk.paper.render import render, render_again
from tests.paper import reading_pdfs
from tests.paper.sample_facts import (
    AFTERCARE,
    CLINIC,
    EVERYTHING_GIVEN,
    NEXT_VISIT,
    PICKUP,
    PRINTED,
    at,
)

SHEETS = {"aftercare": AFTERCARE, "pickup": PICKUP}
EVERY_WAY = list(product(SHEETS, ("en", "es"), ("letter", "a4")))
POINTS = {"letter": (612, 792), "a4": (595, 842)}
LONG_NAME = "Maximiliana Wolfeschlegelsteinhausenbergerdorff " * 4 + "Ana Lucía"
TYPST_CODE = '#panic("x") $x$ *_b_* `raw` <label> @ref \\ // /* "q" [c] {d} ~ #sys.inputs'


def named(facts: SheetFacts, name: str) -> SheetFacts:
    """The same visit for someone, with an escort, of this name."""
    if facts is AFTERCARE:
        return replace(AFTERCARE, patient_name=name, patient_called=name, escort_name=name)
    return replace(PICKUP, patient_called=name, escort_name=name, ask_for=name)


@pytest.mark.parametrize(("kind", "language", "paper"), EVERY_WAY)
def test_every_word_is_on_one_tagged_page(kind: str, language: str, paper: str) -> None:
    sheet = render(SHEETS[kind], language=language, paper=paper)
    assert (sheet.kind, sheet.language, sheet.paper, sheet.pages) == (kind, language, paper, 1)
    printed = reading_pdfs.text(sheet.pdf)
    for text in composition.texts_of(json.loads(sheet.input_json)):
        if "{page}" not in text:
            assert reading_pdfs.squeezed(text) in printed
    assert reading_pdfs.is_tagged(sheet.pdf)
    assert reading_pdfs.language(sheet.pdf) == language
    assert b"pdfuaid" in sheet.pdf
    page = raster.pages(sheet.pdf, dpi=72)[0]
    assert abs(page.width - POINTS[paper][0]) <= 1 and abs(page.height - POINTS[paper][1]) <= 1


@pytest.mark.parametrize("kind", SHEETS)
def test_headings_lists_and_pictures_are_tagged(kind: str) -> None:
    tags = reading_pdfs.tags(render(SHEETS[kind]).pdf)
    kinds = [name for name, _ in tags]
    assert kinds.count("H1") == 1
    assert kinds.count("H2") >= 3
    assert kinds.count("LI") >= 10
    pictures = [alternative for name, alternative in tags if name == "Figure"]
    assert len(pictures) == (kind == "pickup")
    assert all("calendar entry" in alternative for alternative in pictures)


@pytest.mark.parametrize("kind", SHEETS)
def test_the_file_itself_names_no_patient(kind: str) -> None:
    sheet = render(named(SHEETS[kind], "Quetzalcoatl"))
    about = json.dumps(reading_pdfs.metadata(sheet.pdf))
    assert "Quetzalcoatl" not in about
    assert reading_pdfs.metadata(sheet.pdf)["Title"] in ("Aftercare sheet", "Pickup card")
    assert "Date" not in about
    assert b"Quetzalcoatl" not in sheet.pdf.split(b"<x:xmpmeta")[1].split(b"</x:xmpmeta>")[0]


@pytest.mark.parametrize(("kind", "language", "paper"), EVERY_WAY)
def test_the_same_facts_give_the_same_bytes(kind: str, language: str, paper: str) -> None:
    first = render(SHEETS[kind], language=language, paper=paper)
    assert render(SHEETS[kind], language=language, paper=paper) == first
    assert render_again(first.input_json) == first.pdf


@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"kind":"aftercare","template":99}'])
def test_what_no_template_can_draw_is_refused(kept: str) -> None:
    with pytest.raises(PaperRefused) as refused:
        render_again(kept)
    assert refused.value.code == "template_unknown"


def test_what_was_kept_only_in_part_is_not_drawn_with_holes() -> None:
    document = json.loads(render(AFTERCARE).input_json)
    del document["footer"]
    with pytest.raises(PaperError, match="not_laid_out"):
        render_again(json.dumps(document))


@pytest.mark.parametrize(("kind", "language"), list(product(SHEETS, ("en", "es"))))
def test_body_text_is_at_least_twelve_points(kind: str, language: str) -> None:
    sheet = render(SHEETS[kind], language=language)
    document = json.loads(sheet.input_json)
    small_print = [*document["footer"]["text"], *document["head"].get("contact", [])]
    allowed = sum(len(run["text"]) for run in small_print)
    allowed += len(document["footer"]["draft"] + document.get("code", {}).get("fold", ""))
    sizes = reading_pdfs.font_sizes(sheet.pdf)
    assert min(sizes) >= 8
    assert sum(count for size, count in sizes.items() if size < 12) <= allowed + len(" · 1 of 1")
    assert sum(sizes.values()) > 5 * allowed


@pytest.mark.parametrize(("kind", "paper"), list(product(SHEETS, ("letter", "a4"))))
@pytest.mark.parametrize("name", [LONG_NAME, "A" * 200, "W" * 60, "Łukasz Żółć-O’Brien"])
def test_long_names_stay_inside_the_paper(kind: str, paper: str, name: str) -> None:
    sheet = render(named(SHEETS[kind], name), paper=paper)
    assert sheet.pages <= 2
    assert reading_pdfs.squeezed(name) in reading_pdfs.text(sheet.pdf)
    boxes = list(reading_pdfs.letter_boxes(sheet.pdf))
    left, bottom, right, top = (min(box[edge] for box in boxes) for edge in range(4))
    assert left >= 50 and right >= 50
    assert top >= 9 and bottom >= 18


@pytest.mark.parametrize("kind", SHEETS)
def test_names_are_never_run_as_code(kind: str) -> None:
    printed = reading_pdfs.text(render(named(SHEETS[kind], TYPST_CODE)).pdf)
    assert reading_pdfs.squeezed(TYPST_CODE) in printed


@pytest.mark.parametrize("kind", SHEETS)
def test_names_are_never_marks_or_placeholders(kind: str) -> None:
    printed = reading_pdfs.text(render(named(SHEETS[kind], "**{clinic}** {page}")).pdf)
    assert "**{clinic}**{page}" in printed


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize(
    ("name", "lacking"), [("محمد", "حدم"), ("山田", "山田"), ("Ana 😀", "😀"), ("A\x00na", "\x00")]
)
def test_letters_without_glyphs_are_refused(kind: str, name: str, lacking: str) -> None:
    with pytest.raises(PaperRefused) as refused:
        render(named(SHEETS[kind], name))
    assert refused.value.code == "glyphs_missing"
    assert refused.value.values == {"characters": lacking}


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Jose\u0301", "José"),
        ("A\u200bn\u202ea", "Ana"),
        ("  Ana\t\n Lucía\u00a0", "Ana Lucía"),
    ],
)
def test_invisible_marks_do_not_reach_the_paper(typed: str, printed: str) -> None:
    document = composition.compose(named(AFTERCARE, typed), language="en", paper="letter")
    assert document["head"]["name"][0]["text"] == printed


def test_everything_at_once_still_fits_two_pages() -> None:
    facts = replace(
        AFTERCARE,
        escort_stays_overnight=False,
        medicines_given=EVERYTHING_GIVEN,
        blood_pressure_high_at_release="148/92",
    )
    for language, paper in product(("en", "es"), ("letter", "a4")):
        sheet = render(facts, language=language, paper=paper)
        assert sheet.pages <= 2
        printed = reading_pdfs.text(sheet.pdf)
        assert all(given.name in printed for given in EVERYTHING_GIVEN)
        assert "148/92" in printed


def test_amounts_in_a_medicine_name_are_left_out() -> None:
    for name in ("ondansetron 4 mg", "ondansetron (4mg)", "ondansetron 0.1 mg/kg"):
        given = MedicineGiven(kind="nausea", name=name, at=at(14, 10, 38))
        printed = reading_pdfs.text(render(replace(AFTERCARE, medicines_given=(given,))).pdf)
        assert "Wegaveyouondansetronfornauseaat10:38am." in printed


@pytest.mark.parametrize(
    ("facts", "code", "named_fact"),
    [
        (replace(AFTERCARE, patient_name="  "), "fact_missing", "patient_name"),
        (replace(PICKUP, patient_called=""), "fact_missing", "patient_called"),
        (
            replace(AFTERCARE, clinic=replace(CLINIC, phone_day="")),
            "fact_missing",
            "phone_day",
        ),
        (
            replace(AFTERCARE, clinic=replace(CLINIC, emergency_number="")),
            "fact_missing",
            "emergency_number",
        ),
        (
            replace(AFTERCARE, no_driving_before=at(13, 11, 50)),
            "times_out_of_order",
            "no_driving_before",
        ),
        (
            replace(AFTERCARE, next_visit=replace(NEXT_VISIT, no_solids_after=at(18, 11))),
            "times_out_of_order",
            "no_solids_after",
        ),
        (replace(PICKUP, ready_until=at(14, 11, 30)), "times_out_of_order", "ready_until"),
        (
            replace(AFTERCARE, no_driving_before=at(15, 11).replace(tzinfo=None)),
            "time_without_zone",
            "no_driving_before",
        ),
    ],
)
def test_wrong_facts_are_refused_by_name(facts: SheetFacts, code: str, named_fact: str) -> None:
    with pytest.raises(PaperRefused) as refused:
        render(facts)
    assert refused.value.code == code
    assert refused.value.values["fact"] == named_fact


@pytest.mark.parametrize(
    ("clinic", "code"),
    [
        (replace(CLINIC, accent="teal"), "accent_unreadable"),
        (replace(CLINIC, accent='#000000"'), "accent_unreadable"),
        (replace(CLINIC, zone="Mars/Olympus"), "zone_unknown"),
        (replace(CLINIC, zone="../../etc/passwd"), "zone_unknown"),
    ],
)
def test_wrong_clinic_settings_are_refused(clinic: ClinicFacts, code: str) -> None:
    with pytest.raises(PaperRefused) as refused:
        render(replace(AFTERCARE, clinic=clinic))
    assert refused.value.code == code


def test_an_unknown_paper_and_a_strange_pressure_are_refused() -> None:
    with pytest.raises(PaperRefused, match="paper_unknown"):
        render(AFTERCARE, paper="legal")
    with pytest.raises(PaperRefused, match="blood_pressure_unreadable"):
        render(replace(AFTERCARE, blood_pressure_high_at_release="high, 148"))


def test_too_much_for_two_pages_is_refused() -> None:
    given = tuple(
        MedicineGiven(kind="other", name=f"medicine {index}", at=at(14, 10)) for index in range(150)
    )
    with pytest.raises(PaperRefused, match="too_long"):
        render(replace(AFTERCARE, medicines_given=given))


@pytest.mark.parametrize(
    ("stays", "sentence"),
    [
        (True, "Marta plans to be with you until morning."),
        (False, "Marta cannot stay, so ask someone else now."),
        (None, "Ask Marta to stay with you."),
    ],
)
def test_the_night_is_planned_with_the_escort(stays: bool | None, sentence: str) -> None:
    printed = reading_pdfs.text(render(replace(AFTERCARE, escort_stays_overnight=stays)).pdf)
    assert reading_pdfs.squeezed(sentence) in printed


def test_without_escort_night_phone_and_next_visit_nothing_is_left_open() -> None:
    bare = replace(CLINIC, phone_night="", crisis_line="116 123", entrance="")
    facts = replace(AFTERCARE, clinic=bare, escort_name=None, next_visit=None, medicines_given=())
    printed = reading_pdfs.text(render(facts).pdf)
    assert "Readthiswithanadultyoutrust." in printed
    assert "Call116123,anytime." in printed
    assert "Nonextvisitisbooked.Callustobook." in printed
    assert "cometoeachvisit" not in printed
    assert "None" not in printed.replace("Nonext", "") and "night310" not in printed
    card = replace(PICKUP, clinic=bare, escort_name=None, ask_for=None, ready_until=at(14, 11, 45))
    printed = reading_pdfs.text(render(card).pdf)
    assert "Readyat11:45am" in printed
    assert "Askfor" not in printed and "Door" not in printed and "None" not in printed


def test_times_are_the_clinic_s_even_when_given_in_another_zone() -> None:
    from datetime import UTC

    elsewhere = replace(AFTERCARE, no_driving_before=at(15, 11, 50).astimezone(UTC))
    assert render(elsewhere).pdf == render(AFTERCARE).pdf


def test_a_visit_outside_a_course_has_no_number() -> None:
    alone = NextVisit(
        starts=at(18, 10),
        number=None,
        of=None,
        no_solids_after=at(18, 0),
        no_alcohol_from=at(18, 10) - timedelta(days=9),
    )
    printed = reading_pdfs.text(render(replace(AFTERCARE, next_visit=alone)).pdf)
    assert "Tuesday18May,10:00am.Nofood" in printed.replace("•", "")
    assert "NofoodafterTuesday12:00midnight(Mondaynight)." in printed
    assert "Noalcoholordrugs" in printed and "fromSunday9May,10:00am." in printed


def test_spanish_says_that_it_is_a_draft_until_someone_reviewed_it() -> None:
    for facts in SHEETS.values():
        assert "borrador" in reading_pdfs.text(render(facts, language="es").pdf)
        assert "draft" not in reading_pdfs.text(render(facts).pdf)


def test_the_card_names_no_diagnosis_treatment_or_dose() -> None:
    for language in ("en", "es"):
        sheet = render(PICKUP, language=language)
        for word in ("ketamin", "infus", "depress", "depres", "mg", "dose", "dosis", "session"):
            assert word not in reading_pdfs.text(sheet.pdf).lower()


def test_template_versions_exist_as_files() -> None:
    for kind in SHEETS:
        version = composition.TEMPLATE_VERSION
        assert resources.path("sheets", f"{kind}-{version}.typ").is_file()


def test_who_printed_it_and_when_is_in_the_footer() -> None:
    other = replace(PRINTED, name="Ben T.", at=at(14, 12, 0))
    printed = reading_pdfs.text(render(replace(AFTERCARE, printed=other)).pdf)
    assert "version1(English)·printed14May2027,12:00noonbyBenT." in printed
