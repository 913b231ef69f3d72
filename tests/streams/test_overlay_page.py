"""The page for OBS, run by Node.js: it draws the newest frame, and connects again after each end of the program."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib import resources

import pytest

from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.text.translation import in_language

NODE = shutil.which("node")

#: What the page finds of a browser: elements that only keep their children, a clock and a socket that the test drives.
BROWSER = """
class Element {
  constructor() { this.children = []; this.style = {setProperty() {}}; this.dataset = {}; this.hidden = false; }
  append(child) { child.parent = this; this.children.push(child); }
  remove() { this.parent.children = this.parent.children.filter((one) => one !== this); }
}
const found = {people: new Element(), waiting: new Element()};
const sockets = [], delays = [], told = [];
let waits = null, frame = null;
globalThis.document = {
  documentElement: new Element(),
  getElementById: (name) => found[name],
  createElement: () => new Element(),
};
globalThis.location = {search: "?wait=1&lang=de", host: "127.0.0.1:8771"};
globalThis.requestAnimationFrame = (draw) => { frame = draw; };
globalThis.setTimeout = (call, ms) => { delays.push(ms); waits = call; };
globalThis.WebSocket = class { constructor(url) { this.url = url; sockets.push(this); } };
const drawNow = () => frame(performance.now());
const face = {face_id: 1, name: "Anna", expression: "happy", x: 5, smoothed: {happy: 0.9, sad: null}};
const give = (faces, source = 0) => sockets.at(-1).onmessage({
  data: JSON.stringify({type: "frame", source_index: source, media_time_s: null, faces}),
});
const shownPeople = () => found.people.children.length;
"""

STEPS = """
for (let ends = 0; ends < 6; ends++) { sockets.at(-1).onclose(); waits(); }
told.push(delays.splice(0), found.waiting.hidden);
sockets.at(-1).onopen();
told.push(found.waiting.hidden);
give([face]); give([face, {...face, face_id: 2, x: 1}]); drawNow();
told.push(shownPeople());
sockets.at(-1).onclose(); drawNow();
told.push(shownPeople(), delays.splice(0), sockets.length);
waits(); sockets.at(-1).onopen(); give([face]); drawNow();
told.push(shownPeople(), sockets.at(-1).url);
give([face], 1); drawNow(); give([face]); drawNow();
told.push(shownPeople(), found.people.children[0].children[0].children[1].textContent);
console.log(JSON.stringify(told));
"""


@pytest.mark.skipif(NODE is None, reason="Node.js is missing")
def test_the_page_connects_again_and_again() -> None:
    page = (resources.files("realtime_fer.assets") / "overlay.js").read_text("utf-8").replace('"use strict";', "")
    done = subprocess.run(
        [str(NODE), "--input-type=commonjs", "-e", BROWSER + page + STEPS],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    delays, says_so, said_so, shown, gone, after, sockets, again, url, both, word = json.loads(done.stdout)
    assert delays == [500, 1000, 2000, 4000, 5000, 5000], "ever more rarely, and never given up"
    assert says_so is False
    assert said_so is True, "the sentence that nothing runs hides again"
    assert shown == 2
    assert gone == 0, "nobody stays on the page of a program that has ended"
    assert after == [500]
    assert sockets == 7
    assert again == 1
    assert url == "ws://127.0.0.1:8771/live"
    assert both == 2, "the same number in two sources is two people, and neither hides the other"
    assert word == "Fröhlich"


def test_the_page_has_the_words_of_the_program() -> None:
    page = (resources.files("realtime_fer.assets") / "overlay.js").read_text("utf-8")
    with in_language("de"):
        told = [entry.title for entry in EXPRESSIONS]
    for entry, word in zip(EXPRESSIONS, told, strict=True):
        assert f'{entry.key}: "{word}"' in page
