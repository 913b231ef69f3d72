"""Draws the signs of yaw, pitch and roll for the documentation, with the average face.

python scripts/pose_picture.py docs/pose.svg
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import numpy as np

from realtime_fer.core.text.printable import say
from realtime_fer.vision.landmarks.head_pose import TEMPLATE, head_pose

#: Lines of MediaPipe's mesh: outline, eyes, brows, nose, lips.
LINES = (
    (
        *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
        *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109, 10),
    ),
    (33, 160, 159, 158, 133, 153, 145, 144, 33),
    (263, 387, 386, 385, 362, 380, 374, 373, 263),
    (70, 63, 105, 66, 107),
    (300, 293, 334, 296, 336),
    (168, 6, 197, 195, 5, 4, 1),
    (98, 97, 2, 326, 327),
    (61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91, 61),
    (78, 81, 13, 311, 308, 402, 14, 178, 78),
)

#: Title, yaw, pitch, roll in degrees.
FACES = (
    ("0, 0, 0", 0, 0, 0),
    ("yaw +30", 30, 0, 0),
    ("yaw −30", -30, 0, 0),
    ("pitch +25", 0, 25, 0),
    ("pitch −25", 0, -25, 0),
    ("roll +25", 0, 0, 25),
    ("roll −25", 0, 0, -25),
)

WIDTH, HEIGHT, SIZE = 120, 150, 34


def turned(points: np.ndarray, yaw: float, pitch: float, roll: float) -> np.ndarray:
    """(468, 3) in a picture's axes: x to the right, y down, z away from the camera."""
    y, p, r = map(math.radians, (yaw, pitch, roll))
    lean = np.array([[math.cos(r), -math.sin(r), 0], [math.sin(r), math.cos(r), 0], [0, 0, 1]])
    nod = np.array([[1, 0, 0], [0, math.cos(p), math.sin(p)], [0, -math.sin(p), math.cos(p)]])
    turn = np.array([[math.cos(y), 0, -math.sin(y)], [0, 1, 0], [math.sin(y), 0, math.cos(y)]])
    return np.asarray(points @ (turn @ nod @ lean).T)


def picture(template: np.ndarray) -> str:
    parts = []
    for column, (title, *angles) in enumerate(FACES):
        points = turned(template, *angles)
        measured = head_pose(points.astype(np.float32))
        if np.abs(np.array(measured) - angles).max() > 0.5:
            raise SystemExit(f"The face drawn for '{title}' measures {measured}.")
        x, y = WIDTH * (column + 0.5), 66
        for line in LINES:
            places = " ".join(f"{x + SIZE * points[at, 0]:.1f},{y + SIZE * points[at, 1]:.1f}" for at in line)
            parts.append(f'<polyline points="{places}"/>')
        tip = points[1]
        end = tip + turned(np.array([[0, 0, -0.8]]), *angles)[0]
        places = " ".join(f'{name}="{x + SIZE * at[0]:.1f}" ' for name, at in (("x1", tip), ("x2", end)))
        places += " ".join(f'{name}="{y + SIZE * at[1]:.1f}"' for name, at in (("y1", tip), ("y2", end)))
        parts.append(f'<line {places} stroke="#c33" stroke-width="3"/>')
        parts.append(f'<text x="{x:.0f}" y="{HEIGHT - 6}" fill="#333" stroke="none">{title}</text>')
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * len(FACES)} {HEIGHT}">\n'
        f'<rect width="{WIDTH * len(FACES)}" height="{HEIGHT}" fill="white"/>\n'
        '<g fill="none" stroke="#333" font-family="sans-serif" font-size="13" text-anchor="middle">\n'
        f"{body}\n</g>\n</svg>\n"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    with np.load(TEMPLATE) as content:
        out.write_text(picture(content["points"].astype(np.float64)), encoding="utf-8")
    say(str(out))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
