"""Fixes made round by round, each proven to have changed what it named alone, and written whole or not at all."""
