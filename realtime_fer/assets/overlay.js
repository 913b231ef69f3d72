"use strict";
// Bars and names of the people in view, for a browser source. The address chooses: ?face=1&person=Anna&size=20&theme=light
// &bars=3&names=0&values=0&align=right&source=0&lang=de&wait=1

const chosen = new URLSearchParams(location.search);
const FADE_MS = 3000;
const LONGEST_RETRY_MS = 5000;
const people = document.getElementById("people");
const waiting = document.getElementById("waiting");
const shown = new Map();
// By source: its newest frame, and when that came.
const newest = new Map();
let isNew = false;
let retryMs = 500;

// Expressions in other languages; a test compares them with the program's.
const WORDS = {
  de: {
    neutral: "Neutral", happy: "Fröhlich", sad: "Traurig", surprise: "Überrascht", fear: "Ängstlich", disgust: "Angeekelt",
    angry: "Wütend", contempt: "Verächtlich", uncertain: "Unsicher", "not analysed": "Nicht analysiert",
  },
};
const words = WORDS[(chosen.get("lang") || navigator.language || "").slice(0, 2)] || {};
const wordOf = (key) => words[key] || key;

function number(name, low, high, usual) {
  const value = chosen.has(name) ? Number(chosen.get(name)) : usual;
  return Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : usual;
}

const root = document.documentElement;
root.style.setProperty("--size", `${number("size", 8, 200, 20)}px`);
root.dataset.theme = ["light", "dark", "plain"].includes(chosen.get("theme")) ? chosen.get("theme") : "dark";
root.dataset.align = chosen.get("align") === "right" ? "right" : "left";
root.dataset.names = chosen.get("names") === "0" ? "off" : "on";
root.dataset.values = chosen.get("values") === "0" ? "off" : "on";
const mostBars = Math.round(number("bars", 0, 8, 8));
const onlySource = chosen.has("source") ? Math.round(number("source", 0, 99, 0)) : null;
const onlyFace = Math.round(number("face", 0, 99, 0));
const onlyPerson = (chosen.get("person") || "").toLowerCase();

function element(kind, name, parent) {
  const made = document.createElement(kind);
  made.className = name;
  parent.append(made);
  return made;
}

function cardOf(id) {
  let card = shown.get(id);
  if (!card) {
    const box = element("section", "person", people);
    const head = element("header", "head", box);
    card = {
      box,
      name: element("span", "name", head),
      expression: element("span", "expression", head),
      bars: element("div", "bars", box),
      rows: new Map(),
    };
    shown.set(id, card);
  }
  return card;
}

function rowOf(card, key) {
  let row = card.rows.get(key);
  if (!row) {
    const line = element("div", `row ${key}`, card.bars);
    element("span", "label", line).textContent = wordOf(key);
    const fill = element("i", "fill", element("span", "track", line));
    row = { line, fill, value: element("span", "value", line) };
    card.rows.set(key, row);
  }
  return row;
}

function wanted() {
  // By source, and by their place from left to right, which people see; the numbers grow through the day.
  const ordered = [...newest].sort((one, other) => one[0] - other[0]).flatMap(([source, { frame }]) =>
    [...frame.faces].sort((one, other) => one.x - other.x).map((face) => ({ id: `${source} ${face.face_id}`, face })));
  const named = onlyPerson ? ordered.filter(({ face }) => face.name.toLowerCase() === onlyPerson) : ordered;
  return onlyFace ? named.slice(onlyFace - 1, onlyFace) : named;
}

function showFace({ id, face }, order) {
  const card = cardOf(id);
  card.box.style.order = order;
  card.name.textContent = face.name || `#${face.face_id}`;
  card.expression.textContent = wordOf(face.expression);
  card.expression.className = `expression ${face.expression.replace(" ", "-")}`;
  const values = Object.entries(face.smoothed).filter(([, value]) => value !== null);
  const kept = new Set([...values].sort((one, other) => other[1] - one[1]).slice(0, mostBars).map(([key]) => key));
  for (const [key, value] of values) {
    const row = rowOf(card, key);
    row.line.hidden = !kept.has(key);
    row.fill.style.transform = `scaleX(${value})`;
    row.value.textContent = `${Math.round(value * 100)} %`;
  }
  for (const [key, row] of card.rows) {
    if (!(key in face.smoothed)) {
      row.line.remove();
      card.rows.delete(key);
    }
  }
}

function draw(nowMs) {
  requestAnimationFrame(draw);
  // A video that pauses keeps its last frame; a camera that gives nothing shows nobody.
  for (const [source, { frame, arrivedMs }] of newest) {
    if (frame.media_time_s === null && nowMs - arrivedMs > FADE_MS) {
      newest.delete(source);
      isNew = true;
    }
  }
  if (!isNew) return;
  isNew = false;
  const faces = wanted();
  faces.forEach(showFace);
  const seen = new Set(faces.map(({ id }) => id));
  for (const [id, card] of shown) {
    if (!seen.has(id)) {
      card.box.remove();
      shown.delete(id);
    }
  }
}

function connect() {
  const socket = new WebSocket(`ws://${location.host}/live`);
  socket.onopen = () => {
    retryMs = 500;
    waiting.hidden = true;
  };
  socket.onmessage = (event) => {
    const message = JSON.parse(event.data);
    if (message.type !== "frame") return;
    if (onlySource !== null && message.source_index !== onlySource) return;
    newest.set(message.source_index, { frame: message, arrivedMs: performance.now() });
    isNew = true;
  };
  socket.onclose = () => {
    newest.clear();
    isNew = true;
    waiting.hidden = chosen.get("wait") !== "1";
    setTimeout(connect, retryMs);
    retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
  };
}

connect();
requestAnimationFrame(draw);
