"""The program: a module a command, and what is shown.

main          the commands, and the exit statuses; the only place that prints errors
arguments     the parser and its help
paths         opens knowledge files for a command
batch         `faqbot ask --batch`
extract       `faqbot extract`
evaluate      `faqbot eval`
gaps          `faqbot gaps`
text          text made safe and wrapped; a reply as JSON
replies       a reply as styled text
markdown      Markdown as styled text
explanations  `/why` and `--explain`
report        what an extraction came to
progress      the line that tells how far something is
chat/         the chat
screens/      the full-screen commands: review and gaps
"""
