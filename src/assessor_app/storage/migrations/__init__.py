"""Alembic migrations; they run through storage.database only."""
