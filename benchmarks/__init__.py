"""The benchmark: newslint beside what one would take instead, as whole processes; ``python -m benchmarks``."""
