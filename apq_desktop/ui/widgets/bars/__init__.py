"""Bars across the window: the banner, the row of tabs, the notification bar."""
