"""Fit the constants of faqbot.answering.decision, and show how they carry over to what they were not fitted to.

    python tests/calibrate.py DATA [--words] [--faqs FILE]

DATA holds one folder a set: kb*.jsonl ({"id", "question", "answer", "variants"} a line) and queries.jsonl ({"query",
"gold": [ids], "oos"} a line). Beside them stand three kinds that the repository has: small FAQs of one heading an entry
(--faqs, by default tests/data/faqs/unseen.jsonl, which the networks were not trained on), the same with two more ways
to ask as phrasings, and every second labelled question about the bundled knowledge base. Each kind has its say, in SAY:
that of the sets of DATA is shared among them. Five sorts of questions teach the decision:
    own       asked of the set: right if the first entry is a gold one
    near      on the subject, and no entry answers it; "off" and "oos" are on another
    held      the set's questions with their entry taken away
    foreign   questions of other sets
Rankings by words, by meaning and with the verifier (both with the extra `semantic`; --words leaves them out) are fitted
apart. By words, what holds for many phrasings is fitted first, to the sets that have them, and kept.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from faqbot import Entry, KnowledgeBase, files
from faqbot.answering.answerer import CONSIDERED
from faqbot.answering.decision import Confidence, Thresholds, features
from faqbot.knowledge import reader
from faqbot.search import encoder as encoders
from faqbot.search import verifier as verifiers
from faqbot.search.comparison import Comparison
from faqbot.search.index import Index
from faqbot.search.ranking import BY_MEANING, BY_WORDS, READ, rank

Row = tuple[
    str, str, str, dict[str, float], int, float
]  # set, what is left out together, sort, features, right, phrasings
STAGES = ("BY_WORDS", "BY_MEANING", "VERIFIED")
NAMES = [field.name for field in dataclasses.fields(Confidence) if field.name != "intercept"]
ALWAYS = ("length", "alike", "astray")  # what is the same for any number of phrasings
ALONE = ("ridge", "nearest", "lexical", "answer", "verifier")  # what by words tells only where there are few
MANY = 4  # phrasings an entry
SAY = {"faqs": 2.0, "faqs+2": 1.0, "microneedling": 0.7}
SETS_SAY = 3.0  # of all the sets of DATA together
SHARE = {"own": 1.0, "near": 1.0, "held": 0.4, "oos": 0.35, "foreign": 0.25, "off": 0.1}  # of a set's say
FOLDS = 3
FAQ_FOLDS = 5
MOST = 220  # questions of one set
FOREIGN = 80
PENALTY = 0.1  # ridge on the coefficients: only steadies the fit
HERE = Path(__file__).parent
RELATED = [{"covidfaq_jhu", "feedbackqa_who"}, {"banking77", "clinc150"}]  # not foreign to each other


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@cache
def encoder() -> encoders.Remembering | None:
    return encoders.remembering()


def built(rows: list[dict], stage: str) -> Index:
    entries = [
        Entry(
            id=r["id"], question=r["question"], answer=r["answer"] or r["question"], phrasings=r.get("variants") or ()
        )
        for r in rows
    ]
    return Index.build(KnowledgeBase(entries)).with_vectors(None if stage == "BY_WORDS" else encoder())


def example(index: Index, stage: str, query: str, gold: set[str]) -> tuple[dict[str, float], int, float] | None:
    """Return the features of a ranking, whether its first entry is right, and the phrasings an entry."""
    comparison = Comparison.of(index, index.reader.question(query))
    if stage == "BY_WORDS":
        ranking = rank(comparison, CONSIDERED, BY_WORDS)
    elif stage == "BY_MEANING":
        ranking = rank(comparison.widened(), CONSIDERED, BY_MEANING)
    else:
        ranking = rank(comparison.widened(), CONSIDERED, READ, verifiers.installed())
    if not ranking.matches:
        return None
    return features(ranking), int(ranking.matches[0].entry.id in gold), ranking.phrasings_per_entry


def family(name: str) -> str:
    return name.split(":", maxsplit=1)[0]


def examples(data: Path, faqs: Path, stage: str) -> Iterator[Row]:
    yield from of_sets(data, stage)
    for more in (0, 2):
        for number, faq in enumerate(read(faqs)):
            name = f"faqs+{more}" if more else "faqs"
            entries = [
                Entry(id=f"{n}", question=e["q"], answer=e["a"], phrasings=tuple(e["asked"][:more]))
                for n, e in enumerate(faq["entries"])
            ]
            index = Index.build(KnowledgeBase(entries)).with_vectors(None if stage == "BY_WORDS" else encoder())
            asked = [("own", q, {f"{n}"}) for n, e in enumerate(faq["entries"]) for q in e["asked"][more:]]
            asked += [(kind, q, set()) for kind in ("near", "off") for q in faq[kind]]
            found = ((kind, example(index, stage, q, gold)) for kind, q, gold in asked)
            yield from ((name, f"faq {number}", kind, *pair) for kind, pair in found if pair)
    bundled = reader.read(files.bundled("microneedling.md")).knowledge
    index = Index.build(bundled).with_vectors(None if stage == "BY_WORDS" else encoder(), bundled.all_names)
    gaps = {entry.id for entry in bundled.entries if entry.is_gap}
    for q in read(HERE / "data/microneedling.jsonl")[::2]:
        if pair := example(index, stage, q["question"], set(q["expected"]) or gaps):
            yield ("microneedling", "microneedling", "own", *pair)


def of_sets(data: Path, stage: str) -> Iterator[Row]:
    pick = random.Random(7)
    sets = {}
    for folder in sorted(path.parent for path in data.glob("*/queries.jsonl")):
        asked = read(folder / "queries.jsonl")
        asked = pick.sample(asked, MOST) if len(asked) > MOST else asked
        for kb in sorted(folder.glob("kb*.jsonl")):
            sets[folder.name + ("" if kb.stem == "kb" else f":{kb.stem}")] = (read(kb), asked)
    for name, (rows, asked) in sets.items():
        index = built(rows, stage)
        others = [
            q["query"]
            for other, (_, queries) in sets.items()
            for q in queries
            if family(other) != family(name) and {family(other), family(name)} not in RELATED and not q["oos"]
        ]
        found = [("oos" if q["oos"] else "own", example(index, stage, q["query"], set(q["gold"]))) for q in asked]
        foreign = pick.sample(others, min(FOREIGN, len(others)))
        found += [("foreign", example(index, stage, query, set())) for query in foreign]
        for fold in range(FOLDS if len(rows) >= 10 else 0):
            gone = {row["id"] for row in rows[fold::FOLDS]}
            rest = built([row for row in rows if row["id"] not in gone], stage)
            lost = [q["query"] for q in asked if not q["oos"] and set(q["gold"]) <= gone]
            found += [("held", example(rest, stage, query, set())) for query in lost]
        yield from ((name, family(name), kind, *pair) for kind, pair in found if pair)


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, given: np.ndarray | float = 0.0) -> np.ndarray:
    """Logistic regression by Newton's method, on top of given log-odds; the last column is that of the intercept."""
    beta = np.zeros(x.shape[1])
    ridge = PENALTY * np.eye(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ beta + given, -30, 30)))
        gradient = x.T @ (weight * (y - p)) - ridge @ beta
        beta = beta + np.linalg.solve((x * (weight * p * (1 - p))[:, None]).T @ x + ridge, gradient)
    return beta


