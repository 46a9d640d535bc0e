"""Processes are killed, networks fail: nothing that a person said is lost."""
