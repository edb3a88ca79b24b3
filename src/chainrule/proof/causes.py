"""Which causes the messages of a wrong answer name, and whether it declares them.

A wrong answer says in its file which cause the feedback must name (`# says:`), and which other ones are true of it as
well (`# also:`). All other causes that the course knows it must not name: that would send a student the wrong way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chainrule.proof.answers import Answer

# What messages guess where nobody has named the mistake: a word for each guess, and how the message words it.
GUESSES = {
    "a factor 2": re.compile(r"twice what it should be|half of what it should be"),
    "a common factor": re.compile(r"one and the same factor"),
    "a sign": re.compile(r"the sign is the other way round|signs are the other way"),
    "a transpose": re.compile(r"looks transposed"),
    "the order": re.compile(r"each other's places"),
    "few digits": re.compile(r"it is rounded|32 bits"),
    "brackets": re.compile(r"a pair of brackets"),
    "a lost axis": re.compile(r"[Aa]xis (of length 1 )?is missing"),
    "a table": re.compile(r"made a table of them"),
    "the notebook's variables": re.compile(r"uses the notebook's variable"),
}
_KNOWN = re.compile(r"It looks as if (.+?)\.( |$)")


def undeclared_causes(answer: Answer, messages: Iterable[str]) -> Iterator[str]:
    """The causes that messages name and that the answer's file does not, each with its message.

    Sentence by sentence: a message that begins with the right cause may end with a wrong one.
    """
    declared = [words.lower() for words in (*answer.says, *answer.also)]
    for message in messages:
        for sentence in re.split(r"(?<=[.?!]) ", message):
            if not any(words in sentence.lower() for words in declared):
                known = _KNOWN.search(sentence)
                yield from (f"{cause}: {message}" for cause, words in GUESSES.items() if words.search(sentence))
                if known:
                    yield f"{known[1]}: {message}"
