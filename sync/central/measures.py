"""What the server counts about itself, as Prometheus reads it."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST.removesuffix("; charset=utf-8")
"""Without the charset, which the framework adds itself."""


class Measures:
    """Counters of one server; each has a registry of its own, so that tests may run many."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.entries = Counter("thanthien_entries_taken", "Entries taken.", registry=self._registry)
        self.batches = Counter(
            "thanthien_batches", "Batches by outcome: ok, or a trouble code.", ["outcome"], registry=self._registry
        )
        self.seconds = Histogram(
            "thanthien_batch_seconds", "From a whole request to its durable answer.", registry=self._registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
        )  # fmt: skip
        self.waiting = Gauge("thanthien_waiting_batches", "Batches nobody has begun to take.", registry=self._registry)
        self.books = Gauge("thanthien_books", "Books held, by state.", ["state"], registry=self._registry)
        self.unsent = Gauge(
            "thanthien_upstream_waiting_entries", "Entries not yet held by the upstream log.", registry=self._registry
        )

    def text(self) -> bytes:
        """The text format."""
        return generate_latest(self._registry)
