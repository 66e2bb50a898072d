"""What came back about an evaluation, and the answers to it."""
