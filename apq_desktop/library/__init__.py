"""The library: what a council or a peer received, kept byte for byte in a folder, with journals and an index to read.

Knows nothing of JSON formats and of the .apq file: services hand it evaluations that are verified.
"""
