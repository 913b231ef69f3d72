// The page: sends what a person chose to this server, and shows what comes back. It asks nobody else.
import { table } from "/assets/table.js";
import texts from "/assets/texts.js";

const byId = (id) => document.getElementById(id);
const modelBox = byId("model"), detectorBox = byId("detector"), statusLine = byId("status");
const results = byId("results"), cameraButton = byId("camera"), saveButton = byId("save"), clearButton = byId("clear");

// The most that the camera's frames are wide, pixels: more finds few more faces and takes longer.
const CAMERA_WIDTH = 960;
// The most rows that are kept for the table; the camera's oldest go first.
const MOST_ROWS = 100000;

let token = sessionStorage.getItem("token") || "";
let known = null;
let names = {};
let camera = null;
let rows = [];
const urls = new Set();

// A text in the page's language; what stands in {braces} is filled in.
const tr = (text, values = {}) => (texts[text] || text).replace(/\{(\w+)\}/g, (_, key) => values[key]);
const number = (value, digits = 0) => value.toLocaleString(document.documentElement.lang, {
  minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false,
});

const faceCount = (count) => (count === 1 ? tr("1 face") : tr("{count} faces", { count }));
const frameCount = (count) => (count === 1 ? tr("1 frame") : tr("{count} frames", { count }));
const fileCount = (count) => (count === 1 ? tr("1 file") : tr("{count} files", { count }));
const rowCount = (count) => (count === 1 ? tr("1 row") : tr("{count} rows", { count }));
const sizeOf = ({ width, height }) => tr("{width} × {height} pixels", { width, height });

class Refused extends Error {
  constructor(status, sentence, again) { super(sentence); this.status = status; this.again = again; }
}

function say(text, isBad = false) {
  statusLine.textContent = text;
  statusLine.className = isBad ? "bad" : "";
}

