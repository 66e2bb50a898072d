"""The PDF and the web page: what is said, in order, and how it is set on paper and on a screen.

The only floor that knows ReportLab and pikepdf.
"""
