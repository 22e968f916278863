"""Re-export `faqbot.evaluation.log` under the name that programs import."""

from faqbot.evaluation.log import Asked, Log, read, recorder

__all__ = ["Asked", "Log", "read", "recorder"]
