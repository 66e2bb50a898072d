"""The index of a library on this computer: its tables, how it is filled, read and searched."""
