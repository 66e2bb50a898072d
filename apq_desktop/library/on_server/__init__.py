"""A library on a server, and the way there from a folder and back."""
