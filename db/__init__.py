"""Tables, sessions and migrations: what is kept, and nothing of what it means."""
