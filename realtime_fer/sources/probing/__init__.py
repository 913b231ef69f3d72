"""What is seen in a file before it is analysed."""
