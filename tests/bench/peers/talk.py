"""The talk that every bot holds: a command and ten answers, each one met by the next question."""

import os

QUESTIONS = tuple(f"Question {number}: what do you think of it?" for number in range(1, 11))
THANKS = "Thank you, that was all."
ANSWER = "Somebody who lives here would come twice a week and bring a friend along."
MESSAGES = ("/start", *[ANSWER] * len(QUESTIONS))

# What is said to many.
NEWS = "On Saturday at 18:00 we meet at the library. Everybody who has an idea is welcome."


def chats() -> range:
    """To whom."""
    first = int(os.environ["BENCH_FIRST"])
    return range(first, first + int(os.environ["BENCH_PEOPLE"]))
