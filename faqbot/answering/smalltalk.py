"""Small talk: what people say to a bot beside their questions, and what it says to that, briefly and truly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from faqbot.answering.reply import TO_A_PERSON
from faqbot.knowledge.entries import Entry, KnowledgeBase
from faqbot.text import phrase_set, tokens, word_set

LONGEST: Final = 20  # words: nobody says that many without a question among them
_SENTENCE: Final = re.compile(r"[.,;:!?\n]+")


class Kind(StrEnum):
    """What it is, the weightier the further down: of "hi, are you human? thanks" the question counts."""

    FINE = "fine"  # ok, yes, no
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    INSULT = "insult"
    HOW_ARE_YOU = "how_are_you"
    DOUBT = "doubt"  # really?, are you sure
    AGAIN = "again"  # you already said that
    MAKER = "maker"
    HELP = "help"
    BOT = "bot"  # are you human, who are you, can you diagnose
    PERSON = "person"  # may I speak to a human


_SAID: Final[Mapping[Kind, str]] = {
    Kind.FINE: """
        ok|okay|k|kk|okey|alright|all right|fine|good|great|cool|nice|perfect|i see|got it|understood|aha|ah|oh
        |hm|hmm|mhm|yes|yeah|yep|sure|no|nope|nah|right|interesting|good to know|makes sense|awesome|wow|lol
        |haha|oh ok|never mind|nevermind|no problem|no worries|that is all|that is all for now|nothing else
        |that is it|no more questions|none|well|so|sorry|my bad|that was all|excellent|super|wonderful
        |no thank you|no thanks|will do|ok then|fair enough
        """,
    Kind.GREETING: """
        hi|hello|hey|helo|hallo|hiya|heya|yo|howdy|greetings|good morning|good afternoon|good evening|good day
        |morning|evening|hi there|hello there|hey there|anyone there|is anyone there|is anybody there
        |anybody there|hello again|nice to meet you|are you there|you there|is someone there
        """,
    Kind.THANKS: """
        thanks|thank you|thx|thanx|tks|ty|tysm|cheers|thank u|many thanks|much appreciated|appreciate it
        |i appreciate it|thanks a lot|thanks so much|thank you so much|thank you very much|thanks very much
        |thanks a million|that helps|that helped|this helped|very helpful|that was helpful|that is helpful
        |great help|you are great|you are awesome|you are helpful|good bot|well done|good job
        |that was all i needed|thanks for your help|thank you for your help|thanks for the help
        |thanks for helping|that is great|that is good|i love you
        """,
    Kind.GOODBYE: """
        bye|goodbye|good bye|bye bye|see you|see you later|see ya|cya|later|good night|goodnight|take care
        |farewell|ciao|have a nice day|have a good day|talk to you later|ttyl|i have to go|gotta go
        |have a good one|until next time
        """,
    Kind.INSULT: """
        idiot|stupid|you idiot|you are stupid|you are an idiot|you are useless|useless|stupid bot|dumb|dumb bot
        |you suck|this sucks|this is useless|you are dumb|you are no help|that did not help|that does not help
        |it did not help|this did not help|this does not help
        |not helpful|shut up|fuck you|fuck off|fuck|shit|bullshit|this is stupid|useless bot|you are not helpful
        |worst bot ever|rubbish|you are rubbish|you know nothing|you do not know anything|i hate you|bad bot
        |this is rubbish|crap|piss off|you are wrong|you are terrible|that was not helpful|that is not helpful
        |you do not understand|moron|you do not understand me|that makes no sense|you stupid bot
        |what a stupid bot|you are a stupid bot
        """,
    Kind.HOW_ARE_YOU: """
        how are you|how are you doing|how are you today|how is it going|how do you do|how are things|what is up
        |sup|whats up|how r u|how are u|how have you been|are you ok|are you well|you ok|how do you feel|wassup
        |hows it going|how is your day|are you fine|how goes it|how is life|how are you feeling
        """,
    Kind.DOUBT: """
        really|are you sure|are you sure about that|are you sure about this|is that true|is that really true|you sure
        |are you certain|seriously|are you serious|for real|is this true|is this right|is that right|is that correct
        |can i trust this|can i trust you|can i trust that|how do you know|how do you know that|prove it|no way
        |i do not believe you|i do not believe that|sure about that|are you kidding|are you joking|how can you be sure
        """,
    Kind.AGAIN: """
        you already said that|you said that already|you already told me that|you told me that already|you said that
        |you are repeating yourself|stop repeating yourself|you keep saying that|you keep saying the same thing
        |you just said that|same answer again|that is the same answer|you already answered that|i know that already
        |you keep repeating yourself|why do you keep saying that|you said this already|you already said this
        """,
    Kind.MAKER: """
        who made you|who built you|who created you|who programmed you|who developed you|who wrote you
        |who owns you|who is your maker|who is your creator|where do you come from|who is behind this
        |who is behind you|who runs you|who trained you|who invented you|who writes your answers
        |who wrote the answers|who wrote this|how were you made|where do your answers come from
        |where do you get your answers|where do you get this from
        """,
    Kind.HELP: """
        help|help me|please help|can you help|can you help me|i need help|could you help me|will you help me
        |what can you do|what can i ask|what can i ask you|what do you know|what do you do
        |what can you help me with|what do you know about|how can you help|how can you help me|how do i use this
        |how does this work|how do i use you|how do you work|what can you tell me|what questions can i ask
        |i have a question|i have a few questions|can i ask you something|can i ask a question
        |can i ask something|what should i ask|i have some questions|may i ask a question|menu|what are you for
        |what is this bot for|what can you answer|what can this bot do|what are you able to do|options
        |can i ask you a question|quick question|i got a question|question|what can you help with
        |how does this bot work
        """,
    Kind.BOT: """
        are you a robot|are you a bot|are you human|are you a human|are you real|are you a person
        |are you a real person|am i talking to a human|am i talking to a bot|am i talking to a robot
        |am i talking to a real person|am i talking to a person|is this a bot|is this a robot|is this a human
        |is this a real person|is this a person|who are you|what are you|are you ai|are you an ai
        |are you chatgpt|what is your name|whats your name|who is this|do you have a name|are you a machine
        |are you a computer|are you alive|are you a doctor|are you a nurse|are you a real doctor
        |can you diagnose me|can you diagnose|are you human or a bot|are you a bot or a human
        |are you a human or a bot|are you a robot or a human|are you a human or a robot|tell me about yourself
        |bot|who am i talking to|are you an expert|what kind of bot are you|are you a program|do you use ai
        |is this ai|are you a chatbot|is this a chatbot|is this an ai|who is there|how old are you
        |do you have feelings
        """,
    Kind.PERSON: """
        can i talk to a human|can i speak to a human|can i talk to a person|can i speak to a person|speak to a human
        |talk to a human|i want to talk to a human|let me talk to a human|can i talk to someone|human please
        |real person please|speak to a person|talk to a person|i want to speak to a human|i want to speak to a person
        |i want to talk to a person|let me speak to a human|let me speak to someone|can i speak to someone
        |a human please
        |can i talk to a real person|can i speak to a real person|i need a human|i need a real person|i need a person
        |get me a human|connect me to a human|connect me to a person|i want a human|i want a real person
        |real human please
        |speak to someone|talk to someone|talk to a real person|i want to speak to someone|i want to talk to someone
        |is there someone i can talk to|is there a number i can call|do you have a phone number|can i call someone
        |who can i talk to|who can i call|can i call you|operator|agent|customer service|representative
        """,
}
_PHRASES: Final = {tokens(phrase): kind for kind, phrases in _SAID.items() for phrase in phrase_set(phrases)}
_LONGEST_PHRASE: Final = max(map(len, _PHRASES))
_WEIGHT: Final = {kind: weight for weight, kind in enumerate(Kind)}
_REPLIES: Final[Mapping[Kind, str]] = {
    Kind.FINE: "All right. Ask on whenever you like.",
    Kind.GREETING: "Hello. I have {scope}. What would you like to know?",
    Kind.THANKS: "You are welcome. Ask on if there is more.",
    Kind.GOODBYE: "Goodbye, and all the best.",
    Kind.INSULT: "I am sorry that I was no help. Try other words, or ask someone who knows your case.{contact}",
    Kind.HOW_ARE_YOU: "I am a program, so I am always the same. I have {scope}: what would you like to know?",
    Kind.DOUBT: (
        "I only give answers out of {scope}, {approved}; I cannot check them myself, and may have understood you "
        "wrongly. "
        "Ask someone who knows your case where it matters.{contact}"
    ),
    Kind.AGAIN: (
        "Sorry. It is what I found, and other words may find more. Or ask someone who knows your case.{contact}"
    ),
    Kind.PERSON: "I am a program and cannot pass you on.{contact_or_none}",
    Kind.MAKER: "I am faqbot, a program. People wrote what I say: I have {scope}, {approved}, and make nothing up.",
    Kind.HELP: (
        "Ask in your own words, and I look for the answer that fits. I have {scope}, {approved}. "
        "I say so when I have none, and I cannot diagnose anything."
    ),
    Kind.BOT: (
        "I am a program, not a person: I give answers out of {scope}, {approved}. "
        "I make nothing up, and I cannot diagnose anything or pass you on to a person.{contact}"
    ),
}
NOBODY: Final = "Ask the people whose answers these are, or someone who knows your case."
_SHORT: Final = {"r": "are", "u": "you", "ur": "your", "wat": "what", "plz": "please"}
# Said around any of these.
_PADDING: Final = word_set("""
    oh well and but so then please pls there again everyone all bot robot mate dear friend sir madam man guys very much
    really just now actually a lot for that you too also
    """)
# Before a question they are no part of it.
_COURTESIES: Final = frozenset({Kind.FINE, Kind.GREETING, Kind.THANKS, Kind.INSULT, Kind.HOW_ARE_YOU, Kind.AGAIN})


def kind_of(message: str) -> Kind | None:
    """Return which small talk a message is from its first word to its last; None where it says anything else."""
    return _kind(_words(message))


def without_courtesies(message: str) -> str:
    """Return a message without the small talk before its question; the message itself where nothing else is in it.

    Before a comma or the end of a sentence, any courtesy goes ("thanks, and does it hurt?"); without one, what is left
    has to be joined by "and", "but" or "so" ("ok but how long does it take").
    """
    start = 0
    for mark in _SENTENCE.finditer(message):
        if _kind(_words(message[start : mark.start()])) not in _COURTESIES:
            break
        start = mark.end()
    rest = message[start:].strip()
    words = rest.split()
    for place in range(min(_LONGEST_PHRASE, len(words) - 1), 0, -1):
        joined = words[place].casefold() in ("and", "but", "so")
        if joined and _kind(_words(" ".join(words[:place]))) in _COURTESIES:
            return " ".join(words[place:])
    return rest if rest.strip(" .,!?") else message


def own_entry(kind: Kind, knowledge: KnowledgeBase) -> Entry | None:
    """Return the entry with which a knowledge base answers this small talk itself, if it does."""
    return next((entry for entry in knowledge.entries for form in entry.forms if kind_of(form) == kind), None)


def text(kind: Kind, scope: str, knowledge: KnowledgeBase) -> str:
    """Return what to say.

    Args:
        kind: of the small talk.
        scope: what the bot looks in: "26 answers about micro-needling".
        knowledge: what it answers from.
    """
    approved = "which no person has reviewed in full yet" if _has_drafts(knowledge) else "each approved by a person"
    reach = TO_A_PERSON.format(knowledge.contact) if knowledge.contact else ""
    contact = f"\n\n{reach}" if reach else ""
    nobody = f" {NOBODY}"
    return _REPLIES[kind].format(scope=scope, approved=approved, contact=contact, contact_or_none=contact or nobody)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_SHORT.get(word, word) for word in tokens(text))


def _has_drafts(knowledge: KnowledgeBase) -> bool:
    return any(entry.draft for entry in knowledge.entries)


def _kind(words: tuple[str, ...]) -> Kind | None:
    """Return the weightiest kind of the phrases that words are made of; None where another word is among them."""
    if not 0 < len(words) <= LONGEST:
        return None
    kinds = tuple(_kinds(words))
    return max((kind for kind in kinds if kind), key=_WEIGHT.__getitem__, default=None) if None not in kinds else None


def _kinds(words: tuple[str, ...]) -> Iterator[Kind | None]:
    """Yield the kind of each phrase, longest first; None for a word that belongs to none."""
    place = 0
    while place < len(words):
        for end in range(min(len(words), place + _LONGEST_PHRASE), place, -1):
            kind = _PHRASES.get(words[place:end])
            if kind:
                yield kind
                break
        else:
            end = place + 1
            if words[place] not in _PADDING:
                yield None
        place = end
