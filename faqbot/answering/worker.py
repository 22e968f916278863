"""The one thread of a process that answers questions for event loops.

Python runs one thread at a time, and threads that wait for one another get less done than one alone: 16 of them gave a
quarter of the replies of one. More of them at a time take processes.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache


@cache
def thread() -> ThreadPoolExecutor:
    """Return an executor with one thread, the same one for every bot of this process."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="faqbot")


if hasattr(os, "register_at_fork"):  # threads do not come along: what a child handed to this one would wait for ever
    os.register_at_fork(after_in_child=thread.cache_clear)