function make(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

async function ask(path, options = {}) {
  const headers = { ...(options.headers || {}) };
  if (token) headers.Authorization = `Bearer ${token}`;
  let answer;
  try {
    answer = await fetch(path, { ...options, headers });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(0, tr("The program does not answer. Is it still running?"), 0);
  }
  if (answer.ok) return answer;
  let sentence = tr("The program answered {status}.", { status: answer.status });
  try { sentence = (await answer.json()).error || sentence; } catch { /* A proxy's own page. */ }
  if (answer.status === 401) byId("token-form").hidden = false;
  throw new Refused(answer.status, sentence, Number(answer.headers.get("Retry-After")) || 0);
}

function chosen(more = {}) {
  return new URLSearchParams({ model: modelBox.value, detector: detectorBox.value, ...more }).toString();
}

// What is shown

const percent = (share) => `${Math.round(share * 100)} %`;

function nameOf(face) {
  if (!face.expression) return tr("not read");
  if (face.doubt) return tr("Uncertain: {why}", { why: face.doubt_words });
  return names[face.expression].name;
}

function leadOf(face) {
  return Object.entries(face.smoothed).reduce((best, entry) => (entry[1] > best[1] ? entry : best), ["", 0]);
}

function colourOf(face) {
  return face.doubt || !face.expression ? "#bbbbbe" : names[face.expression].colour;
}

function labelOf(face) {
  return face.doubt || !face.expression ? nameOf(face) : `${nameOf(face)} ${percent(face.smoothed[face.expression])}`;
}

function drawBoxes(boxes, width, height, faces, mirrored = false) {
  boxes.replaceChildren(...faces.map((face) => {
    let [left, top, right, bottom] = face.box;
    if (mirrored) [left, right] = [width - right, width - left];
    const box = make("div", "box"), label = make("span", "", labelOf(face));
    box.style.left = `${(100 * left) / width}%`;
    box.style.top = `${(100 * top) / height}%`;
    box.style.width = `${(100 * (right - left)) / width}%`;
    box.style.height = `${(100 * (bottom - top)) / height}%`;
    box.style.borderColor = colourOf(face);
    if (top / height < 0.1) label.classList.add("inside");
    if (left / width > 0.65) label.classList.add("leftwards");
    box.append(label);
    return box;
  }));
}

function barsOf(face) {
  const bars = make("dl", "bars"), lead = leadOf(face)[0];
  for (const entry of known.expressions) {
    if (!(entry.key in face.smoothed)) continue;
    const share = face.smoothed[entry.key], track = make("dd", "track"), bar = make("div");
    bar.style.width = percent(share).replace(" ", "");
    bar.style.background = entry.colour;
    track.append(bar);
    track.setAttribute("aria-hidden", "true");
    const isLead = entry.key === lead ? "lead" : "";
    bars.append(make("dt", isLead, entry.name), track, make("dd", `value ${isLead}`, percent(share)));
  }
  return bars;
}

function listFaces(place, faces, areFollowed = false) {
  if (!faces.length) {
    const nobody = areFollowed ? tr("No face was found in this frame.") : tr("No face was found.");
    place.replaceChildren(make("p", "note", nobody));
    return;
  }
  place.replaceChildren(...faces.map((face, index) => {
    const part = make("section", "face"), title = make("h3"), swatch = make("span", "swatch");
    swatch.style.background = colourOf(face);
    const told = { number: face.id || index + 1, what: nameOf(face) };
    title.append(swatch, areFollowed ? tr("Person {number}: {what}", told) : tr("Face {number}: {what}", told));
    part.append(title);
    const advice = face.doubt && known.doubts.find((doubt) => doubt.key === face.doubt);
    if (advice) part.append(make("p", "note", advice.advice));
    part.append(barsOf(face));
    return part;
  }));
}

function newCard(title) {
  const card = byId("card-template").content.firstElementChild.cloneNode(true);
  card.querySelector("h2").textContent = title;
  results.prepend(card);
  clearButton.disabled = false;
  return {
    card,
    note: card.querySelector(".note"),
    progress: card.querySelector("progress"),
    stage: card.querySelector(".stage"),
    boxes: card.querySelector(".boxes"),
    faces: card.querySelector(".faces"),
  };
}

function urlOf(file) {
  const url = URL.createObjectURL(file);
  urls.add(url);
  return url;
}

function keepRows(source, frame, time, faces, used) {
  faces.forEach((face, index) => rows.push({ source, frame, time, index: face.id || index + 1, face, ...used }));
  if (rows.length > MOST_ROWS) rows.splice(0, rows.length - MOST_ROWS);
  saveButton.disabled = !rows.length;
}

function fail(shown, error) {
  shown.note.textContent = error.message;
  shown.note.classList.add("bad");
  shown.stage.hidden = true;
  shown.progress.hidden = true;
}

// Pictures

async function readPicture(file) {
  const shown = newCard(file.name);
  shown.note.textContent = tr("Being read …");
  try {
    if (file.size > known.limits.picture_bytes) throw new Refused(413, tooLarge(known.limits.picture_bytes), 0);
    const form = new FormData();
    form.append("image", file);
    const answer = await patiently(() => ask(`/api/v1/expressions?${chosen()}`, { method: "POST", body: form }));
    const read = await answer.json(), picture = read.pictures[0];
    await showPicture(shown, file, picture);
    shown.note.textContent = `${sizeOf(picture)}, ${faceCount(picture.faces.length)}`;
    listFaces(shown.faces, picture.faces);
    keepRows(file.name, "", "", picture.faces, { model: read.model, detector: read.detector });
    return true;
  } catch (error) {
    fail(shown, error);
    return false;
  }
}

async function showPicture(shown, file, picture) {
  const image = make("img");
  image.alt = describe(picture.faces);
  image.src = urlOf(file);
  try {
    await image.decode();
    shown.stage.prepend(image);
  } catch {
    // Such as HEIC, which few browsers show.
    const place = make("div", "unseen", tr("This browser cannot show this kind of picture; the program has read it."));
    place.style.aspectRatio = `${picture.width} / ${picture.height}`;
    shown.stage.prepend(place);
  }
  drawBoxes(shown.boxes, picture.width, picture.height, picture.faces);
}

function describe(faces) {
  return faces.length ? `${faceCount(faces.length)}: ${faces.map(nameOf).join(", ")}` : tr("No face was found.");
}

const tooLarge = (bytes) => tr("This file is larger than the {size} MB that the program takes.", { size: bytes / 1e6 });
const pause = (seconds) => new Promise((done) => { setTimeout(done, seconds * 1000); });

async function patiently(send) {
  for (let left = 20; ; left -= 1) {
    try {
      return await send();
    } catch (error) {
      if (error.status !== 429 || !left) throw error;
      await pause(error.again || 1);
    }
  }
}

// Videos

async function readVideo(file) {
  const shown = newCard(file.name), frames = [];
  let facts = null;
  try {
    if (file.size > known.limits.body_bytes - 10000) throw new Refused(413, tooLarge(known.limits.body_bytes), 0);
    shown.note.textContent = tr("Being read …");
    const form = new FormData();
    form.append("video", file);
    const answer = await patiently(() => ask(`/api/v1/video?${chosen()}`, { method: "POST", body: form }));
    for await (const line of linesOf(answer)) {
      if (!facts) {
        facts = line;
        showVideo(shown, file, facts, frames);
      } else if (line.error) {
        throw new Refused(line.status, line.error, 0);
      } else if (line.end) {
        const summary = `${frameCount(line.frames)}, ${sizeOf(facts)}`;
        shown.note.textContent = [summary, line.note].filter(Boolean).join(". ");
        showFirstFace(shown.stage.querySelector("video"), frames);
      } else {
        frames.push(line);
        keepRows(file.name, line.frame, line.time, line.faces, { model: facts.model, detector: facts.detector });
        const told = { count: frames.length, all: facts.frames || "?" };
        shown.note.textContent = tr("Frame {count} of {all} …", told);
        if (facts.frames) {
          shown.progress.hidden = false;
          shown.progress.value = frames.length / facts.frames;
        }
      }
    }
    shown.progress.hidden = true;
    return true;
  } catch (error) {
    if (!facts) { fail(shown, error); return false; }
    shown.note.textContent = error.message;
    shown.note.classList.add("bad");
    shown.progress.hidden = true;
    return false;
  }
}

async function* linesOf(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n");
    rest = parts.pop();
    for (const part of parts) yield JSON.parse(part);
  }
}

