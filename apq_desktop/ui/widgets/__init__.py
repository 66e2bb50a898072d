"""What every page is made of: labels, buttons, fields, layouts and lists, painted from palette and font."""
