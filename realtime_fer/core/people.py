"""The colours that tell people apart, the same in every view of the results."""

from __future__ import annotations

#: 8-bit sRGB. White writing on each has a contrast of at least 5 to 1 (WCAG 2, AA), and none is an expression's colour.
#: Neighbours differ in lightness or hue also under the common colour-vision deficiencies; the number always stands by.
PERSON_COLOURS_RGB: tuple[tuple[int, int, int], ...] = (
    (53, 102, 204),
    (176, 67, 44),
    (42, 122, 75),
    (147, 49, 143),
    (138, 87, 34),
    (26, 116, 128),
    (176, 58, 120),
    (102, 105, 26),
    (117, 71, 189),
    (77, 90, 107),
)
