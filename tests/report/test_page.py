from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.core.cards.model_spec import read_model_spec
from realtime_fer.core.degradation import DEGRADATION_STEPS
from realtime_fer.core.enums import Film, Privacy, Sensitivity
from realtime_fer.core.frame import FrameResult, LearningState, RestingFaceLearning
from realtime_fer.report.page import MOST_PEOPLE, make_report
from realtime_fer.report.stills import MAX_STILLS
from tests.report.conftest import MakeSession
from tests.sinks.conftest import build_result, half_red

_VOID = {"meta", "img", "br", "rect", "line"}


class Page(HTMLParser):
    """Checks that elements nest, and gathers what a test asks for."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID or (tag == "rect" and self.get_starttag_text()[-2:] != "/>"):
            self.open.append(tag)
        if tag == "line" and self.get_starttag_text()[-2:] != "/>":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, text: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(text)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def pictures(page: Page) -> list[np.ndarray]:
    decoded = []
    for image in page.of("img"):
        source = image["src"] or ""
        assert source.startswith("data:image/jpeg;base64,")
        content = np.frombuffer(base64.b64decode(source.partition(",")[2]), np.uint8)
        decoded.append(cv2.imdecode(content, cv2.IMREAD_COLOR))
    return decoded


def test_the_page_tells_people_markers_drops_and_the_models_card(make_session: MakeSession, checkout: Path) -> None:
    spec = read_model_spec(checkout / "weights" / "fer-s-7.json")
    page = Page(make_report(make_session(markers={7: "laughs"}), {"m7": spec}))
    assert "Person 1" in page.text
    assert "Person 2" in page.text
    assert "laughs" in page.text
    assert "Angry" in page.text
    assert "not written because the disk or the encoder was busy 3" in page.text
    measured = spec.card["metrics"]["PublicTest"]
    assert f"{100 * measured['accuracy']:.1f} %" in page.text
    assert str(measured["n"]) in page.text
    assert "Known limits" in page.text
    assert "desk camera" in page.text
    assert "not what a person feels" in page.text
    assert len(page.of("svg")) == 2
    assert all(svg["role"] == "img" and svg["aria-label"] for svg in page.of("svg"))
    assert all(image["alt"] for image in page.of("img"))


def test_it_stands_alone(make_session: MakeSession) -> None:
    text = make_report(make_session(), {})
    page = Page(text)
    assert not page.of("script") + page.of("link") + page.of("iframe") + page.of("a")
    assert not re.findall(r"(?:https?:)?//\w", re.sub(r"data:image/jpeg;base64,[\w+/=]+", "", text))
    assert "url(" not in text
    policy = next(meta["content"] for meta in page.of("meta") if meta.get("http-equiv"))
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert "The card of this model is not on this computer" in page.text


def test_stills_are_the_faces_of_the_video(make_session: MakeSession) -> None:
    results = []
    for n in range(60):
        image = np.full((120, 160, 3), 30, np.uint8)
        image[0:40, 10:50] = (0, 0, 230) if n >= 40 else (230, 0, 0)
        results.append(build_result(n / 10, image=image))
    # The most probable moment is after the change, far from the video's beginning.
    faces = results[50].faces
    results[50] = build_result(5.0, image=results[50].frame.image_bgr)
    results[50].faces.smoothed[:] = faces.smoothed * np.float32(1.5)
    (still,) = pictures(Page(make_report(make_session(results), {})))
    middle = still[still.shape[0] // 2, still.shape[1] // 2].astype(int)
    assert middle[2] > 150
    assert middle[0] < 80


def test_stills_come_from_the_clean_video_where_there_is_one(make_session: MakeSession) -> None:
    drawn, clean = (
        pictures(Page(make_report(make_session(film=film, draw=half_red), {}))) for film in ("annotated", "both")
    )
    assert len(drawn) == len(clean) == 2
    assert drawn[0][:, :, 2].mean() > 150, "red is drawn there"
    assert clean[0][:, :, 2].mean() < 80


def test_numbers_alone_and_a_damaged_video_give_a_page_without_pictures(make_session: MakeSession) -> None:
    page = Page(make_report(make_session(film=Film.NONE), {}))
    assert page.of("img") == []
    assert "none, numbers only" in page.text
    folder = make_session()
    (folder / "video.mp4").write_bytes(b"no video at all")
    assert Page(make_report(folder, {})).of("img") == []


def test_hidden_faces_stay_hidden_and_it_says_so(make_session: MakeSession) -> None:
    page = Page(make_report(make_session([build_result(n / 10, privacy=Privacy.BLUR) for n in range(5)]), {}))
    assert "faces blurred" in page.text


def test_the_sensitivity_is_told(make_session: MakeSession) -> None:
    results = [
        replace(build_result(n / 10), sensitivity=Sensitivity.STANDARD if n < 5 else Sensitivity.HIGHER)
        for n in range(10)
    ]
    text = Page(make_report(make_session(results), {})).text
    assert "Sensitivity to subtle expressions" in text
    assert "standard (0:00.0 to 0:00.5), higher (0:00.5 to" in text


def test_lowered_load_and_resting_faces_are_told(make_session: MakeSession) -> None:
    results = [replace(build_result(n / 10), degradation_step=1 if n < 5 else 0) for n in range(10)]
    results[6] = replace(results[6], resting_faces=RestingFaceLearning(LearningState.DONE, identities=(1,)))
    page = Page(make_report(make_session(results), {}))
    assert f"{DEGRADATION_STEPS[1].words}, for 0.5 s" in page.text
    assert "learned at 0:00.6: of Person 1." in page.text


def in_two_sources() -> list[FrameResult]:
    """Two seconds of each, numbers going on as the pipeline's do."""
    first = [build_result(n / 10, source_name="desk camera") for n in range(20)]
    second = [build_result(2 + n / 10, source_generation=1, source_name="trip <1>.mp4") for n in range(20)]
    return first + [replace(each, faces=each.faces.with_tracker_id(np.array([2]))) for each in second]


