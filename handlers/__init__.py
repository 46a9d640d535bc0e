"""Telegram's edge: reads the input, calls one function of the school, says something."""
