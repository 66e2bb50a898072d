"""The tests. A package, because Spylls installs one of this name, which would hide a folder without this file."""