def test_the_people_and_names_of_two_sources_are_told_apart(make_session: MakeSession) -> None:
    page = Page(make_report(make_session(in_two_sources()), {}))
    assert "desk camera (0:00.0 to 0:02.0), trip <1>.mp4 (0:02.0 to 0:04.0)" in page.text
    assert page.text.count("In view for 2.0 s, 50 % of the recording") == 2


def test_a_source_that_was_opened_again_is_named_once(make_session: MakeSession) -> None:
    results = [build_result(n / 10, source_generation=n // 5, source_name="desk camera") for n in range(20)]
    assert "Source desk camera Started" in Page(make_report(make_session(results), {})).text


def test_of_sources_without_names_the_number_is_told(make_session: MakeSession) -> None:
    folder = make_session([build_result(n / 10, source_generation=n // 10) for n in range(30)])
    assert "desk camera and 2 others whose names were not recorded" in Page(make_report(folder, {})).text


def test_words_of_files_are_no_markup(make_session: MakeSession) -> None:
    evil = '<script>alert("1")</script>'
    folder = make_session(markers={2: evil})
    facts = folder / "session.json"
    facts.write_text(facts.read_text().replace("desk camera", evil.replace('"', "'")).replace("1.2.3", "<b>x"))
    page = Page(make_report(folder, {}))
    assert not page.of("script") + page.of("b")
    assert evil in page.text


def test_a_session_without_a_face_and_one_with_many(make_session: MakeSession) -> None:
    page = Page(make_report(make_session([build_result(n / 10, faces=0) for n in range(5)]), {}))
    assert "No face was found" in page.text
    crowd = make_session([build_result(n / 10, faces=20, size=(1200, 120)) for n in range(8)])
    page = Page(make_report(crowd, {}))
    assert len(page.of("svg")) == MOST_PEOPLE
    assert "8 faces that were in view for less time" in page.text
    assert len(page.of("img")) <= MAX_STILLS


def test_snapshots_are_shown_smaller(make_session: MakeSession) -> None:
    folder = make_session(film=Film.NONE)
    (folder / "snapshots").mkdir()
    cv2.imwrite(str(folder / "snapshots" / "snapshot_a.png"), np.full((1080, 1920, 3), 90, np.uint8))
    (folder / "snapshots" / "broken.png").write_bytes(b"x")
    (image,) = pictures(Page(make_report(folder, {})))
    assert image.shape == (405, 720, 3)


@pytest.mark.parametrize("facts", [{}, {"models": [{"id": {"a": 1}}], "gaps": [{"from_s": 9, "to_s": 1}]}])
def test_odd_facts_still_give_a_page(make_session: MakeSession, facts: dict[str, object]) -> None:
    folder = make_session()
    (folder / "session.json").write_text(json.dumps(facts))
    assert "Person 1" in Page(make_report(folder, {})).text


def test_what_passed_beyond_the_video_in_a_very_long_gap_is_told(make_session: MakeSession) -> None:
    results = [build_result(begin + n / 10, faces=1) for begin in (0.0, 8.5 * 3600) for n in range(5)]
    text = Page(make_report(make_session(results), {})).text
    assert "6 h 00 min" in text
    assert "6 hours at most: 2 h 30 min more passed" in text
    ordinary = [build_result(begin + n / 10, faces=1) for begin in (0.0, 3600.0) for n in range(5)]
    assert "at most:" not in Page(make_report(make_session(ordinary), {})).text


def test_a_pause_a_gap_and_what_was_not_analysed_are_told_in_their_own_words(make_session: MakeSession) -> None:
    results = [replace(build_result(n / 10, faces=0), searched=False) for n in range(10)]
    results += [build_result(1 + n / 10) for n in range(10)]
    paused = [build_result(4 + n / 10) for n in range(10)]
    results += [replace(result, frame=replace(result.frame, paused_s=2.0)) for result in paused]
    lost = [build_result(10 + n / 10) for n in range(10)]
    results += [replace(result, frame=replace(result.frame, paused_s=2.0, losses=1)) for result in lost]
    page = Page(make_report(make_session(results), {}))
    for told in (
        "A person paused for 2.1 s in all.",
        "The source gave no frame for 5.1 s in all",
        "1.0 s in all were not analysed",
        "Not analysed: no faces were searched for 1.0 s",
        "Paused 2.1 s",
        "No frame from the source 5.1 s",
        "A dotted box: paused.",
        "A dashed box: no frame arrived.",
        "An empty box: not analysed",
        "Not analysed from 0:00.0 to 0:01.0",
        "Paused from 0:01.9 to 0:04.0",
        "No frame from 0:04.9 to 0:10.0",
    ):
        assert told in page.text, told
    assert re.search(r"Out of view 0\.[0-2] s", page.text)


def test_a_report_without_pauses_says_nothing_of_them(make_session: MakeSession) -> None:
    page = Page(make_report(make_session(), {}))
    assert "aused" not in page.text.replace("Pauses 0", "")
    assert "ot analysed" not in page.text


@pytest.mark.parametrize(
    ("sound", "said"),
    [
        ({"microphone": "USB <Microphone>", "silences": []}, "USB <Microphone>"),
        (
            {"microphone": "default", "silences": [{"from_s": 0.0, "to_s": 0.4}, {"from_s": 1, "to_s": 1.2}]},
            "the default microphone; silent for 0.6 s",
        ),
        ({"lost": "No microphone is connected."}, "none: the microphone could not be used"),
    ],
)
def test_whose_sound_a_recording_has_is_told(make_session: MakeSession, sound: dict[str, object], said: str) -> None:
    session = make_session([build_result(n / 10) for n in range(20)])
    path = session / "session.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"sound": sound}))
    assert f"Sound {said} " in Page(make_report(session, {})).text
