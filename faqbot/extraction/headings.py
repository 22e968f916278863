"""Turn a section's heading into the question that people ask, by templates; or leave it as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import Final

from faqbot.english.wordlists import is_name
from faqbot.extraction.grammar.lexicon import classes, is_verb, verb_forms
from faqbot.extraction.grammar.words import DETERMINERS, PREPOSITIONS, as_reader
from faqbot.extraction.naming import BRACKETED, is_plural
from faqbot.extraction.subject import Subject
from faqbot.text import FUNCTION_WORDS, QUESTION_WORDS, tokens, word_set

LONGEST_QUESTION: Final = 14  # words
# What a heading says whose section answers a question of a catalogue, most special first.
HEADINGS: Final[tuple[tuple[str, str], ...]] = (
    (r"\b(?:prices?|pricing|costs?|fees?|charges?|what you pay|what it costs|how much)\b",
     "How much does {procedure} cost?"),
    (r"\b(?:side[- ]effects?|risks? (?:and|of|involved)|possible risks|risks?|complications?|what can go wrong"
     r"|is it safe)\b",
     "What are the risks and side effects?"),
    (r"\bcomplications?\b|\bproblems? (?:it|that it) causes\b", "What are the complications of {procedure}?"),
    (r"\b(?:who (?:is|are) (?:at (?:\w+ )?risk|affected)|risk factors?|at risk|who gets it|susceptib\w+)\b",
     "Who is at risk of {procedure}?"),
    (r"\b(?:after-?care|after (?:the|your) \w+|afterwards|after care|when you get home|going home)\b",
     "What should I do after {procedure}?"),
    (r"\b(?:before (?:the|your) \w+|prepar\w+|getting ready)\b", "How should I prepare for {procedure}?"),
    (r"\b(?:during (?:the|your) \w+|the (?:visit|procedure|operation|session|appointment|treatment) itself"
     r"|step by step|how (?:it|this) is (?:done|performed)|what happens)\b",
     "How is {procedure} performed?"),
    (r"^the (?:procedure|operation|treatment|session|appointment)$", "How is {procedure} performed?"),
    (r"\b(?:book\w*|appointments?)\b", "How do I book an appointment?"),
    (r"\b(?:benefits?|advantages?)\b", "What are the benefits of {procedure}?"),
    (r"\bhow (?:it|this) works?\b", "How does {procedure} work?"),
    (r"\b(?:alternatives|other options|variations?|substitut\w+|swaps?)\b",
     "What are the alternatives to {procedure}?"),
    (r"\b(?:alternatives|variations?|substitut\w+|swaps?)\b", "What can I use instead?"),
    (r"\b(?:recovery|downtime|healing)\b", "How long is the recovery?"),
    (r"\b(?:how long (?:it|does it) takes?|duration|cooking time|time needed|processing times?)\b",
     "How long does {procedure} take?"),
    (r"\b(?:results)\b", "When will I see results?"),
    (r"\b(?:when to (?:call|see|seek|get|ask|contact)|warning signs|red flags|emergency)\b",
     "Something feels wrong after {procedure}: what should I do?"),
    (r"\b(?:when to (?:call|see|seek|get|ask|contact)|warning signs|red flags|emergency|seek help)\b",
     "When should I see a doctor about {procedure}?"),
    (r"\b(?:who should (?:not|avoid)|not suitable|contra-?indications|who cannot)\b",
     "Who should not have {procedure}?"),
    (r"\b(?:good candidates?|who (?:is )?it(?: is)? for|suitable|who can)\b", "Who is {procedure} for?"),
    (r"\b(?:equipment|devices?|machines?)\b", "Which device or equipment is used?"),
    (r"\b(?:why (?:it is|people have|have)|uses|what it is for|purpose)\b", "What is {procedure} done for?"),
    (r"\b(?:symptoms?|signs)\b", "What are the symptoms of {procedure}?"),
    (r"\b(?:causes?|why it happens)\b", "What causes {procedure}?"),
    (r"\b(?:diagnos\w+|tests?|exams?|examinations?|screening)\b", "How is {procedure} diagnosed?"),
    (r"\b(?:prevent\w*|protect\w*|avoiding|lowering (?:your|the) risk)\b", "How can I prevent {procedure}?"),
    (r"\b(?:outlook|prognosis|life expectancy)\b", "What is the outlook with {procedure}?"),
    (r"\b(?:living with|self[- ]care|coping|home remedies|lifestyle|(?:what|things) you can do)\b",
     "What can I do about {procedure} myself?"),
    (r"\b(?:treatments?|treating|therap(?:y|ies)|managing|management|how it is treated|medicines?|medications?)\b",
     "How is {procedure} treated?"),
    (r"\b(?:how common|frequency|statistics|prevalence|epidemiology)\b", "How common is {procedure}?"),
    (r"\b(?:inherit\w*|genetics?|heredity)\b", "Is {procedure} inherited?"),
    (r"\b(?:transmission|how it spreads|spread)\b", "Can I catch {procedure} from somebody?"),
    (r"\b(?:types|kinds|forms|stages)\b", "What types of {procedure} are there?"),
    (r"\b(?:key (?:points|facts)|points to remember|summary|at a glance|remember|conclusion|takeaways?)\b",
     "What should I remember about {procedure}?"),
    (r"\b(?:research|clinical trials?|studies)\b", "What research is there on {procedure}?"),
    (r"\b(?:ingredients?|materials|supplies|tools|equipment|what you(?:'ll|\u2019ll| will)? need|you(?:'ll"
     r"|\u2019ll| will)? need|shopping list)\b",
     "What do I need for {procedure}?"),
    (r"\b(?:directions?|instructions?|method|steps?|preparation|how to (?:make|cook|do|prepare)|procedure"
     r"|recipe)\b",
     "How do I make {procedure}?"),
    (r"\b(?:tips?|tricks?|hints?|notes?|advice)\b", "Are there tips for {procedure}?"),
    (r"\b(?:troubleshooting|common (?:mistakes|problems)|if it goes wrong|warnings?|safety)\b",
     "What can go wrong with {procedure}?"),
    (r"\b(?:storage|storing|leftovers|keeping)\b", "How do I store {procedure}?"),
    (r"\b(?:servings?|serves|yield|portions?)\b", "How much does {procedure} make?"),
    (r"\b(?:serving|serve with|side dishes)\b", "What do I serve with {procedure}?"),
    (r"\b(?:who can (?:apply|get)|eligib\w+|requirements|conditions|am i entitled)\b",
     "Who can apply for {procedure}?"),
    (r"\b(?:how to apply|applying|application|apply online)\b", "How do I apply for {procedure}?"),
    (r"\b(?:documents?|paperwork|papers|what to bring|you will need)\b",
     "Which documents do I need for {procedure}?"),
    (r"\b(?:where to apply|responsible office)\b", "Where do I apply for {procedure}?"),
    (r"\b(?:deadlines?|time limits?|when to apply)\b", "When do I have to apply?"),
    (r"\b(?:validity|renew\w*|extend\w*|extension)\b", "How long is {procedure} valid?"),
    (r"\b(?:appeals?|refus\w+|reject\w+|objections?)\b", "What if my application is refused?"),
    (r"\b(?:changes|lost|stolen|moving|replacement)\b", "What if something changes or I lose it?"),
    (r"\b(?:contact|get in touch|questions)\b", "Whom do I contact about {procedure}?"),
    (r"\b(?:opening (?:hours|times)|hours|timetable|schedule)\b", "When is {procedure} open?"),
    (r"\b(?:location|address|directions|getting here|how to find us|where (?:we|to find))\b",
     "Where is {procedure}?"),
    (r"\b(?:membership|who can (?:join|use|come)|admission)\b", "Who can use {procedure}?"),
    (r"\b(?:book\w*|reserv\w+|registration|join\w*|sign(?:ing)? up|enrol\w*)\b", "How do I book or join?"),
    (r"\b(?:what to (?:bring|wear))\b", "What do I have to bring?"),
    (r"\b(?:house rules|rules|policies|policy|etiquette)\b", "What are the rules?"),
    (r"\b(?:cancel\w*|refunds?)\b", "How do I cancel?"),
    (r"\b(?:contact|get in touch)\b", "How do I get in touch?"),
)  # fmt: skip
_NEUTRAL: Final = word_set("""
    and or possible common main typical usual important key general procedure treatment operation surgery therapy
    options time times information details advice risks symptoms signs tests effects side complications benefits
    costs prices fees causes results aftercare care home good short long term first other some 1 2 3 4 5 6 7 8 9 10 us
    you your our need needs before after during patients people own step steps directions method yourself
