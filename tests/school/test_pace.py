"""How fast we speak: a steady rate in which nothing is lost by being late, and answers go first."""

from bot.pace import Pace

RATE = 30


def _sends(pace: Pace, seconds: float, every: float, answers: int = 0) -> tuple[int, int, float]:
    """What goes in a time in which one looks so often; how many calls, answers, and the longest
    that an answer waits.
    """
    sent, answered, waited, now = 0, 0, 0.0, 0.0
    due = [(number + 0.5) / answers for number in range(int(answers * seconds))] if answers else []
    while now < seconds:
        while due and due[0] <= now and not pace.take(1000 + answered, now)[0]:
            waited = max(waited, now - due.pop(0))
            answered += 1
        room, _ = pace.room(now)
        for _ in range(room):
            pace.count(1 + sent, now)
            sent += 1
        now += every
    return sent + answered, answered, waited


def test_the_rate_is_reached_and_not_passed_however_late_one_looks() -> None:
    for every in (0.001, 0.01, 0.05, 0.09):
        sent, _, _ = _sends(Pace(RATE), 60, every)
        assert 0.98 * RATE * 60 <= sent <= RATE * 60 + RATE // 3


def test_answers_go_at_once_and_all_together_is_no_more() -> None:
    sent, answered, waited = _sends(Pace(RATE), 60, 0.01, answers=4)
    assert answered == 240
    assert waited <= 0.0101
    assert 0.98 * RATE * 60 <= sent <= RATE * 60 + RATE // 3


def test_no_more_goes_at_once_than_an_empty_second_allows() -> None:
    pace = Pace(RATE)
    burst = sum(not pace.take(number, 100.0)[0] for number in range(100))
    assert burst == RATE // 3
    wait, everybody = pace.take(500, 100.0)
    assert (round(wait, 3), everybody) == (round(1 / RATE, 3), True)


def test_what_nobody_waits_for_yields() -> None:
    pace = Pace(RATE)
    while not pace.take(1, 100.0, yields=True)[0]:
        pass
    assert pace.take(2, 100.0) == (0.0, False)
    assert pace.room(100.0)[0] == 0


def test_one_chat_gets_a_burst_and_then_one_a_second() -> None:
    pace = Pace(1000)
    burst = sum(not pace.take(7, 100.0)[0] for _ in range(30))
    assert burst == 20
    assert (pace.own(7, 100.0), pace.own(8, 100.0)) == (1.0, 0.0)


def test_without_a_rate_nothing_waits() -> None:
    pace = Pace(0)
    assert all(pace.take(1, 0.0) == (0.0, False) for _ in range(1000))
    assert pace.room(0.0)[0] > 1000
