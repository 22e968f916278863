"""Tell how a sign is spoken of: reported, asked about in general, denied, past, of another person, or unclear.

By the words around it in its clause, and by what the whole message tells of time and purpose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Final

from faqbot.answering import signs
from faqbot.answering.clauses import CHILDREN, CLOSE, NOW, OTHERS, SELF, SUBJECTS, Clause, Said
from faqbot.answering.signs import Hit, Level, Signs
from faqbot.answering.splitting import AUXILIARIES
from faqbot.text import QUESTION_WORDS, word_set

REACH: Final = 8  # words from the subject to the sign: "my whole face has been red and swollen"
OPENERS: Final = AUXILIARIES | QUESTION_WORDS  # words that open a question
BARE: Final = 3  # words of a fragment that is asked as likely as said


class Frame(IntEnum):
    """How a sign is spoken of, the weightier the higher."""

    OTHERWISE = 0  # asked about in general, denied, past, of another person, a habit
    UNCLEAR = 1
    REPORT = 2


_LED: Final = word_set("i my it he she his her we our the this there")  # they begin what a lead tells
_BE: Final = word_set("am is are was were been")
_FINITE: Final = _BE | word_set("""
    has have had got feel feels felt keeps keep kept started starts looks look became become turned turns turning
    getting went gone goes going came began begins seems seem looked start have
    """)
_PRESENT: Final = word_set(
    "am is are has have keeps keep feels feel still cannot now wont looks look getting going not"
)
_NEGATIONS: Final = word_set("no not never without nor none nothing")
_NOT_DENYING: Final = word_set("not only just sure know understand think stop sleep work help working see because")
_RESOLVED: Final = word_set("stopped gone healed finished better disappeared resolved away")
_AGAIN: Final = word_set("again still back yet worse not")
# Before a sign they make it a possibility, a fear or hearsay.
_POSSIBLE: Final = word_set("""
    if whether unless until case suppose supposing risk risks chance chances likelihood likely danger possible
    possibility prevent avoid preventing avoiding sign signs symptom symptoms imagine wonder wondering cause causes
    causing treat treats treating without before effect effects complication complications
    """)
_FEARS: Final = word_set("afraid scared worried worry fear fears terrified nervous frightened anxious concerned")
_MODALS: Final = word_set("will would could may might shall should can must")
_THINKING: Final = word_set("think feel feels like")
_HEARSAY: Final = word_set("heard hear read saw seen say says said told tells know knew watched")
_HABIT: Final = word_set("""
    when whenever easily always sometimes usually often normally winter summer prone tend tends family chronic generally
    naturally every each daily monthly period weather cold heat asthma copd epilepsy migraine carpal arthritis condition
    night allergies sensitive
    """)
_LATELY: Final = word_set("since today now tonight yesterday last sudden suddenly worse help again")
_MILD: Final = word_set(
    "less bit little slightly slight mild mildly tiny minor small somewhat lightly kinda almost nearly"
)
_NOT_SO: Final = word_set(
    "normal ok okay fine common usual bad dangerous safe right true serious alright weird strange"
)
_EXPECTED: Final = word_set("normal common usual ok okay fine expected")
_STRONG: Final = word_set("""
    really so very badly bad extremely terribly unbearable awful horrible horribly severe severely worse worst insane
    crying cry screaming hell spreading everywhere agony stop throbbing insanely super much intense
    """)
_LEAD: Final = word_set("""
    help please hi hello hey omg oh god doctor ok okay so and but also because lots of well yes um pls hiya sorry then
    cause
    """)
# Bare, they are what people type into a search box.
_TITLES: Final = word_set("""
    stroke sepsis overdose poison poisoning anaphylaxis paralysis ambulance attack artery necrosis tetanus
    concussion burn eye eyes blood gangrene meningitis palpitations palpitation collapse haemorrhage hemorrhage suicide
    """)


_FATAL: Final = word_set("kill killing die dead end suicide suicidal live exist")
_NOBODY: Final = word_set("people they women girls others everyone anyone anybody who")
_TELLING: Final = _HEARSAY | {"think", "believe", "guess"}
_HAVING: Final = word_set("got have having feeling feel still keep been started just getting")
# Where no body is the theme, these of somebody count all the same, unless the message is about a thing.
_OF_BODIES_ONLY: Final = frozenset(
    {"breathing", "heart", "allergy", "consciousness", "bleeding", "poisoning", "colour"}
)  # fmt: skip
_MACHINES: Final = word_set("""
    app apps pc usb file files drive virus malware disk api account card bug code software server process program
    computer laptop system update build deploy database script printer
    thread job task child test tests compiler login password page site website
    """)


def spoken(words: tuple[str, ...], said: Said, own: Signs, *, is_of_bodies: bool) -> Iterator[tuple[Frame, Hit]]:
    """Yield each sign in a clause with its frame."""
    hits = signs.among(words, own)
    if not hits:
        return
    start = 0
    while start < len(words) and words[start] in _LEAD and not any(start in hit.places for hit in hits):
        start += 1
    lead = max((hit.end for hit in signs.sections(words[start:]).get("lead", ())), default=0)
    is_led = bool(lead) and (
        words[start] not in _BE or words[start + lead] in _LED if start + lead < len(words) else False
    )
    start += lead * is_led
    telling = {place for hit in hits if hit.sign.level is not Level.MINOR for place in hit.places}
    for hit in hits:
        if hit.start < start and not is_led:
            continue
        if not is_of_bodies and hit.sign.kind != "own" and not _is_outright(words, hit, own):
            continue
        places = tuple(max(0, place - start) for place in hit.places)
        clause = Clause(words[start:], Hit(hit.sign, places), said, is_led)
        is_beside = bool(telling) and telling.isdisjoint(hit.places)
        if hit.sign.level is not Level.MINOR or is_beside or _is_strong(clause):
            yield frame_of(clause), hit


def _is_outright(words: Sequence[str], hit: Hit, own: Signs) -> bool:
    """Return whether a sign counts where bodies are not the theme: said of the writer or one near, and of no machine.

    Of serious signs only those that nothing but a body has, and not where the knowledge base names signs of its own.
    """
    if not _MACHINES.isdisjoint(words):
        return False
    if hit.sign.level is Level.SELF_HARM:
        return True
    if hit.sign.level is Level.EMERGENCY:
        return hit.sign.kind in _OF_BODIES_ONLY and not (SELF | CLOSE).isdisjoint(words[: hit.end])
    return hit.sign.kind == "infection" and not own and "i" in words[: hit.start]


def _is_strong(clause: Clause) -> bool:
    """Return whether a minor sign is said to be bad, to spread or to stay."""
    if clause.words[0].endswith("s") and len(clause.words) <= BARE and not clause.said.has_now:  # "hurts like hell?"
        return False
    return clause.has(_STRONG) or (clause.said.is_crying and clause.said.has_now)


def frame_of(clause: Clause) -> Frame:
    """Return how a sign is spoken of in its clause: what the first rule says that has a say."""
    return next((frame for rule in RULES if (frame := rule(clause)) is not None), Frame.REPORT)


def _denied(clause: Clause) -> Frame | None:
    """Tell what is not there or is over: "no fever", "it has stopped bleeding", "the swelling is gone"."""
    near = clause.before[-3:]
    denials = [place for place, word in enumerate(near) if word in _NEGATIONS]
    is_denied = any(
        _NOT_DENYING.isdisjoint(near[place + 1 :]) and SELF.isdisjoint(near[place + 1 :]) for place in denials
    )
    is_gone = (
        not _RESOLVED.isdisjoint(clause.behind[:4])
        and (_AGAIN | _NEGATIONS).isdisjoint(clause.behind)
        and _RESOLVED.isdisjoint(clause.own)
    )
    has_stopped = clause.before[-1:] in (("stopped",), ("stops",))
    return Frame.OTHERWISE if is_denied or is_gone or has_stopped else None


def _self_harm(clause: Clause) -> Frame | None:
    """Tell of harm to oneself: it counts unless it is long past, an accident, or asked about without meaning it."""
    if clause.hit.sign.level is not Level.SELF_HARM:
        return None
    words = set(clause.words)
    is_asked = clause.words[0] in OPENERS - {"why"}
    is_meant = bool({"point", "reason", "better", "worth"} & words) or bool(SELF & words and _FATAL & clause.own)
    is_other = _is_past(clause) or (is_asked and not is_meant) or {"accidentally", "accident"} & words
    return Frame.OTHERWISE if is_other else Frame.REPORT


def _past(clause: Clause) -> Frame | None:
    """Tell what is long past or over: "I fainted years ago", "it was swollen but it went down"."""
    is_now = not {"is", "are", "has", "have", "keeps", "cannot"}.isdisjoint(clause.words)
    is_over = clause.said.is_over and not is_now and not clause.is_grave
    return Frame.OTHERWISE if _is_past(clause) or is_over else None


def _is_past(clause: Clause) -> bool:
    until = clause.words[: clause.hit.end]
    is_present = not _PRESENT.isdisjoint(until) and {"had", "was", "been"}.isdisjoint(clause.before)
    return clause.said.is_past and not is_present


def _mild(clause: Clause) -> Frame | None:
    """Tell what is slight, or nearly was."""
    near = clause.words[max(0, clause.hit.start - 3) : clause.hit.end]
    if clause.is_grave:
        return None if {"nearly", "almost"}.isdisjoint(clause.before[-2:]) else Frame.OTHERWISE
    return None if _MILD.isdisjoint(near) else Frame.OTHERWISE


def _asked(clause: Clause) -> Frame | None:
    """Tell a question: mostly one in general, and some take the sign for granted ("why is my face bleeding")."""
    if not _is_asked(clause):
        return None
    told = signs.sections(clause.words)
    is_possible = not _POSSIBLE.isdisjoint(clause.before)
    if clause.hit.sign.kind == "help" and "care" in told:
        return Frame.REPORT
    if "taken-for-granted" in told and not is_possible:
        return Frame.REPORT
    is_present = clause.words[0] in ("am", "is", "are") and not is_possible
    if is_present and clause.words[1:2] in (("i",), ("my",)) and not clause.has({"supposed", "going", "to", "likely"}):
        return Frame.REPORT if clause.is_grave else Frame.UNCLEAR
    is_somebody = is_present and clause.words[1:2] in (("this",), ("he",), ("she",))
    return Frame.UNCLEAR if is_somebody else Frame.OTHERWISE


def _is_asked(clause: Clause) -> bool:
    """Return whether the clause is a question, of which the sign is part and not a statement behind it."""
    words = clause.words
    if clause.is_led:
        return False
    if _asks_within(clause):
        return True
    is_question = words[0] in OPENERS and clause.hit.start > 0 and words[1] != "not"
    return is_question and not _states(clause, 2)


def _asks_within(clause: Clause) -> bool:
    """Return whether a question opens behind other words: "on a scale of ten, how bad does it burn"."""
    words = clause.words
    for place in range(1, clause.hit.start):
        opener = words[place + 1 : place + 4] if words[place] in QUESTION_WORDS else ()
        if not AUXILIARIES.isdisjoint(opener) and not _states(clause, place + 2):
            return SELF.isdisjoint(words[place : place + 4])
    return False


def _states(clause: Clause, first: int) -> bool:
    """Return whether the sign is part of a statement that begins at `first` or later: a subject, then its verb."""
    words, start = clause.words, clause.hit.start
    for place in range(max(first, start - REACH), start):
        is_subject = words[place] in SELF | CLOSE and (
            place == 0 or words[place - 1] not in AUXILIARIES - {"do"} | {"to"}
        )
        between = words[place + 1 : start + 1]
        if is_subject and (
            not _FINITE.isdisjoint(between) or (words[place] in ("i", "he", "she") and len(between) == 1)
        ):
            return True
    return False


def _possible(clause: Clause) -> Frame | None:
    """Tell a possibility, a fear or hearsay: "if it gets infected", "scared of fainting", "it will swell"."""
    if _is_possible(clause):
        return Frame.REPORT if clause.behind[:2] == ("right", "now") else Frame.OTHERWISE
    return None


def _is_possible(clause: Clause) -> bool:
    before = clause.before
    if not _POSSIBLE.isdisjoint(before) or "you" in before[-2:]:
        return True
    fear = max((place for place, word in enumerate(before) if word in _FEARS), default=-1)
    if fear >= 0 and not _states(clause, fear + 1) and SELF.isdisjoint(before[fear + 1 :]):
        return True
    modal = max((place for place, word in enumerate(before) if word in _MODALS), default=-1)
    if modal >= 0 and _THINKING.isdisjoint(before[:modal]):
        return clause.words[modal + 1] != "not"
    return not _HEARSAY.isdisjoint(before) and SELF.isdisjoint(before[-3:])


def _habitual(clause: Clause) -> Frame | None:
    """Tell a habit or a condition that is known: "my nose bleeds in winter", "I wheeze because of asthma"."""
    if not clause.has(_HABIT) or clause.has(_LATELY):
        return None
    return Frame.UNCLEAR if clause.is_grave and not clause.has({"family"}) else Frame.OTHERWISE


def _of_another(clause: Clause) -> Frame | None:
    """Tell what is said of another person: it counts of children and those near, and of others in the present."""
    until = clause.words[: clause.hit.end]
    heard = not _HEARSAY.isdisjoint(until) and "doctor" not in until
    person = _subject(until)
    if person in ("", "i"):
        return Frame.OTHERWISE if heard and SELF.isdisjoint(until[-4:]) else None
    is_present = not {"is", "are", "cannot", "keeps", "has", "not", "still", "now"}.isdisjoint(clause.words)
    if person in _NOBODY or (heard and not is_present):
        return Frame.OTHERWISE
    if person in CHILDREN or is_present:
        return None
    if clause.said.is_asking:
        return Frame.OTHERWISE
    return None if person in CLOSE else Frame.UNCLEAR


def _subject(words: Sequence[str]) -> str:
    """Return the first person named: not an "I" that only thinks or has heard; empty where there is none."""
    for word, following in zip(words, (*words[1:], ""), strict=True):
        if word in CLOSE | OTHERS or (word == "i" and following not in _TELLING):
            return word
    return ""


def _grave(clause: Clause) -> Frame | None:
    """Tell an emergency: it counts, unless it is only named, as in a search box, without subject, verb or now."""
    if not clause.is_grave:
        return None
    is_said = clause.said.has_now or clause.said.is_crying or not (SELF | _FINITE).isdisjoint(clause.words)
    is_title = not is_said and len(clause.hit.places) <= 2 and not _TITLES.isdisjoint(clause.own)
    return Frame.UNCLEAR if is_title else Frame.REPORT


def _reported(clause: Clause) -> Frame | None:
    """Tell any other sign: it counts where it is said of somebody or of now."""
    words, start = clause.words, clause.hit.start
    if not clause.before and clause.behind[:1] in (("is",), ("are",)) and not _EXPECTED.isdisjoint(clause.behind[1:2]):
        return Frame.OTHERWISE
    others = {*clause.before, *clause.behind}
    is_reported = (
        any(words[place] in SUBJECTS and _has_verb(clause, place) for place in range(max(0, start - REACH), start))
        or words[start] == "not"
        or (start == 0 and words[0] in AUXILIARIES)
        or (not _FINITE.isdisjoint(words[start : clause.hit.end]) and words[0] not in QUESTION_WORDS)
        or (start <= HAVING_REACH and not _HAVING.isdisjoint(clause.before))
        or _goes_on(clause.behind)
        or clause.said.is_crying
        or not (NOW | _STRONG).isdisjoint(others)
    )
    if is_reported:
        return Frame.REPORT
    if clause.before[-1:] in (("the",), ("this",)) and not _FINITE.isdisjoint(words[start + 1 :]):
        return Frame.OTHERWISE if not _NOT_SO.isdisjoint(clause.behind) else Frame.REPORT
    return Frame.REPORT if not SELF.isdisjoint(words) and len(words) > 2 else Frame.UNCLEAR


HAVING_REACH: Final = 3  # words before a sign in which "got", "still" or "feeling" says that it is there


def _goes_on(behind: Sequence[str]) -> bool:
    """Return whether a sign is the subject of what happens: "pus is coming out"."""
    return len(behind) > 1 and behind[0] in ("is", "are", "keeps") and behind[1].endswith("ing")


def _has_verb(clause: Clause, place: int) -> bool:
    """Return whether the subject at `place` has a verb that makes a statement of the sign behind it."""
    words, start = clause.words, clause.hit.start
    between, verb = words[place + 1 : start], words[start]
    if not _FINITE.isdisjoint(between):
        return True
    is_verb = verb.endswith(("ing", "ed", "en", "ut", "ook")) or (verb.endswith("s") and words[place] != "i")
    return is_verb and len(between) <= 1 and words[place] not in ("the", "these", "this", "that")


# In this order: the first that has a say decides.
RULES: Final = (
    _denied, _self_harm, _past, _mild, _asked, _possible, _habitual, _of_another, _grave, _reported,
)  # fmt: skip
