"""Counters and a latency histogram in the text format of Prometheus. No question and no client is in them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import Final

# Seconds; a question takes one to three milliseconds by words, ten with vectors, and more where others wait before it.
BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """What has been served since the start."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, int]] = Counter()
        self._replies: Counter[tuple[str, str]] = Counter()
        self._feedback: Counter[str] = Counter()
        self._buckets = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0

    def request(self, route: str, status: int) -> None:
        """Count a request by its route and HTTP status."""
        self._requests[route, status] += 1

    def reply(self, status: str, reason: str, seconds: float) -> None:
        """Count a reply by its status and reason, and the seconds from the request to it."""
        self._replies[status, reason] += 1
        self._buckets[bisect_left(BOUNDS, seconds)] += 1
        self._seconds += seconds

    def feedback(self, good: bool) -> None:
        """Count what somebody thought of a reply."""
        self._feedback["good" if good else "bad"] += 1

    def text(self) -> str:
        """Return all of it in the text format of Prometheus."""
        lines = [
            "# HELP faqbot_requests_total Requests by route and HTTP status.",
            "# TYPE faqbot_requests_total counter",
        ]
        lines += [
            f'faqbot_requests_total{{route="{route}",code="{code}"}} {count}'
            for (route, code), count in sorted(self._requests.items())
        ]
        lines += ["# HELP faqbot_replies_total Replies by status and reason.", "# TYPE faqbot_replies_total counter"]
        lines += [
            f'faqbot_replies_total{{status="{status}",reason="{reason}"}} {count}'
            for (status, reason), count in sorted(self._replies.items())
        ]
        lines += [
            "# HELP faqbot_feedback_total What people thought of replies.",
            "# TYPE faqbot_feedback_total counter",
        ]
        lines += [f'faqbot_feedback_total{{verdict="{key}"}} {count}' for key, count in sorted(self._feedback.items())]
        lines += [
            "# HELP faqbot_reply_seconds Seconds from a question to its reply.",
            "# TYPE faqbot_reply_seconds histogram",
        ]
        total = 0
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), self._buckets, strict=True):
            total += count
            lines.append(f'faqbot_reply_seconds_bucket{{le="{bound}"}} {total}')
        lines += [f"faqbot_reply_seconds_sum {self._seconds:.6f}", f"faqbot_reply_seconds_count {total}"]
        return "\n".join(lines) + "\n"
