"""The .apq file as a file: opening, locking, copies, backups, and the guard against other writers."""
