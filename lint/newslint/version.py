"""The one place where newslint's version is written, from which the build reads it, and where newslint is kept."""

__version__ = "0.1.0"
REPOSITORY = "https://github.com/newslint/newslint"
