"""What many settings write, read together: one area across providers, themes, a matrix, a report."""
