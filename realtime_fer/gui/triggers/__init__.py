"""Triggers as a person makes, tries and watches them."""
