"""The PDF: what is said, in order, and how it is set on paper.

The only floor that knows ReportLab and pikepdf.
"""
