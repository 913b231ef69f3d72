"""A folder of videos annotated by many machines: Dask hands out the videos, or parts of long ones."""