""")
LONGEST_LEAD_IN: Final = 20  # words: a longer one says something itself
LONGEST_NAMING: Final = 6  # words of a heading that names what its section answers; a longer one says more than that
_OPENING: Final = re.compile(r"^(?:\d{1,2}[.):]? +|(?:step|part|section|chapter) \d{1,2}[.):]? *)", re.IGNORECASE)
_TO: Final = re.compile(r"^(how|what|when|where|which \w+|who|whom) to (.+)$", re.IGNORECASE)
_IF: Final = re.compile(
    r"^(?:(?:you should |please )?([a-z]+)\b(.{0,80}?)),? (?:if|when)(?: (?:you|they|there|your [a-z]+)(?: [a-z]+)?)?$",
    re.IGNORECASE,
)
_WHO: Final = re.compile(r"^(who|what|which [a-z]+) ([a-z]+) (.+)$", re.IGNORECASE)
_YES_NO: Final = re.compile(
    r"^(?:can|could|may|is|are|does|do|did|will|should|must|has|have) (?:i|you|we|it|the|a|an|my|your|there)\b",
    re.IGNORECASE,
)
_INVERTED: Final = re.compile(
    r"^(?:what|which|how|when|where|why|who)\b(?: [\w'-]{1,20}){0,3} (?:can|could|do|does|should|will|is|are|must)"
    r" (?:i|you|we|my|your)\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"^(what|when|where|why|how(?: (?:long|much|many|often|soon|far|safe|common|likely|well)\b)?) (?=\w)", re.IGNORECASE
)
LONGEST_ASKED: Final = 5  # words of what a heading asks about
_ABOUT: Final = re.compile(
    r"^(?:about|introduction to|what is|overview of|definition of) (?:an? |the )?(.+?)$", re.IGNORECASE
)
_OVERVIEW: Final = frozenset(
    ("overview", "introduction", "about", "definition", "background", "what it is", "basics", "summary", "description")
)
_LEAD_IN: Final = re.compile(
    r"^(?:(?:here|there|these|some|many|several|the|are|of|main|most|more|common|possible|typical|usual|other|early|first"
    r"|following|key|biggest) ){0,7}"
    r"((?:types|kinds|forms|stages|signs|causes|symptoms|benefits|advantages|disadvantages|risks|side effects|uses"
    r"|effects|requirements|phases)(?: (?:of|for|in) [^:;,.]{2,60}?)?)"
    r"(?: (?:are|include|(?:may|can|might) (?:be|include)))?(?: (?:the following|as follows|these|listed below))?:$",
    re.IGNORECASE,
)
_NAMELESS: Final = word_set(
    "more further overview introduction summary conclusion final thoughts about background basics"
)
_MODALS: Final = word_set("is are was can could may must will would should")
_FINITE: Final = _MODALS | word_set("has have does do")
_OF_PLURAL: Final = re.compile(
    r"^(types|kinds|forms|stages|signs|causes|symptoms|benefits|advantages|disadvantages|risks|side effects|rules|uses"
    r"|effects|limits|conditions|requirements|costs|parts|phases|steps|complications|reasons|ways|alternatives)"
    r" (?:of|for|with|to) (.+)$",
    re.IGNORECASE,
)
_OF_SINGULAR: Final = re.compile(r"^(?:the )?(cost|price|purpose|treatment|outlook) (?:of|for) (.+)$", re.IGNORECASE)
# Verbs whose "How do I …?" nobody asks: what happens to people, and what they are told to do at once.
_NOT_LEARNT: Final = word_set("""
    ask avoid be become bring call come consider contact expect feel get go have know leave live meet phone remember
    return ring see stay tell visit wait watch
