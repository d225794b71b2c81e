"""How a book travels: batches, the uploader, the link, a device's keys."""
