"""The SQLite database: connection, tables, migrations, checks of integrity."""
