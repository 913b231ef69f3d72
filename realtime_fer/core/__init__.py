"""The types that all other folders share. Imports only numpy and the standard library."""
