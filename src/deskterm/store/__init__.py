"""The one database file: connections, migrations, the one writer, readers, journal, search."""
