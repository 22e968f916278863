"""An article to a draft knowledge base, and a draft renewed when its article has changed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faqbot.extraction.pipeline import Extraction, extract, extract_faq

__all__ = ["Extraction", "extract", "extract_faq"]


def __getattr__(name: str) -> object:
    """Import the pipeline where it is first asked for: who looks up a citation does not pay for it."""
    if name in __all__:
        from faqbot.extraction import pipeline  # noqa: PLC0415

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
