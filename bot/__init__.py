"""The process: starts things, knows the network and the clock."""

import os

# python-telegram-bot's own switch: how long to wait is a timedelta, as its next version has it, and
# making that error warns no more.
os.environ["PTB_TIMEDELTA"] = "true"
