"""One provider to read: its text, the notes beside it, and the reply."""
