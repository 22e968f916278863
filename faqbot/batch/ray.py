"""Answer questions on many machines: a class that Ray's `map_batches` runs. The extra `ray`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from faqbot.batch.output import FIELDS, fields
from faqbot.bot import FaqBot
from faqbot.errors import ExtraMissingError
from faqbot.search.arrays import Array

if TYPE_CHECKING:
    from ray.data import Dataset

PIECE: Final = 250  # rows at a time, as on one machine: what is asked again when a worker dies
ENDLESSLY: Final = -1  # is a worker that died replaced, and its batch answered again, as long as there are machines


class Answerer:
    """Answers rows of a data set; Ray makes one in each worker, and calls it with one batch after the other.

    `dataset.map_batches(Answerer, fn_constructor_args=(paths,), concurrency=2, batch_format="numpy")`

    Args:
        knowledge: the knowledge files, which every machine has to have at that path; or a bot, which takes what it
            knows along to machines that have no such files.
        column: that holds the questions.

    Raises:
        KnowledgeError: a file that cannot be used.
    """

    def __init__(self, knowledge: FaqBot | Sequence[str | Path], column: str = "question") -> None:
        self._bot = knowledge if isinstance(knowledge, FaqBot) else FaqBot.from_file(*knowledge)
        self._column = column

    def __call__(self, batch: Mapping[str, Array]) -> dict[str, Array]:
        """Return a batch with the columns of `results.FIELDS`, which take the place of any so named."""
        rows = [fields(reply) for reply in self._bot.replies(map(str, batch[self._column]))]
        return {**batch, **{name: _column(name, [row[name] for row in rows]) for name in FIELDS}}


def answered(
    dataset: Dataset, knowledge: FaqBot | Sequence[str | Path], *, column: str = "question", workers: int = 2
) -> Dataset:
    """Return a Ray data set with a reply beside each question, to be computed by so many workers.

    A batch whose worker dies is answered again by another one. Rows come in the order in which they are done, unless
    `ray.data.DataContext` is told to preserve it.

    Args:
        dataset: any data set of Ray that has a column of questions.
        knowledge: see Answerer.
        column: that holds the questions.
        workers: how many there are, on whatever machines Ray has.

    Raises:
        ExtraMissingError: the extra `ray` is not installed.
    """
    try:
        import ray.data  # noqa: F401
    except ImportError:
        raise ExtraMissingError("Answering on many machines", "ray") from None
    made: Dataset = dataset.map_batches(
        Answerer,
        fn_constructor_args=(knowledge, column),
        batch_size=PIECE,
        batch_format="numpy",
        concurrency=workers,
        max_restarts=ENDLESSLY,
        max_task_retries=ENDLESSLY,
    )
    return made


def _column(name: str, values: list[Any]) -> Array:
    return np.array(values, float if name == "confidence" else object)
