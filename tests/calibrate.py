"""Fit the constants of faqbot.decision, and show how well they carry over to sets that they were not fitted to.

    python tests/calibrate.py DATA

DATA holds one folder a set: kb*.jsonl ({"id", "question", "answer", "variants"} a line) and queries.jsonl ({"query",
"gold": [ids], "oos"} a line). Three kinds of questions teach the decision, each set with the same say:
    own       the set's questions, out-of-scope ones among them: right if the first entry is a gold one
    held      the set's questions with their entry taken away: on the subject, but not answered
    foreign   questions of other sets
Rankings by words and by meaning (the latter with the extra `semantic`) are fitted apart.
The labelled questions about the bundled knowledge base are a set too: every second one, the others are for the tests.
Where nothing in it answers a question, any of its gaps counts as right.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from faqbot import Entry, KnowledgeBase, files
from faqbot.answering.answerer import CONSIDERED
from faqbot.answering.decision import features
from faqbot.knowledge import reader
from faqbot.search import encoder as encoders
from faqbot.search.comparison import Comparison
from faqbot.search.index import Index
from faqbot.search.ranking import BY_MEANING, BY_WORDS, Weights, rank

SHARE = {"own": 1.0, "held": 0.35, "foreign": 0.25}  # of a set's say
FOLDS = 3
MOST = 1500  # questions of one set
FOREIGN = 150
PENALTY = 0.1  # ridge on the coefficients: only steadies the fit
HERE = Path(__file__).parent
RELATED = [{"covidfaq_jhu", "feedbackqa_who"}, {"banking77", "clinc150"}]  # not foreign to each other


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@cache
def encoder() -> encoders.Remembering | None:
    return encoders.remembering()


def built(rows: list[dict]) -> Index:
    entries = [
        Entry(
            id=r["id"], question=r["question"], answer=r["answer"] or r["question"], phrasings=r.get("variants") or ()
        )
        for r in rows
    ]
    return Index.build(KnowledgeBase(entries)).with_vectors(encoder())


def example(index: Index, by: Weights, query: str, gold: set[str]) -> tuple[dict[str, float], int] | None:
    comparison = Comparison.of(index, index.reader.question(query))
    ranking = rank(comparison.widened() if by.vectors else comparison, CONSIDERED, by)
    return (features(ranking), int(ranking.matches[0].entry.id in gold)) if ranking.matches else None


def family(name: str) -> str:
    return name.split(":", maxsplit=1)[0]


def examples(data: Path, by: Weights) -> Iterator[tuple[str, str, dict[str, float], int]]:
    pick = random.Random(7)
    sets = {}
    for folder in sorted(path.parent for path in data.glob("*/queries.jsonl")):
        asked = read(folder / "queries.jsonl")
        asked = pick.sample(asked, MOST) if len(asked) > MOST else asked
        for kb in sorted(folder.glob("kb*.jsonl")):
            sets[folder.name + ("" if kb.stem == "kb" else f":{kb.stem}")] = (read(kb), asked)
    for name, (rows, asked) in sets.items():
        index = built(rows)
        others = [
            q["query"]
            for other, (_, queries) in sets.items()
            for q in queries
            if family(other) != family(name) and {family(other), family(name)} not in RELATED and not q["oos"]
        ]
        found = [("own", example(index, by, q["query"], set(q["gold"]))) for q in asked]
        found += [
            ("foreign", example(index, by, query, set())) for query in pick.sample(others, min(FOREIGN, len(others)))
        ]
        for fold in range(FOLDS if len(rows) >= 10 else 0):
            gone = {row["id"] for row in rows[fold::FOLDS]}
            rest = built([row for row in rows if row["id"] not in gone])
            found += [
                ("held", example(rest, by, q["query"], set())) for q in asked if not q["oos"] and set(q["gold"]) <= gone
            ]
        yield from ((name, kind, *pair) for kind, pair in found if pair)
    bundled = reader.read(files.bundled("microneedling.md")).knowledge
    index = Index.build(bundled).with_vectors(encoder(), bundled.all_names)
    gaps = {entry.id for entry in bundled.entries if entry.is_gap}
    for q in read(HERE / "data/microneedling.jsonl")[::2]:
        if pair := example(index, by, q["question"], set(q["expected"]) or gaps):
            yield ("microneedling", "own", *pair)


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method; the first coefficient is the intercept."""
    x = np.column_stack([np.ones(len(x)), x])
    beta = np.zeros(x.shape[1])
    ridge = PENALTY * np.diag([0.0] + [1.0] * (x.shape[1] - 1))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (weight * (y - p)) - ridge @ beta
        beta = beta + np.linalg.solve((x * (weight * p * (1 - p))[:, None]).T @ x + ridge, gradient)
    return beta


