"""All providers of the library, and what comes in."""
