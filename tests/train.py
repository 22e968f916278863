"""Train both networks of faqbot/models anew: encoder.onnx and verifier.onnx. It is not run by the tests.

    python tests/train.py DATA OUT

DATA holds the start, all-MiniLM-L6-v2 as sentence-transformers publishes it (a folder `minilm`), and as JSON lines:
intents-*.jsonl ({"questions": [...]} an intent, the last line {"foreign": [...]}) of CLINC150, BANKING77 and HWU64;
passages-*.jsonl ({"passage", "questions": [...]}) of FeedbackQA, XQuAD and MedQuAD. The FAQs stand in tests/data/faqs.
It needs torch, transformers, onnx and onnxruntime, and some minutes on a GPU. What the pairs are: sampling.py.

verifier  binary cross-entropy on the mean of the last hidden states: 2,700 steps of 640 pairs, AdamW, 1.2e-4
encoder   InfoNCE at temperature .05 with one hard negative: 700 steps of 96 triples, AdamW, 4e-5
Both are rounded to eight bits, weights once and activations as they come: hence one text at a time where they are run.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

import sampling

HERE = Path(__file__).parent
QUESTION_PIECES, TEXT_PIECES = 48, 80
STEPS, PAIRS, RATE = 2700, 640, 1.2e-4
ENCODER_STEPS, TRIPLES, ENCODER_RATE, TEMPERATURE = 700, 96, 4e-5, 0.05
WARM_UP = 200
SHARES = {"faqs": 0.48, "intents": 0.23, "passages": 0.21}


class Network(torch.nn.Module):
    """The mean of the last hidden states, and for the verifier one number made of it."""

    def __init__(self, start: Path, *, is_verifier: bool) -> None:
        super().__init__()
        self.bert = AutoModel.from_pretrained(start, add_pooling_layer=False)
        self.out = torch.nn.Linear(self.bert.config.hidden_size, 1) if is_verifier else None

    def forward(self, input_ids, attention_mask, token_type_ids):
        states = self.bert(input_ids, attention_mask, token_type_ids).last_hidden_state
        if self.out is None:
            return states
        return self.out(mean(states, attention_mask)).squeeze(-1)


def mean(states, mask):
    mask = mask[..., None].to(states.dtype)
    return (states * mask).sum(1) / mask.sum(1)


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def samplers(data: Path, embed: sampling.Embed) -> list[tuple[float, object]]:
    """Return what draws pairs, with the share of each."""
    found = [(SHARES["faqs"], sampling.Faqs.read(HERE / "data/faqs/trained.jsonl", embed).pairs)]
    intents, passages = sorted(data.glob("intents-*.jsonl")), sorted(data.glob("passages-*.jsonl"))
    for path in intents:
        *groups, foreign = read(path)
        by_intent = [group["questions"] for group in groups]
        drawn = sampling.Intents.of(by_intent, foreign["foreign"], embed).pairs
        found.append((SHARES["intents"] / len(intents), drawn))
    for path in passages:
        rows = read(path)
        asked = [(question, number) for number, row in enumerate(rows) for question in row["questions"]]
        drawn = sampling.Passages.of([row["passage"] for row in rows], asked, embed).pairs
        found.append((SHARES["passages"] / len(passages), drawn))
    return found


def triples(drawn: list[sampling.Pair]) -> Iterator[tuple[str, str, str]]:
    """Yield questions with a text that answers each and one that does not."""
    wrong: dict[str, str] = {}
    right: dict[str, str] = {}
    for question, text, label in drawn:
        (right if label else wrong)[question] = text
        if question in right and question in wrong:
            yield question, right.pop(question), wrong.pop(question)


def schedule(step: int, steps: int) -> float:
    return min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)


def train(network: Network, losses: Iterator[torch.Tensor], steps: int, rate: float) -> None:
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.01)
    network.train()
    for step, loss in zip(range(steps), losses, strict=False):
        for group in optimizer.param_groups:
            group["lr"] = rate * schedule(step, steps)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
    network.eval()


def export(network: Network, path: Path) -> None:
    """Write a network in the ONNX format, rounded to eight bits."""
    names = ["input_ids", "attention_mask", "token_type_ids"]
    output = "last_hidden_state" if network.out is None else "logit"
    axes = {name: {0: "texts", 1: "pieces"} for name in (*names, output)}
    whole = path.with_suffix(".whole.onnx")
    ones = torch.ones(2, 16, dtype=torch.long)
    torch.onnx.export(network.cpu(), (ones, ones, ones * 0), whole, input_names=names, output_names=[output],
                      dynamic_axes=axes, opset_version=17)  # fmt: skip
    quantize_dynamic(whole, path, weight_type=QuantType.QInt8)
    whole.unlink()


def main(arguments: list[str]) -> int:
    data, out = map(Path, arguments)
    pick = random.Random(5)
    torch.manual_seed(5)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pieces = AutoTokenizer.from_pretrained(data / "minilm")
    encoder = Network(data / "minilm", is_verifier=False).to(device).eval()
    verifier = Network(data / "minilm", is_verifier=True).to(device)

    def vectors(texts):
        read_as = pieces(list(texts), padding=True, truncation=True, max_length=TEXT_PIECES, return_tensors="pt")
        read_as = read_as.to(device)
        return functional.normalize(mean(encoder(**read_as), read_as["attention_mask"]), dim=1)

    @torch.no_grad()
    def embed(texts):
        parts = [vectors(texts[start : start + 512]).cpu().numpy() for start in range(0, len(texts), 512)]
        return np.concatenate(parts) if parts else np.zeros((0, 384), np.float32)

    sources = samplers(data, embed)
    headings = [entry["q"].lower() for faq in read(HERE / "data/faqs/trained.jsonl") for entry in faq["entries"]]
    said = {word for heading in headings for word in heading.split()}
    nouns = sorted(word for word in said if len(word) >= sampling.TELLING and word.isalpha())

    def verifying():
        while True:
            drawn = sampling.batch(sources, nouns, PAIRS, pick)
            asked = [
                pieces.decode(pieces(q, add_special_tokens=False)["input_ids"][:QUESTION_PIECES]) for q, *_ in drawn
            ]
            given = pieces(asked, [text for _, text, _ in drawn], padding=True, truncation="only_second",
                           max_length=QUESTION_PIECES + TEXT_PIECES + 3, return_tensors="pt").to(device)  # fmt: skip
            labels = torch.tensor([label for *_, label in drawn], device=device)
            yield functional.binary_cross_entropy_with_logits(verifier(**given), labels)

    def encoding():
        while True:
            drawn: list[tuple[str, str, str]] = []
            while len(drawn) < TRIPLES:
                drawn += triples(sampling.batch(sources, nouns, PAIRS, pick))
            questions, right, wrong = zip(*drawn[:TRIPLES], strict=True)
            alike = vectors(questions) @ vectors([*right, *wrong]).T / TEMPERATURE
            yield functional.cross_entropy(alike, torch.arange(TRIPLES, device=device))

    train(verifier, verifying(), STEPS, RATE)
    train(encoder, encoding(), ENCODER_STEPS, ENCODER_RATE)
    export(verifier, out / "verifier.onnx")
    export(encoder, out / "encoder.onnx")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
