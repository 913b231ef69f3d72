"""A recording reviewed after the fact: what a person corrects, and what is exported. Knows no Qt and no video."""