""")


def by_heading(heading: str, keys: Container[str], subject: Subject) -> str:
    """Return the question, among those of a catalogue, that a section under this heading answers, or "".

    What else the heading says may only be neutral: "Late fees" says nothing of the price of a library.
    """
    said = heading.lower()
    if len(said.split()) > LONGEST_NAMING:
        return ""
    plain = _NEUTRAL | FUNCTION_WORDS | QUESTION_WORDS | set(tokens(" ".join((subject.name, *subject.names))))
    for pattern, question in HEADINGS:
        match = re.search(pattern, said) if question in keys else None
        if match and plain.issuperset(tokens(f"{said[: match.start()]} {said[match.end() :]}")):
            return question
    return ""


def is_telling(heading: str, subject: Subject) -> bool:
    """Return whether a heading says of itself what its section is about, as "Overview" and "More details" do not."""
    plain = _NAMELESS | FUNCTION_WORDS | QUESTION_WORDS | set(tokens(" ".join((subject.name, *subject.names))))
    return not plain.issuperset(tokens(heading))


def asked(heading: str, subject: Subject) -> str:
    """Return the question that a heading asks, or "" where no template makes it one."""
    plain = BRACKETED.sub("", _OPENING.sub("", " ".join(heading.split()))).rstrip(" .:!\u2026")
    if plain.endswith("?"):
        return plain
    found = next((question for rule in RULES if (question := rule(plain, subject))), "")
    return _finished(found)


def _finished(question: str) -> str:
    return f"{question[:1].upper()}{question[1:]}" if len(question.split()) <= LONGEST_QUESTION else ""


def led(lead: str, subject: Subject) -> str:
    """Return the question that the lead-in of a list answers, or "".

    Here are some of the main benefits of yoga: What are the benefits of yoga? Call us if: When should I call you?
    """
    if len(lead.split()) > LONGEST_LEAD_IN or not lead.endswith(":"):
        return ""
    match = _LEAD_IN.match(lead)
    if not match:
        return _finished(_when(lead.rstrip(" :")))
    named = _lowered(match[1])
    of = f" of {subject.phrase}" if subject.phrase and " " not in named.removeprefix("side ") else ""
    return f"What are the {named}{of}?"


def _about(plain: str, subject: Subject) -> str:
    """About tonsils, Overview: What are tonsils? only of the subject itself, or of what the heading names."""
    names = {tokens(name) for name in (subject.name, subject.phrase, *subject.names) if name}
    named = _ABOUT.match(plain)
    if subject.name and (plain.lower() in _OVERVIEW or tokens(named[1] if named else plain) in names):
        return f"What {'are' if is_plural(subject.name) else 'is'} {subject.phrase}?"
    return ""


def _to(plain: str, _: Subject) -> str:
    """How to change the oil: How do I change the oil? What to bring: What should I bring?"""
    match = _TO.match(plain)
    if not match or not _is_base(match[2].split()[0]):
        return ""
    auxiliary = "do I" if match[1].lower() == "how" else "should I"
    return f"{match[1].lower()} {auxiliary} {_mine(match[2])}?"


def _when(plain: str, _: Subject | None = None) -> str:
    """Call a doctor if you have: When should I call a doctor?"""
    match = _IF.match(plain)
    if not match or not _is_base(match[1]) or match[1].lower() in ("do", "be", "is", "will"):
        return ""
    return f"when should I {_mine(f'{match[1].lower()}{match[2]}')}?"


def _what_if(plain: str, _: Subject) -> str:
    """If you miss a lesson: What if I miss a lesson?"""
    match = re.match(r"if (?:you|your|it|the)\b.+", plain, re.IGNORECASE)
    return f"what if {_mine(plain[3:])}?" if match else ""


def _who(plain: str, subject: Subject) -> str:
    """Who can apply: Who can apply?"""
    match = _WHO.match(plain)
    acts = match and (match[2].lower() in _FINITE or _is_third(match[2].lower()))
    whole = re.sub(r"\bit$", subject.phrase or "it", _lowered(plain))
    return f"{whole}?" if acts else ""


def _unmarked(plain: str, _: Subject) -> str:
    """Can I eat before it: Can I eat before it? What tools do I need: What tools do I need?"""
    return f"{plain}?" if _YES_NO.match(plain) or _INVERTED.match(plain) else ""


def _embedded(plain: str, subject: Subject) -> str:
    """How it works: How does it work? What you need: What do I need? When you can drive: When can I drive?"""
    match = _ASKS.match(plain)
    said = plain[match.end() :].split() if match else []
    for place in range(1, min(len(said), LONGEST_ASKED + 1)):
        verb, before = said[place].lower(), said[place - 1].lower()
        plural = before in ("you", "we", "they") or (before.endswith("s") and not before.endswith(("ss", "us", "is")))
        if before in DETERMINERS - {"this", "that"} | PREPOSITIONS or classes(before)[0] == "a":
            continue
        if (
            verb in _MODALS
            or _is_third(verb)
            or (plural and _is_base(verb) and (is_verb(verb) or place == len(said) - 1))
        ):
            break
    else:
        return ""
    who, rest = " ".join(said[:place]), said[place + 1 :]
    who = {"you": "I", "we": "you", "it": subject.phrase or "it"}.get(who.lower(), _mine(who))
    tail = f" {_mine(' '.join(rest))}" if rest else ""
    asks = match[1].lower() if match else ""
    if verb in _MODALS:
        return f"{asks} {'am' if verb == 'are' and who == 'I' else verb} {who}{tail}?"
    lemma = next((form.lemma for form in verb_forms(verb) if form.form == "third"), "") if not plural else verb
    return f"{asks} {'do' if plural else 'does'} {who} {lemma}{tail}?" if lemma else ""


def _doing(plain: str, _: Subject) -> str:
    """Changing the filter: How do I change the filter? Change the filter: How do I change the filter?"""
    said = plain.split()
    if len(said) < 2:
        return ""
    first, second = said[0].lower(), said[1].lower()
    opens_object = second in DETERMINERS | {"if", "whether"} or (second in ("for", "with") and first.endswith("ing"))
    if not opens_object:
        return ""
    if first.endswith("ing"):
        lemma = next((form.lemma for form in verb_forms(first) if form.form == "ing" and is_verb(form.lemma)), "")
    else:
        lemma = first if _is_base(first) and is_verb(first) else ""
    return f"how do I {lemma} {_mine(' '.join(said[1:]))}?" if lemma and lemma not in _NOT_LEARNT else ""


def _of(plain: str, _: Subject) -> str:
    """Types of grafts: What are the types of grafts? Cost of a graft: What is the cost of a graft?"""
    if _OF_PLURAL.match(plain):
        return f"what are the {_lowered(plain)}?"
    return f"what is the {_lowered(plain.removeprefix('The '))}?" if _OF_SINGULAR.match(plain) else ""


RULES: Final[tuple[Callable[[str, Subject], str], ...]] = (
    _unmarked, _about, _to, _what_if, _when, _who, _embedded, _of, _doing,
)  # fmt: skip


def _is_third(word: str) -> bool:
    """Return whether a word can be the verb of somebody: "causes", "happens", and no "tonsils"."""
    return any(form.form == "third" and is_verb(form.lemma) for form in verb_forms(word)) or word == "causes"


def _is_base(word: str) -> bool:
    return any(form.form == "base" for form in verb_forms(word.lower()))


def _mine(rest: str) -> str:
    """Return what is said to a reader as the reader would say it, without the capitals of a title."""
    return as_reader(_lowered(rest))


def _lowered(text: str) -> str:
    """Return a part of a heading without the capitals that only make it a title."""
    return " ".join(
        word if is_name(word.lower()) or not word[1:].islower() or word in PREPOSITIONS else word.lower()
        for word in text.split()
    )