function showFirstFace(player, frames) {
  // A face counts when it was found twice, so the first frame has none.
  const first = frames.find((frame) => frame.faces.length);
  if (player && player.paused && !player.currentTime && first) player.currentTime = first.time + 0.001;
}

function frameAt(frames, time) {
  let low = 0, high = frames.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (frames[middle].time <= time + 0.001) low = middle + 1; else high = middle;
  }
  return low ? frames[low - 1] : frames[0];
}

function showVideo(shown, file, facts, frames) {
  const isAnimation = file.type.startsWith("image/");
  const player = make(isAnimation ? "img" : "video");
  player.src = urlOf(file);
  if (isAnimation) {
    player.alt = file.name;
  } else {
    player.controls = true;
    player.muted = true;
    player.playsInline = true;
    player.setAttribute("aria-label", file.name);
  }
  player.addEventListener("error", () => {
    const place = make("div", "unseen", tr("This browser cannot play this video; the program reads it."));
    place.style.aspectRatio = `${facts.width} / ${facts.height}`;
    player.replaceWith(place);
  });
  shown.stage.prepend(player);
  let last = null;
  const follow = () => {
    if (!shown.card.isConnected) return;
    // Nobody can ask an animation which frame it shows: the newest one that was read stands for it.
    const frame = isAnimation || !player.isConnected ? frames.at(-1) : frameAt(frames, player.currentTime);
    if (frame && frame !== last) {
      last = frame;
      if (isAnimation) shown.boxes.replaceChildren();
      else drawBoxes(shown.boxes, facts.width, facts.height, frame.faces);
      listFaces(shown.faces, frame.faces, true);
    }
    requestAnimationFrame(follow);
  };
  requestAnimationFrame(follow);
}

// The camera

async function startCamera() {
  if (!navigator.mediaDevices) {
    say(tr("Browsers allow the camera only on pages of this computer (localhost) or with HTTPS."), true);
    return;
  }
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720 }, audio: false });
  } catch (error) {
    say(error.name === "NotAllowedError" ? tr("The camera cannot be used: it was not allowed.")
      : tr("The camera cannot be used: none was found, or another program uses it."), true);
    return;
  }
  const shown = newCard(tr("Camera")), player = make("video");
  player.srcObject = stream;
  player.muted = true;
  player.playsInline = true;
  player.setAttribute("aria-label", tr("Your camera, as in a mirror"));
  shown.stage.classList.add("mirrored");
  shown.stage.prepend(player);
  camera = { stream, shown, player, isOn: true, asking: new AbortController() };
  const mine = camera;
  stream.getVideoTracks()[0].addEventListener("ended", () => stopCamera(mine));
  cameraButton.setAttribute("aria-pressed", "true");
  cameraButton.textContent = tr("Stop the camera");
  say(tr("The camera is on. Its frames go to the program that serves this page, and nowhere else."));
  await player.play();
  await readCamera(mine);
}

async function readCamera(mine) {
  const canvas = make("canvas"), began = performance.now();
  let count = 0;
  while (mine.isOn) {
    const scale = Math.min(1, CAMERA_WIDTH / mine.player.videoWidth);
    canvas.width = Math.round(mine.player.videoWidth * scale);
    canvas.height = Math.round(mine.player.videoHeight * scale);
    canvas.getContext("2d").drawImage(mine.player, 0, 0, canvas.width, canvas.height);
    const taken = (performance.now() - began) / 1000;
    const body = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.9); });
    try {
      const answer = await ask(`/api/v1/expressions?${chosen({ quick: "1" })}`, {
        method: "POST", body, headers: { "Content-Type": "image/jpeg" }, signal: mine.asking.signal,
      });
      const read = await answer.json(), picture = read.pictures[0];
      if (!mine.isOn) return;
      drawBoxes(mine.shown.boxes, picture.width, picture.height, picture.faces, true);
      listFaces(mine.shown.faces, picture.faces);
      keepRows("camera", count, taken, picture.faces, { model: read.model, detector: read.detector });
      count += 1;
      const rate = count / ((performance.now() - began) / 1000);
      const told = tr("{rate} frames a second", { rate: number(rate, 1) });
      mine.shown.note.textContent = `${faceCount(picture.faces.length)}, ${told}`;
    } catch (error) {
      if (!mine.isOn) return;
      if (error.status !== 429 && error.status !== 503) {
        say(error.message, true);
        stopCamera(mine);
        return;
      }
      mine.shown.note.textContent = error.message;
      await pause(error.again || 1);
    }
  }
}

