"""APQ Desktop: a provider of alternative provision evaluates itself, area by area, and sends what it found."""

__version__ = "0.1.0"
