"""The editing session: the open file, the evaluation in memory, autosave and the storage thread."""
