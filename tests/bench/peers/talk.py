"""The talk that every bot holds: a command and ten answers, each one met by the next question."""

QUESTIONS = tuple(f"Question {number}: what do you think of it?" for number in range(1, 11))
THANKS = "Thank you, that was all."
ANSWER = "Somebody who lives here would come twice a week and bring a friend along."
MESSAGES = ("/start", *[ANSWER] * len(QUESTIONS))
