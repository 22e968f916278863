"""Cluster the logged questions that are still without an answer, most asked first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from faqbot.answering.feedback import Verdict
from faqbot.answering.reply import Reply, Status
from faqbot.bot import FaqBot
from faqbot.evaluation.clusters import Gist, centre, grouped
from faqbot.evaluation.log import Asked
from faqbot.evaluation.redaction import unmasked


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in the words in which it was first asked.

    Attributes:
        text: the question, without masks.
        count: how often it was asked, in any spelling that reads the same.
        verdicts: what became of it, each once.
        disliked: the ids of entries that were given for it, and that people did not like.
        logged: as it stands in the log, each spelling once.
    """

    text: str
    count: int
    verdicts: tuple[Verdict, ...]
    disliked: frozenset[str]
    logged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Near-duplicate questions that ask about the same.

    Attributes:
        wordings: most asked first; never empty.
        typical: the one that is most like all of them.
    """

    wordings: tuple[Wording, ...]
    typical: Wording

    @property
    def count(self) -> int:
        """How often it was asked."""
        return sum(one.count for one in self.wordings)


@dataclass(frozen=True, slots=True)
class Found:
    """The clusters of a log.

    Attributes:
        clusters: most asked first.
        answered: how many of the questions the knowledge base answers by now.
    """

    clusters: tuple[Cluster, ...]
    answered: int = 0


def find(bot: FaqBot, asked: Iterable[Asked]) -> Found:
    """Ask all of it again, and return what is still without an answer, clustered."""
    wordings = _wordings(bot, asked)
    left = [one for one in wordings if not is_answered(bot.ask(one.text), one)]
    gists = _gists(bot, left)
    groups = grouped(gists, [one.count for one in left])
    clusters = [_cluster([left[place] for place in group], [gists[place] for place in group]) for group in groups]
    answered = sum(one.count for one in wordings) - sum(one.count for one in left)
    return Found(tuple(sorted(clusters, key=lambda cluster: -cluster.count)), answered)


def remaining(bot: FaqBot, cluster: Cluster) -> Cluster | None:
    """Return what of a cluster is still without an answer, or None where nothing is."""
    left = [one for one in cluster.wordings if not is_answered(bot.ask(one.text), one)]
    if len(left) == len(cluster.wordings):
        return cluster
    return _cluster(left, _gists(bot, left)) if left else None


def is_answered(reply: Reply, wording: Wording) -> bool:
    """Return whether a reply settles a question: it gives an entry, a gap's sentence included, that nobody disliked."""
    settles = reply.status in (Status.ANSWERED, Status.GAP)
    return settles and reply.entry is not None and reply.entry.id not in wording.disliked


def _wordings(bot: FaqBot, asked: Iterable[Asked]) -> list[Wording]:
    """Return the questions, those that read the same as one."""
    same: dict[tuple[str, ...], list[Asked]] = {}
    for one in asked:
        same.setdefault(bot.read(unmasked(one.question)).words, []).append(one)
    return [_wording(ones) for words, ones in same.items() if words]


def _wording(ones: Sequence[Asked]) -> Wording:
    return Wording(
        unmasked(ones[0].question),
        len(ones),
        tuple(dict.fromkeys(one.verdict for one in ones)),
        frozenset(one.given for one in ones if one.verdict is Verdict.BAD and one.given),
        tuple(dict.fromkeys(one.question for one in ones)),
    )


def _gists(bot: FaqBot, wordings: Sequence[Wording]) -> list[Gist]:
    return [Gist.of(bot.read(one.text)) for one in wordings]


def _cluster(wordings: Sequence[Wording], gists: Sequence[Gist]) -> Cluster:
    """Return the cluster of these wordings; of those that are as typical, the most asked and then the first counts."""
    order = sorted(range(len(wordings)), key=lambda place: -wordings[place].count)
    ordered = [wordings[place] for place in order]
    typical = centre([gists[place] for place in order], [one.count for one in ordered])
    return Cluster(tuple(ordered), ordered[typical])
