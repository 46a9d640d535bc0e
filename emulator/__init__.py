"""Telegram on loopback, for tests and for looking at a bot. It is an emulator, not Telegram."""
