"""Text values: cleaning, dates, school years, folding for search, and a walk over everything written."""
