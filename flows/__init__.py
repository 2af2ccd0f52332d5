"""Prefect flows: wrappers around `extract.pipeline`, with no extraction logic of their own."""
