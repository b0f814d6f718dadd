"""Tests that need a cluster or a bucket: python -m pytest -m cluster."""
