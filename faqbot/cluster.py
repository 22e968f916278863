"""Re-export `faqbot.batch.ray` under the name that programs import."""

from faqbot.batch.ray import Answerer, answered

__all__ = ["Answerer", "answered"]