function stopCamera(mine) {
  if (!mine || !mine.isOn) return;
  mine.isOn = false;
  mine.asking.abort();
  mine.player.pause();
  mine.stream.getTracks().forEach((track) => track.stop());
  if (camera === mine) camera = null;
  cameraButton.setAttribute("aria-pressed", "false");
  cameraButton.textContent = tr("Use the camera");
  mine.shown.stage.hidden = true;
  mine.shown.note.textContent = tr("The camera is off.");
  if (!statusLine.classList.contains("bad")) say(tr("The camera is off."));
}

// What a person does

const isVideo = (file) => file.type.startsWith("video/") || file.type === "image/gif" || /\.(mkv|avi|mov)$/i.test(file.name);

async function readFiles(files) {
  if (!known || !files.length) return;
  let done = 0, good = 0;
  for (const file of files) {
    const told = { name: file.name, number: done + 1, count: files.length };
    say(files.length > 1 ? tr("Reading {number} of {count}: {name}", told) : tr("Reading {name}", told));
    good += (await (isVideo(file) ? readVideo(file) : readPicture(file))) ? 1 : 0;
    done += 1;
  }
  const failed = done - good;
  say(failed ? tr("{failed} of {count} could not be read; each says why.", { failed: fileCount(failed), count: done })
    : tr("{files} read.", { files: fileCount(done) }), failed > 0);
}

function addHandlers() {
  byId("choose").addEventListener("click", () => byId("files").click());
  byId("files").addEventListener("change", (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    readFiles(files);
  });
  cameraButton.addEventListener("click", () => (camera ? stopCamera(camera) : startCamera()));
  saveButton.addEventListener("click", save);
  clearButton.addEventListener("click", clear);
  const drop = byId("drop");
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    readFiles([...event.dataTransfer.files]);
  });
  byId("token-form").addEventListener("submit", (event) => {
    event.preventDefault();
    token = byId("token").value.trim();
    sessionStorage.setItem("token", token);
    start();
  });
  addEventListener("pagehide", () => stopCamera(camera));
}

function save() {
  const url = URL.createObjectURL(new Blob([table(rows, known.expressions)], { type: "text/csv" }));
  const link = make("a");
  link.href = url;
  link.download = "expressions.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
  say(tr("The table has {rows}.", { rows: rowCount(rows.length) }));
}

function clear() {
  stopCamera(camera);
  results.replaceChildren();
  rows = [];
  urls.forEach((url) => URL.revokeObjectURL(url));
  urls.clear();
  saveButton.disabled = clearButton.disabled = true;
  say("");
  byId("choose").focus();
}

function fill(box, entries, standard) {
  box.replaceChildren(...entries.map((entry) => {
    const option = make("option", "", entry.name === entry.id ? entry.id : `${entry.name}`);
    option.value = entry.id;
    option.title = entry.note || tr("{count} expressions", { count: entry.classes.length });
    option.selected = entry.id === standard;
    return option;
  }));
}

async function start() {
  try {
    known = await (await ask("/api/v1/models")).json();
  } catch (error) {
    say(error.message, true);
    return;
  }
  byId("token-form").hidden = true;
  names = Object.fromEntries(known.expressions.map((entry) => [entry.key, entry]));
  fill(modelBox, known.models, known.default.model);
  fill(detectorBox, known.detectors, known.default.detector);
  const here = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
  const where = here ? tr("the program on this computer") : tr("the program at {place}", { place: location.host });
  byId("privacy").textContent =
    tr("Pictures, videos and the camera’s frames go to {where} and nowhere else. It stores nothing of them.", { where });
  byId("kinds").textContent = tr(
    "JPEG, PNG, WebP, HEIC, AVIF, TIFF up to {picture} MB; MP4, MOV, WebM, AVI, GIF up to {video} MB, of which the first {count} frames are read.",
    {
      picture: known.limits.picture_bytes / 1e6,
      video: Math.round(known.limits.body_bytes / 1e6),
      count: known.limits.video_frames,
    },
  );
  say("");
}

addHandlers();
start();
