"""`python -m faqbot` is `faqbot`."""

from faqbot.cli import run

if __name__ == "__main__":
    run()
