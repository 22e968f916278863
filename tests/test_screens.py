"""What the screen shows, key by key, in terminals of three widths: the whole program under a pseudo-terminal."""

import pytest

from terminal import Terminal

BAKERY = """\
# Bakery

- source: Our notice board

## When do you open?

- topic: visit
- from: line 1

**Seven** to six, *Sundays* from eight.

## What bread do you bake?

- topic: bread
- also: Which loaves are there?

We bake:

- rye with caraway, on Mondays and Thursdays, baked before sunrise and sold until it is gone
- **spelt**

See [the list](https://bakery.example/bread).

## Where do I park?

- topic: visit

Behind the house.

## How much is a cake?

- gap: Prices change daily. Ask at the counter.
"""

TOOLBARS = {
    40: " Bakery  /help  Ctrl-D leaves",
    80: " Bakery  /help  Ctrl-D leaves  Tab completes  Ctrl-C clears the line",
    120: " Bakery  /help  Ctrl-D leaves  Tab completes  Ctrl-C clears the line",
}

# What each key does: the keys, and the screen above the toolbar at 40, 80 and 120 columns.
SCREENS = {
    "a menu of questions and their topics opens while one types": (
        b"which lo",
        """\
> which lo
        What bread do you bake?  bread""",
        """\
> which lo
           What bread do you bake?  bread""",
        """\
> which lo
           What bread do you bake?  bread""",
    ),
    "Tab goes into the menu": (
        b"\t",
        """\
> What bread do you bake?
        What bread do you bake?  bread""",
        """\
> What bread do you bake?
           What bread do you bake?  bread""",
        """\
> What bread do you bake?
           What bread do you bake?  bread""",
    ),
    "Enter takes what is marked, and does not send it": (
        b"\r",
        """\
> What bread do you bake?""",
        """\
> What bread do you bake?""",
        """\
> What bread do you bake?""",
    ),
    "Enter sends": (
        b"\r",
        """\
> What bread do you bake?
We bake:

- rye with caraway, on Mondays and
  Thursdays, baked before sunrise and
  sold until it is gone
- spelt

See the list
(https://bakery.example/bread).
Source: Our notice board

>""",
        """\
> What bread do you bake?
We bake:

- rye with caraway, on Mondays and Thursdays, baked before sunrise and sold
  until it is gone
- spelt

See the list (https://bakery.example/bread).
Source: Our notice board

>""",
        """\
> What bread do you bake?
We bake:

- rye with caraway, on Mondays and Thursdays, baked before sunrise and sold until it is gone
- spelt

See the list (https://bakery.example/bread).
Source: Our notice board

>""",
    ),
    "/clear empties the screen": (
        b"/clear\r",
        """\
>""",
        """\
>""",
        """\
>""",
    ),
    "Ctrl-C clears the line": (
        b"half\x03",
        """\
> half
>""",
        """\
> half
>""",
        """\
> half
>""",
    ),
    "Ctrl-C on an empty line says how to leave": (
        b"\x03",
        """\
> half
>
Ctrl-D or /quit leaves.
>""",
        """\
> half
>
Ctrl-D or /quit leaves.
>""",
        """\
> half
>
Ctrl-D or /quit leaves.
>""",
    ),
    "a paste of two lines waits for Enter as one": (
        b"/clear\r\x1b[200~where do\ni park \n\x1b[201~",
        """\
> where do i park
        Where do I park?         visit
        When do you open?        visit
        What bread do you bake?  bread""",
        """\
> where do i park
                  Where do I park?         visit
                  When do you open?        visit
                  What bread do you bake?  bread""",
        """\
> where do i park
                  Where do I park?         visit
                  When do you open?        visit
                  What bread do you bake?  bread""",
    ),
    "and is sent by it": (
        b"\r",
        """\
> where do i park
Behind the house.
Source: Our notice board

You may also ask:
1. When do you open?

>""",
        """\
> where do i park
Behind the house.
Source: Our notice board

You may also ask:
1. When do you open?

>""",
        """\
> where do i park
Behind the house.
Source: Our notice board

You may also ask:
1. When do you open?

>""",
    ),
    "what was asked before is offered behind the cursor": (
        b"/clear\rwhere do",
        """\
> where do i park
        Where do I park?         visit
        When do you open?        visit
        What bread do you bake?  bread""",
        """\
> where do i park
           Where do I park?         visit
           When do you open?        visit
           What bread do you bake?  bread""",
        """\
> where do i park
           Where do I park?         visit
           When do you open?        visit
           What bread do you bake?  bread""",
    ),
    "the right arrow takes it": (
        b"\x1b[C\r",
        """\
> where do i park
Behind the house.
Source: Our notice board

You may also ask:
1. When do you open?

>""",
        """\
> where do i park
Behind the house.
Source: Our notice board

You may also ask:
1. When do you open?

>""",
        """\
> where do i park
Behind the house.
Source: Our notice board

You may also ask:
1. When do you open?

>""",
    ),
    "/good and a command that is none": (
        b"/clear\r/good\r/godo\r",
        """\
> /good
Ask something first: /good says what you
thought of the last reply.

> /godo
There is no command /godo. Type /help to
see them all.

>""",
        """\
> /good
Ask something first: /good says what you thought of the last reply.

> /godo
There is no command /godo. Type /help to see them all.

>""",
        """\
> /good
Ask something first: /good says what you thought of the last reply.

> /godo
There is no command /godo. Type /help to see them all.

>""",
    ),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "bakery.md").write_text(BAKERY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("place", "columns"), list(enumerate(TOOLBARS)))
def test_what_each_key_does(folder, place, columns):
    terminal = Terminal("chat", "bakery.md", columns=columns)
    terminal.until("Bakery  /help")
    terminal.type(b"park\r")  # it may have to wait for the answer, and say so
    terminal.until("Our notice board")
    terminal.type(b"/clear\r")
    terminal.comes_to(f">\n\n{TOOLBARS[columns]}")
    for keys, *screens in SCREENS.values():
        terminal.type(keys)
        terminal.comes_to(f"{screens[place]}\n\n{TOOLBARS[columns]}")
    assert terminal.leave() == 0
