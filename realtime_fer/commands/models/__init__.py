"""``realtime-fer models``: lists the models, or checks one of a person's own."""
