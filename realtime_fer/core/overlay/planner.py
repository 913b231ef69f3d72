"""Places labels and panels over time, so that they follow their faces calmly.

:mod:`layout` says what is possible in one frame; the planner chooses over time. All that is drawn onto the same frames
is placed by one planner, so that nothing lies on anything else. Called from one thread alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import FrameResult, Image
from realtime_fer.core.overlay import layout
from realtime_fer.core.overlay.calm import FORM_S, LostFaces, PanelForms
from realtime_fer.core.overlay.canvas import Canvas, Placed, placed_at
from realtime_fer.core.overlay.face_overlay import FaceOverlay, face_overlays
from realtime_fer.core.overlay.held_places import HeldPlaces
from realtime_fer.core.overlay.layout import Int32

#: From a result to what is shown of its faces.
OverlaysOf = Callable[[FrameResult], tuple[FaceOverlay, ...]]

#: Seconds after which an unseen person loses the place, and a crowd its small type.
MEMORY_S = 2.0

#: The share of the image beside the faces that panels may fill before all of them become smaller.
_PANEL_SHARE = 0.45
_PANEL_SHARE_CROWD = 0.25
_CROWD = 5

_NOTHING: Int32 = np.zeros((0, 4), np.int32)


class OverlayPlanner:
    """Places labels, panels and a caption on one frame after another.

    Args:
        overlays_of: what ``canvas`` shows of a result.
        scale: of the type that ``canvas`` chooses.
    """

    def __init__(self, overlays_of: OverlaysOf = face_overlays, scale: float = 1.0) -> None:
        self._overlays_of, self._scale = overlays_of, scale
        self._held = HeldPlaces()
        self._canvas: Canvas | None = None
        self._faces: Faces | None = None
        self._scene, self._type_px = -1, 0
        self._crowd: list[tuple[float, int]] = []
        self._corner = 0
        self._forms, self._lost = PanelForms(), LostFaces()
        self._movement_forms, self._own_forms = PanelForms(), PanelForms()
        self._obstacles = _NOTHING
        self._panels_first, self._order_since_s = True, -FORM_S

    def canvas(self, image_bgr: Image, result: FrameResult) -> Canvas:
        """The plan of this frame: the first annotator that asks begins it, the others continue it."""
        height, width = image_bgr.shape[:2]
        current = self._canvas
        if current is not None and self._faces is result.faces and (current.width, current.height) == (width, height):
            return current
        self._faces = result.faces
        return self.begin(
            (width, height),
            self._overlays_of(result),
            result.faces.xyxy,
            result.frame.timestamp_s,
            result.frame.source_generation,
            lambda crowd: round(layout.text_size_px(width, height, crowd) * self._scale),
        )

    def begin(
        self,
        size: tuple[int, int],
        faces: tuple[FaceOverlay, ...],
        boxes: npt.NDArray[np.float32],
        time_s: float,
        scene: int,
        type_size: Callable[[int], int],
        obstacles: Int32 | None = None,
    ) -> Canvas:
        """The plan of the next frame.

        Args:
            size: width and height of the area to place things in, pixels.
            boxes: (n, 4), of the faces in that area's pixels.
            time_s: of the frame; when it goes back, everything is placed anew, as with another size or type.
            scene: the same while the faces' numbers mean the same people.
            type_size: from the greatest number of faces within the last moments to the type size, pixels.
            obstacles: (m, 4), what else stands in the area.
        """
        width, height = size
        current = self._canvas
        if current is not None and (
            (current.width, current.height) != size
            or time_s < current.time_s
            or scene != self._scene
            or type_size(1) != self._type_px
        ):
            self._forget()
        obstacles = _NOTHING if obstacles is None else obstacles
        if current is not None and time_s == current.time_s and not np.array_equal(obstacles, self._obstacles):
            # A still picture gets no later moment in which panels could take the form that has room now.
            self._forms.clear()
            self._movement_forms.clear()
            self._own_forms.clear()
            self._order_since_s = -FORM_S
            self._held.forget_second_best_panels()
        self._obstacles = obstacles
        self._held.forget_before(time_s - MEMORY_S)
        visible = layout.visible_boxes(boxes, width, height)
        crowd = self._crowd_size(int((visible[:, 2] > visible[:, 0]).sum()), time_s)
        self._scene, self._type_px = scene, type_size(1)
        self._canvas = Canvas(width, height, type_size(crowd), crowd, visible, faces, time_s)
        self._canvas.lost = self._lost.boxes([face.identity for face in faces], visible, time_s)
        self._canvas.taken = obstacles
        return self._canvas

    def _forget(self) -> None:
        self._held.clear()
        self._crowd.clear()
        self._forms.clear()
        self._movement_forms.clear()
        self._own_forms.clear()
        self._lost.clear()
        self._order_since_s = -FORM_S

    def place(
        self, canvas: Canvas, label_sizes: npt.ArrayLike, panel_sizes: npt.ArrayLike
    ) -> tuple[list[Placed | None], list[Placed | None]]:
        """Places ``labels`` and ``panels`` in the order that leaves both the most room.

        Of a few faces the panels come first, since a label finds room around a panel sooner than a panel around a
        label; unless that costs a label its words. In a crowd the labels come first.
        """
        if "label" in canvas.placed or "panel" in canvas.placed:
            return self.labels(canvas, label_sizes), self.panels(canvas, panel_sizes)
        if canvas.crowd > _CROWD:
            return self.labels(canvas, label_sizes), self.panels(canvas, panel_sizes)
        before = self._state(canvas)
        cost = self._place_both(canvas, label_sizes, panel_sizes)
        if cost and canvas.time_s - self._order_since_s >= FORM_S:
            usual = self._state(canvas)
            self._restore(canvas, before)
            self._panels_first = not self._panels_first
            if self._place_both(canvas, label_sizes, panel_sizes) < cost:
                self._order_since_s = canvas.time_s
            else:
                self._panels_first = not self._panels_first
                self._restore(canvas, usual)
        self._note_forms(canvas)
        return canvas.placed["label"], canvas.placed["panel"]

    def _place_both(self, canvas: Canvas, label_sizes: npt.ArrayLike, panel_sizes: npt.ArrayLike) -> int:
        """Returns what it costs: a label without room costs most, then one with fewer words, then a smaller panel."""
        if self._panels_first:
            self._choose_panels(canvas, panel_sizes)
        self.labels(canvas, label_sizes)
        if not self._panels_first:
            self._choose_panels(canvas, panel_sizes)
        seen = (canvas.boxes[:, 2] > canvas.boxes[:, 0]) & ~np.array([face.hidden for face in canvas.faces], np.bool_)
        labels, panels = canvas.placed["label"], canvas.placed["panel"]
        cost = 0
        for face in np.flatnonzero(seen):
            label, panel = labels[face], panels[face]
            cost += 1000 if label is None else 50 * label.variant
            cost += 10 if panel is None else panel.variant
        return cost

    def _crowd_size(self, faces: int, time_s: float) -> int:
        """The most faces within the last moments: a face lost for a frame does not resize everybody's type."""
        self._crowd = [(seen_s, n) for seen_s, n in self._crowd if time_s - seen_s <= MEMORY_S and n > faces]
        self._crowd.append((time_s, faces))
        return max(n for _, n in self._crowd)

    def labels(self, canvas: Canvas, sizes: npt.ArrayLike) -> list[Placed | None]:
        """A place above, below or beside each face for the first of its variants that has room, or None.

        ``sizes`` is (n, v, 2) pixels, best first. A face so large that not even its last variant has room beside
        it in the picture is labelled on its own box (see :func:`layout.places_on_box`), if no other face is there.
        """
        if "label" not in canvas.placed:
            variants = np.asarray(sizes, np.int32).reshape(len(canvas.boxes), -1 if len(canvas.boxes) else 1, 2)
            rects, inside = layout.rects_beside(
                canvas.boxes, variants, layout.LABEL_PLACES, canvas.width, canvas.height, canvas.gap, canvas.margin
            )
            above = [place[0] == layout.Side.ABOVE for place in layout.LABEL_PLACES]
            ranks = [2 * variant + (not is_above) for variant in range(variants.shape[1]) for is_above in above]
            placed = self._held.place(canvas, "label", rects, inside, ranks)
            for face in np.flatnonzero(~inside.any(axis=(1, 2)) & (canvas.boxes[:, 2] > 0)):
                if not canvas.faces[face].hidden:
                    placed[face] = self._label_on_box(canvas, int(face), variants[face])
            canvas.placed["label"] = placed
        return canvas.placed["label"]

    def panels(self, canvas: Canvas, sizes: npt.ArrayLike) -> list[Placed | None]:
        """A place beside each face for the largest panel that has room, or None. ``sizes`` is (v, 2), best first.

        A person's panel changes its form at most once in ``FORM_S``; where that form has no room meanwhile, there is
        none. No panel lies on a face, nor where one was a moment ago.
        """
        if "panel" not in canvas.placed:
            self._choose_panels(canvas, sizes)
            self._note_forms(canvas)
        return canvas.placed["panel"]

    def own(self, canvas: Canvas, sizes: npt.ArrayLike, wanted: Sequence[bool]) -> list[Placed | None]:
        """As ``movements``, for own expressions, which come before them."""
        if "own" not in canvas.placed:
            beside = (*(self._edges(canvas, kind) for kind in ("panel", "label")), canvas.boxes)
            self._choose_panels(canvas, sizes, "own", self._own_forms, beside, wanted)
            self._note_forms(canvas, "own", self._own_forms)
        return canvas.placed["own"]

    def movements(self, canvas: Canvas, sizes: npt.ArrayLike, wanted: Sequence[bool]) -> list[Placed | None]:
        """As ``panels``, for the movements of the ``wanted`` faces, beside each face, its panel or its label.

        Called last: they make room for all else.
        """
        if "movements" not in canvas.placed:
            beside = (canvas.boxes, *(self._edges(canvas, kind) for kind in ("panel", "label")))
            self._choose_panels(canvas, sizes, "movements", self._movement_forms, beside, wanted)
            self._note_forms(canvas, "movements", self._movement_forms)
        return canvas.placed["movements"]

    @staticmethod
    def _edges(canvas: Canvas, kind: str) -> Int32:
        """(n, 4), where what belongs to each face was placed; zeros where nothing was."""
        placed = canvas.placed.get(kind) or [None] * len(canvas.boxes)
        edges = [(entry.left, entry.top, entry.right, entry.bottom) if entry else (0, 0, 0, 0) for entry in placed]
        return np.array(edges, np.int32).reshape(-1, 4)

    def _choose_panels(
        self,
        canvas: Canvas,
        sizes: npt.ArrayLike,
        kind: str = "panel",
        forms: PanelForms | None = None,
        beside: Sequence[Int32] = (),
        wanted: Sequence[bool] | None = None,
    ) -> None:
        """``beside``: for each face what the panel may stand at, best first; the face where none is given."""
        forms = forms or self._forms
        levels = np.asarray(sizes, np.int32).reshape(-1, 2)
        n = len(canvas.boxes)
        found = [
            layout.rects_beside(
                boxes,
                np.broadcast_to(levels, (n, *levels.shape)),
                layout.PANEL_PLACES,
                canvas.width,
                canvas.height,
                canvas.gap,
                canvas.margin,
            )
            for boxes in beside or (canvas.boxes,)
        ]
        rects = np.concatenate([entry[0] for entry in found], axis=2)
        inside = np.concatenate([entry[1] for entry in found], axis=2)
        if wanted is not None:
            inside &= np.asarray(wanted, np.bool_)[:, None, None]
        largest = self._largest_level(canvas, levels)
        for row, face in enumerate(canvas.faces):
            only = forms.only(face.identity, canvas.time_s) if face.identity >= 0 else None
            for level in range(len(levels)):
                if (level != only) if only is not None else (level < largest):
                    inside[row, level] = False
        ranks = [level for level in range(len(levels)) for _ in range(rects.shape[2])]
        canvas.placed[kind] = self._held.place(canvas, kind, rects, inside, ranks)

    def _note_forms(self, canvas: Canvas, kind: str = "panel", forms: PanelForms | None = None) -> None:
        placed, forms = canvas.placed[kind], forms or self._forms
        for row, face in enumerate(canvas.faces):
            panel = placed[row]
            if face.identity >= 0 and not forms.shows(
                face.identity, None if panel is None else panel.variant, canvas.time_s
            ):
                placed[row] = None

    def _state(self, canvas: Canvas) -> tuple[HeldPlaces, Int32, dict[str, list[Placed | None]]]:
        return self._held.copy(), canvas.taken, dict(canvas.placed)

    def _restore(self, canvas: Canvas, state: tuple[HeldPlaces, Int32, dict[str, list[Placed | None]]]) -> None:
        self._held, canvas.taken, canvas.placed = state

    def corner(
        self, canvas: Canvas, size: tuple[int, int], of: tuple[int, int, int, int] | None = None
    ) -> Placed | None:
        """A corner with room for a caption of ``size``: the last one while it is free, else the next.

        ``of``: left, top, right, bottom of whose corners they are; the canvas's own where none is given.
        """
        if "corner" not in canvas.placed:
            wide, high = size
            m = canvas.margin
            left, top, right, bottom = of or (0, 0, canvas.width, canvas.height)
            near_x, near_y, far_x, far_y = left + m, top + m, right - m - wide, bottom - m - high
            corners = [(near_x, far_y), (far_x, far_y), (far_x, near_y), (near_x, near_y)]
            rects = np.array([(x, y, x + wide, y + high) for x, y in corners], np.int32)
            free = layout.within(rects, canvas.width, canvas.height, m) & ~layout.overlaps(
                rects, np.concatenate([canvas.boxes, canvas.taken]), canvas.spacing
            )
            order = [self._corner, *(c for c in range(4) if c != self._corner)]
            chosen = next((c for c in order if free[c]), None)
            placed = None
            if chosen is not None:
                self._corner = chosen
                canvas.taken = np.concatenate([canvas.taken, rects[chosen][None]])
                placed = placed_at(rects[chosen], 0)
            canvas.placed["corner"] = [placed]
        return canvas.placed["corner"][0]

    def _largest_level(self, canvas: Canvas, levels: Int32) -> int:
        """The first level at which all panels leave most of the image free, or else the last one."""
        sides = (canvas.boxes[:, 2:] - canvas.boxes[:, :2]).astype(np.int64)
        room = canvas.width * canvas.height - int(sides.prod(axis=1).sum())
        share = _PANEL_SHARE if canvas.crowd <= _CROWD else _PANEL_SHARE_CROWD
        for level, (wide, high) in enumerate(levels.tolist()):
            if canvas.crowd * wide * high <= share * room:
                return level
        return len(levels) - 1

    def _label_on_box(self, canvas: Canvas, face: int, sizes: Int32) -> Placed | None:
        rects = layout.places_on_box(canvas.boxes[face], sizes, canvas.margin, canvas.width, canvas.height)
        others = np.delete(canvas.boxes, face, axis=0)
        free = ~layout.overlaps(rects, np.concatenate([others, canvas.taken]), canvas.spacing)
        if not free.any():
            return None
        rect = rects[int(free.argmax())]
        canvas.taken = np.concatenate([canvas.taken, rect[None]])
        variant = int(np.flatnonzero((sizes == rect[2:] - rect[:2]).all(axis=1))[0])
        return placed_at(rect, variant)
