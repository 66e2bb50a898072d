"""What the menus do: one module for the handlers of each menu."""
