"""A thermal printer made of software: bytes in, paper and answers out."""
