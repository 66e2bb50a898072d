"""The process around the window: its screen, its garbage, its crashes, and trying it where it is installed."""
