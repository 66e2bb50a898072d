"""Rules on an evaluation: progress, action plan, checks before sending, personal data, search, the next year."""
