"""The web page: the content tree as one HTML file."""
