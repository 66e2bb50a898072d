"""The open file: its evaluations, saving as people type, backups, and the thread that writes."""
