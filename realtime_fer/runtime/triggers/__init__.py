"""Watches results for triggers that fire, and has their actions done in a thread of their own."""
