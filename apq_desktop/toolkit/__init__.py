"""The instrument: categories, quality areas and questions, read strictly from ``forms/``.

Source: IntegratED, *Alternative Provision Quality Toolkit*, 2022. Numbers and keys are part of the file
format and never change; texts are our own. ``forms/README.md`` describes the files, and how a council or a trust
adds questions of its own.
"""
