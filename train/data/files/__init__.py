"""What lies on disk, whatever the data set: tables, archives, and the words that both use for a class."""
