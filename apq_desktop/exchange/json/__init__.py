"""The portable JSON, format ``apq-evaluation``. The only room that knows pydantic and rfc8785."""
