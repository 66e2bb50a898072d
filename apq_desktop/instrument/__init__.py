"""The instrument: categories, quality areas and questions, read strictly from ``forms/``.

Source: IntegratED, *Alternative Provision Quality Toolkit*, 2022. Numbers and keys are part of the file
format and never change; texts are our own. ``forms/README.md`` describes the files, and how a council or a trust
adds questions of its own.
"""

from apq_desktop.instrument.catalogue import (
    AREAS,
    Area,
    Asked,
    Catalogue,
    Category,
    Example,
    Guidance,
    Kind,
    Purpose,
    Question,
    Source,
    Standard,
    SubArea,
)
from apq_desktop.instrument.loading import load
from apq_desktop.instrument.local_questions import LocalQuestions, load_local, with_local

__all__ = [
    "AREAS",
    "Area",
    "Asked",
    "Catalogue",
    "Category",
    "Example",
    "Guidance",
    "Kind",
    "LocalQuestions",
    "Purpose",
    "Question",
    "Source",
    "Standard",
    "SubArea",
    "load",
    "load_local",
    "with_local",
]
