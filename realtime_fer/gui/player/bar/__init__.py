"""Parts of the transport bar: the speed, the place, labels that shorten, the volume in its menu."""
