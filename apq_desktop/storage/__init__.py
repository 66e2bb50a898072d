"""The .apq file: one SQLite file for one workspace. The only floor that knows SQLAlchemy and SQLite."""
