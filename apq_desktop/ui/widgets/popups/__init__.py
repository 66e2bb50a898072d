"""What opens over the window: dialogs, the calendar, the print preview."""
