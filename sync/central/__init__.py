"""Where books arrive: ingest, the log of many books, tallies, the HTTP face of it all."""