def chance(x: np.ndarray, beta: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-beta[0] - x @ beta[1:]))


def auc(p: np.ndarray, y: np.ndarray) -> float:
    good, bad = p[y == 1], p[y == 0]
    return (
        float(np.mean((good[:, None] > bad) + 0.5 * (good[:, None] == bad))) if len(good) and len(bad) else float("nan")
    )


def calibration_error(p: np.ndarray, y: np.ndarray, weight: np.ndarray) -> float:
    """Expected calibration error over ten bins (Naeini, Cooper and Hauskrecht 2015)."""
    bins = np.minimum((p * 10).astype(int), 9)
    return sum(abs((weight * (p - y))[bins == b].sum()) for b in range(10)) / weight.sum()


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    fitted(list(examples(Path(arguments[0]), BY_WORDS)), "BY_WORDS")
    if encoder():
        fitted(list(examples(Path(arguments[0]), BY_MEANING)), "BY_MEANING")
    return 0


def fitted(rows: list[tuple[str, str, dict[str, float], int]], title: str) -> None:
    """Print the coefficients, how they do on sets left out of the fit, and the reliability diagram."""
    names, kinds = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    x, y = np.array([list(r[2].values()) for r in rows]), np.array([r[3] for r in rows])
    weight = np.zeros(len(rows))
    for name in set(names):
        for kind, share in SHARE.items():
            mask = (names == name) & (kinds == kind)
            weight[mask] = 1000 * share / max(1, mask.sum())
    held_out = np.zeros(len(rows))
    families = np.array([family(name) for name in names])
    print(f"{'left out of the fit':30}   own    auc  answered  right of them  held, answered")
    for name in dict.fromkeys(names):
        test = names == name
        held_out[test] = chance(x[test], fit(*(a[families != family(name)] for a in (x, y, weight))))
        own, held = test & (kinds == "own"), test & (kinds == "held")
        said = held_out >= 0.5
        print(
            f"{name:30} {own.sum():5} {auc(held_out[own], y[own]):6.3f} {said[own].mean():9.2f} "
            f"{y[own & said].mean():14.2f} {said[held].mean() if held.any() else float('nan'):15.2f}"
        )
    beta = fit(x, y, weight)
    print(
        f"calibration error: {calibration_error(chance(x, beta), y, weight):.3f}, "
        f"left out {calibration_error(held_out, y, weight):.3f}"
    )
    print("left out: confidence, share right, weight")
    bins = np.minimum((held_out * 10).astype(int), 9)
    for b in sorted(set(bins)):
        mask = bins == b
        share = weight[mask].sum() / weight.sum()
        print(
            f"  {np.average(held_out[mask], weights=weight[mask]):.2f}  "
            f"{np.average(y[mask], weights=weight[mask]):.2f}  {share:.2f}"
        )
    found = {"intercept": beta[0], **dict(zip(rows[0][2], beta[1:], strict=True))}
    print(f"{title} = Confidence({', '.join(f'{name}={value:.2f}' for name, value in found.items())})", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
