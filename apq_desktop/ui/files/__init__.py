"""The open .apq file: the worker that saves, the lock, backups, earlier versions, rescue."""
