"""The PDF: the content tree laid out, drawn on ReportLab's canvas, tagged, and made fit for archives with pikepdf."""
