"""The program: a module a command, and what is shown.

main          runs a command, prints errors, leaves with the exit status
arguments     the table of commands, their arguments and the help
status        exit statuses
signals       how the program ends when the system or Ctrl-C ends it
paths         opens knowledge files for a command
ask           `faqbot ask`
batch         `faqbot ask --batch`
imports       `faqbot import`
exports       `faqbot export`
extract       `faqbot extract`
check         `faqbot check`
review        `faqbot review`
evaluate      `faqbot eval`
gaps          `faqbot gaps`
serve         `faqbot serve`
mcp           `faqbot mcp`
completion    `faqbot completion`
help          `faqbot help`: the manual in `faqbot/manual/`
text          text made safe and wrapped
replies       a reply as styled text
markdown      Markdown as styled text
explanations  `/why` and `--explain`
report        what an extraction came to
progress      the line that tells how far something is
chat/         the chat
screens/      the full-screen commands: review and gaps
"""
