"""What a log comes to: questions that are still without an answer, in groups."""

from dataclasses import replace

import pytest

from faqbot import FaqBot
from faqbot.answering.feedback import Verdict
from faqbot.evaluation.gaps import find, remaining
from faqbot.evaluation.log import Asked
from faqbot.evaluation.trials import effect


def asked(*questions, verdict=Verdict.UNANSWERED, **more):
    return [Asked(question, verdict, **more) for question in questions]


def texts(found):
    return [[one.text for one in gap.wordings] for gap in found.clusters]


def with_phrasing(knowledge, key, phrasing):
    entries = [
        replace(one, phrasings=[*one.phrasings, phrasing]) if one.id == key else one for one in knowledge.entries
    ]
    return replace(knowledge, entries=entries)


def test_most_asked_first_and_the_most_asked_wording_first(bot):
    log = asked(
        "do you rent scooters", "is it vegan", "do you rent out scooters?", "Do you rent scooters", "scooters for rent"
    )
    found = find(bot, log)
    assert texts(found) == [["do you rent scooters", "do you rent out scooters?", "scooters for rent"], ["is it vegan"]]
    assert [gap.count for gap in found.clusters] == [4, 1]
    assert found.clusters[0].typical.text == "do you rent scooters"
    assert found.clusters[0].wordings[0].logged == ("do you rent scooters", "Do you rent scooters")


def test_what_the_knowledge_base_answers_by_now_is_counted_and_left_out(bot, garage):
    log = asked("do you rent scooters", "where do i park", "how much is a new chain")
    assert (texts(find(bot, log)), find(bot, log).answered) == ([["do you rent scooters"]], 2)
    mended = FaqBot(with_phrasing(garage, "when-are-you-open", "Do you rent scooters?"))
    assert find(mended, log) == type(find(bot, log))((), 3)


def test_an_answer_that_people_did_not_like_is_none_until_they_get_another(bot, garage):
    log = asked("where do i park", verdict=Verdict.BAD, given="where-do-i-park")
    found = find(bot, log)
    assert texts(found) == [["where do i park"]]
    assert found.clusters[0].wordings[0].disliked == {"where-do-i-park"}
    assert remaining(bot, found.clusters[0]) == found.clusters[0]
    assert find(FaqBot(replace(garage, entries=garage.entries[:1])), log).clusters
    other = replace(garage, entries=[replace(one, id=f"new-{one.id}") for one in garage.entries])
    assert find(FaqBot(other), log).clusters == ()


def test_what_remains_of_a_group(bot, garage):
    gap = find(bot, asked("do you rent scooters", "scooters for rent by the hour")).clusters[0]
    assert remaining(bot, gap) is gap
    some = remaining(FaqBot(with_phrasing(garage, "when-are-you-open", "Scooters for rent by the hour?")), gap)
    assert some is None or len(some.wordings) == 1


def test_masks_are_not_asked(bot):
    found = find(bot, asked("do you rent scooters? [number]", "[e-mail]", "do you rent scooters"))
    assert texts(found) == [["do you rent scooters?"]]
    assert find(bot, ()).clusters == ()


class TestEffect:
    def test_the_wordings_that_it_was_made_for(self, bot, garage):
        after = FaqBot(with_phrasing(garage, "when-are-you-open", "Do you rent scooters?"))
        found = effect(bot, after, "when-are-you-open", ["do you rent scooters", "is it vegan"])
        assert (found.asked, found.given) == (2, 1)
        assert str(found) == "1 of 2 wordings now get it; no other entry suffers."
        assert str(effect(bot, after, "when-are-you-open", ["do you rent scooters"])).startswith(
            "The question now gets"
        )
        assert str(effect(bot, bot, "when-are-you-open", ["is it vegan"])).startswith(
            "The question does not get it yet"
        )

    def test_a_phrasing_that_is_another_entry_s_is_told(self, bot, garage):
        after = FaqBot(with_phrasing(garage, "when-are-you-open", "is there a car park"))
        found = effect(bot, after, "when-are-you-open", ["is there a car park"])
        assert found.lost == ("Is there a car park?",)
        assert str(found).endswith('; a phrasing of another entry no longer gets it: "Is there a car park?".')

    @pytest.mark.parametrize("phrasing", ["When is my electric bike ready?", "Is my repair quick?"])
    def test_a_phrasing_that_comes_too_near_is_told(self, bot, garage, phrasing):
        after = FaqBot(with_phrasing(garage, "do-you-repair-electric-bikes", phrasing))
        found = effect(bot, after, "do-you-repair-electric-bikes", [phrasing])
        assert found.lost == ()
        assert found.given == 1
        assert found.blurred
