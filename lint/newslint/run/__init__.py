"""Many files: finding them, reading them, linting each, one report."""
