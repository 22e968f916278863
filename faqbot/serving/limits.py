"""A token bucket for each client: so many requests a minute, and some at once."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

AT_ONCE: Final = 0.5  # of a minute's requests may come at once: a page that opens asks several
MOST_CLIENTS: Final = 10_000  # that are remembered; the one silent longest has had time to earn its requests again
NETWORK: Final = 64  # bits of an IPv6 address that make a client: a household has the rest


@dataclass(slots=True)
class _Bucket:
    left: float
    seen: float


class RateLimit:
    """Tells how long a client has to wait before its next request.

    Args:
        a_minute: requests a minute for each client.
        clock: tells the time in seconds.
    """

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = a_minute / 60
        self._most = max(1.0, a_minute * AT_ONCE)
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def wait(self, address: str) -> float:
        """Count a request of the client at this address, and return the seconds it has to wait, or 0."""
        key, now = client(address), self._clock()
        bucket = self._buckets.setdefault(key, _Bucket(self._most, now))
        self._buckets.move_to_end(key)
        if len(self._buckets) > MOST_CLIENTS:
            self._buckets.popitem(last=False)
        bucket.left = min(self._most, bucket.left + (now - bucket.seen) * self._rate)
        bucket.seen = now
        if bucket.left < 1:
            return (1 - bucket.left) / self._rate
        bucket.left -= 1
        return 0.0


def client(address: str) -> str:
    """Return what is one client: an IPv4 address, the network of an IPv6 address, or whatever else stands there."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), NETWORK), strict=False))
    return str(found)


def is_loopback(address: str) -> bool:
    """Return whether an address is of this very machine."""
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False
