"""What the school does: plain functions over rows, without Telegram, clock, commit or network."""
