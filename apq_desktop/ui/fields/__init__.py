"""Fields: text, choice, list and table, each bound to the evaluation."""
