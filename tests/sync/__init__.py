"""Batches, ingest, two hops, kills and forks, over real HTTP and SQLite."""