def coefficients(rows: list[Row], weight: np.ndarray, stage: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the coefficients of the features and the intercept, and what is added to each by phrasings an entry."""
    x, y, phrasings = matrix(rows)
    width = x.shape[1]
    if stage == "BY_WORDS":
        many = phrasings >= MANY
        always = fit(x * ~np.isin([*NAMES, "intercept"], ALONE), y, weight * many)
        alone = fit(x / phrasings[:, None], y, weight, x @ always)
        return always, alone
    both = fit(np.hstack([x, x / phrasings[:, None] * ~np.isin([*NAMES, "intercept"], ALWAYS)]), y, weight)
    return both[:width], both[width:]


def matrix(rows: list[Row]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    x = np.array([[*row[3].values(), 1.0] for row in rows])
    return x, np.array([row[4] for row in rows]), np.array([row[5] for row in rows])


def chance(rows: list[Row], found: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    x, _, phrasings = matrix(rows)
    return 1 / (1 + np.exp(-np.clip(x @ found[0] + x / phrasings[:, None] @ found[1], -30, 30)))


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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--words", action="store_true")
    parser.add_argument("--faqs", type=Path, default=HERE / "data/faqs/unseen.jsonl")
    options = parser.parse_args(arguments)
    for stage in STAGES[: 1 if options.words or not encoder() else None]:
        fitted(list(examples(options.data, options.faqs, stage)), stage)
    return 0


def weights(rows: list[Row]) -> np.ndarray:
    """Return what each example counts: each kind of knowledge base has its say, and each sort of question its share."""
    names, kinds = np.array([row[0] for row in rows]), np.array([row[2] for row in rows])
    weight = np.zeros(len(rows))
    sets = set(names.tolist()) - set(SAY)
    for name in set(names.tolist()):
        for kind, share in SHARE.items():
            mask = (names == name) & (kinds == kind)
            weight[mask] = 1000 * share * SAY.get(name, SETS_SAY / max(1, len(sets))) / max(1, mask.sum())
    return weight


def fitted(rows: list[Row], stage: str) -> None:
    """Print the coefficients, how they do on what is left out of the fit, and the reliability diagram of each kind."""
    names, kinds = np.array([row[0] for row in rows]), np.array([row[2] for row in rows])
    families = np.array([row[1] for row in rows])
    weight, (_, y, _) = weights(rows), matrix(rows)
    left_out = np.zeros(len(rows))
    faqs = sorted({one for one in set(families.tolist()) if one.startswith("faq ")})
    for group in ([one] for one in dict.fromkeys(families.tolist()) if one not in faqs):
        predict(rows, left_out, np.isin(families, group), weight, stage)
    for group in (faqs[part::FAQ_FOLDS] for part in range(FAQ_FOLDS)):
        predict(rows, left_out, np.isin(families, group), weight, stage)
    print(f"{stage + ', left out of the fit':30}   own    auc  error  answered  right of them  near or held, answered")
    for name in dict.fromkeys(names.tolist()):
        mask = names == name
        own, wrong = mask & (kinds == "own"), mask & np.isin(kinds, ("near", "held"))
        said = left_out >= Thresholds().answer
        print(
            f"{name:30} {own.sum():5} {auc(left_out[mask], y[mask]):6.3f} "
            f"{calibration_error(left_out[mask], y[mask], weight[mask]):6.3f} {said[own].mean():9.2f} "
            f"{y[own & said].mean() if (own & said).any() else float('nan'):14.2f} "
            f"{said[wrong].mean() if wrong.any() else float('nan'):23.2f}"
        )
    print(f"calibration error of all, left out: {calibration_error(left_out, y, weight):.3f}")
    always, alone = coefficients(rows, weight, stage)
    told = zip(("intercept", *NAMES), np.roll(always, 1), np.roll(alone, 1), strict=True)
    print(f"{stage} = Confidence({', '.join(f'{name}=({a:.2f}, {b:.2f})' for name, a, b in told)})", flush=True)


def predict(rows: list[Row], into: np.ndarray, test: np.ndarray, weight: np.ndarray, stage: str) -> None:
    """Write the chances of some examples, by constants fitted to the others."""
    rest = [row for row, is_test in zip(rows, test, strict=True) if not is_test]
    if rest and test.any():
        found = coefficients(rest, weight[~test], stage)
        into[test] = chance([row for row, is_test in zip(rows, test, strict=True) if is_test], found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
