"""The window itself: menu bar, header, notification bar, and the composition root."""
