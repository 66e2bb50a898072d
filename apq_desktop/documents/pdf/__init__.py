"""The PDF: the content tree laid out with ReportLab, tagged, and made fit for archives with pikepdf."""
