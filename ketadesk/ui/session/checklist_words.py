"""What each item of the checklist asks, and what the clinic file already knows about it."""

from datetime import datetime, timedelta

from ketadesk.domain.dosing import show
from ketadesk.domain.flags import gate
from ketadesk.domain.protocols import Segment
from ketadesk.domain.rules import Rules
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Answer, ChecklistAnswer, ChecklistItem
from ketadesk.i18n import tr
from ketadesk.ui import words as screen_words
from ketadesk.ui.session import words
from ketadesk.ui.session.weight import both
from ketadesk.ui.theme import Tone
from ketadesk.ui.workplace import Workplace


def short(item: ChecklistItem) -> str:
    """The item in a word."""
    said = screen_words.word(item)
    return said[:1].lower() + said[1:]


def question(item: ChecklistItem) -> str:
    """What is asked."""
    return {
        ChecklistItem.IDENTITY: tr("Name and birth date read back"),
        ChecklistItem.CONSENT: tr("Consent signed and current"),
        ChecklistItem.WEIGHT: tr("Weighed today"),
        ChecklistItem.ALLERGIES: tr("Allergies reviewed"),
        ChecklistItem.MEDICATIONS: tr("Medications reviewed"),
        ChecklistItem.FASTING: tr("Fasting"),
        ChecklistItem.ALCOHOL: tr("No alcohol or drugs"),
        ChecklistItem.ESCORT: tr("Escort named and reachable"),
        ChecklistItem.PREGNANCY: tr("Pregnancy and nursing asked"),
        ChecklistItem.BASELINE: tr("Baseline vitals taken"),
        ChecklistItem.MOOD: tr("Mood and thoughts of suicide asked"),
        ChecklistItem.CHANGES: tr("Changes since last visit asked"),
    }[item]


def detail_placeholder(item: ChecklistItem) -> str:
    """What the detail field is for."""
    return {
        ChecklistItem.IDENTITY: tr("how"),
        ChecklistItem.CONSENT: tr("date, version"),
        ChecklistItem.WEIGHT: tr("70 kg or 154.3 lb"),
        ChecklistItem.ALLERGIES: tr("what changed"),
        ChecklistItem.MEDICATIONS: tr("what was taken today"),
        ChecklistItem.FASTING: tr("last meal, last drink"),
        ChecklistItem.ALCOHOL: tr("what and when last"),
        ChecklistItem.ESCORT: tr("who, when"),
        ChecklistItem.PREGNANCY: tr("how it was answered"),
        ChecklistItem.BASELINE: tr("remark"),
        ChecklistItem.MOOD: tr("scale, total, by whom"),
        ChecklistItem.CHANGES: tr("medicine, illness, fall"),
    }[item]


def hint(item: ChecklistItem, record: SessionRecord, workplace: Workplace) -> str:
    """The clinic's own window, or what is on file, beside the question."""
    rules = workplace.clinic_frame.rules
    planned = planned_start(record, workplace)
    if item is ChecklistItem.FASTING:
        return _fasting(rules, planned)
    if item is ChecklistItem.ALCOHOL:
        since = planned - timedelta(hours=rules.alcohol_hours)
        return tr("{hours} h: none since {since}", hours=rules.alcohol_hours, since=_when(since))
    if item is ChecklistItem.WEIGHT:
        kg = record.weight
        return both(kg) if kg is not None else _weight_before(record)
    if item is ChecklistItem.BASELINE:
        return _baseline(record, rules, workplace)
    return _on_file(item, record)


def planned_start(record: SessionRecord, workplace: Workplace) -> datetime:
    """When the infusion starts: as planned, or now when that has passed."""
    spans = dict(record.visit.appointment.segment_spans())
    started = record.session.infusion_started_at
    if started is not None:
        return workplace.local(started)
    planned = workplace.local(spans[Segment.INFUSION].starts)
    return max(planned, workplace.local(record.session.opened_at))


def _fasting(rules: Rules, planned: datetime) -> str:
    solids = planned - timedelta(hours=rules.fasting_solids_hours)
    clear = planned - timedelta(hours=rules.fasting_clear_hours)
    return tr(
        "{solid_hours} h for solids: nothing since {solids}\n"
        "{clear_hours} h for clear fluids: nothing since {clear}",
        solid_hours=rules.fasting_solids_hours,
        solids=screen_words.clock(solids),
        clear_hours=rules.fasting_clear_hours,
        clear=screen_words.clock(clear),
    )


def _when(moment: datetime) -> str:
    return f"{screen_words.weekday(moment.weekday(), short=True)} {screen_words.clock(moment)}"


def _weight_before(record: SessionRecord) -> str:
    order = record.previous.order if record.previous else None
    return tr("last time {kg} kg", kg=show(order.weight)) if order else ""


def _baseline(record: SessionRecord, rules: Rules, workplace: Workplace) -> str:
    reading = record.baseline
    if reading is None:
        return tr("type them in the line below (F2)")
    at = screen_words.clock(workplace.local(reading.taken_at))
    said = f"{at}  {words.reading(reading.vitals)}"
    crossed = [words.flag(flag) for flag in gate(reading.vitals, rules)]
    return "\n".join([said, *crossed[:1]])


def _on_file(item: ChecklistItem, record: SessionRecord) -> str:
    visit, patient = record.visit, record.patient
    if item is ChecklistItem.IDENTITY:
        born = patient.birth_date
        return screen_words.person(patient.name) + (
            f" · {screen_words.date_text(born, short=True)}" if born else ""
        )
    if item is ChecklistItem.CONSENT:
        return tr("approved by {name}", name=patient.approved_by) if patient.approved_by else ""
    if item is ChecklistItem.ALLERGIES:
        listed = ", ".join(entry.substance for entry in record.allergies if entry.active)
        return listed or tr("none on file")
    if item is ChecklistItem.MEDICATIONS:
        listed = ", ".join(entry.name for entry in record.medications if entry.active)
        return listed or tr("none on file")
    if item is ChecklistItem.ESCORT:
        if not visit.escort_name:
            return tr("no escort named")
        state = screen_words.word(visit.appointment.escort_state)
        parts = [screen_words.person(visit.escort_name), state, visit.escort_phone]
        return " · ".join(part for part in parts if part)
    return ""


def answer_icon(answer: ChecklistAnswer | None) -> tuple[str, Tone]:
    """The picture before an item."""
    if answer is None:
        return "circle", "muted"
    if answer.answer is Answer.MET:
        return "circle-check", "accent"
    if answer.answer is Answer.NOT_APPLICABLE:
        return "minus", "muted"
    return ("circle-alert", "red") if answer.holds_back else ("shield-check", "amber")


def answer_words(answer: ChecklistAnswer | None) -> str:
    """The answer as it is said to whoever listens."""
    if answer is None:
        return tr("not answered")
    if answer.answer is Answer.MET:
        return tr("met")
    if answer.answer is Answer.NOT_APPLICABLE:
        return tr("not applicable")
    return tr("not met, holds back the start") if answer.holds_back else tr("not met, overridden")
