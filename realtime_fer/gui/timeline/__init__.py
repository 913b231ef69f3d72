"""Each person's last minute beside the live picture.

From the numbers to the window: ``expression_history`` samples the results, ``strip_pixels`` turns one person's minute
into an image, ``rows`` puts it into words, ``strips_item`` paints all strips as one item of the ``plot``, and ``dock``
holds the plot and the choice of a person.
"""
