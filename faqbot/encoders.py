"""Re-export `faqbot.search.encoder` under the name that programs import."""

from faqbot.search.encoder import Encoder, MiniLm, installed, load, remembering

__all__ = ["Encoder", "MiniLm", "installed", "load", "remembering"]
