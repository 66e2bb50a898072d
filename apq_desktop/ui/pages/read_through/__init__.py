"""Read it through: the whole evaluation as its reader will see it, with its contents."""
