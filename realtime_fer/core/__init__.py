"""The words every other room speaks. Imports numpy and the standard library only."""
