"""Prefect flows: wrappers around `extract.pipeline` without extraction logic of their own."""
