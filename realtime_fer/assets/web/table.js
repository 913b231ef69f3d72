// The table of what the page shows, as CSV (RFC 4180); its columns are named as those of a recording's.

function cell(value) {
  let text = value === null || value === undefined ? "" : String(value);
  // A spreadsheet would run it as a formula.
  if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const share = (value) => (value === undefined ? "" : value.toFixed(4));

export function table(rows, expressions) {
  const keys = expressions.map((entry) => entry.key);
  const lines = [[
    "source", "frame", "timestamp", "face_id", "confidence", "x", "y", "w", "h", "expression", ...keys,
    ...keys.map((key) => `${key}_smooth`), "model", "detector", "uncertain_because", "yaw", "pitch", "roll",
  ]];
  for (const { source, frame, time, index, face, model, detector } of rows) {
    const [left, top, right, bottom] = face.box.map(Math.round);
    const pose = face.pose || {};
    lines.push([
      source, frame, time === "" ? "" : time.toFixed(4), index, face.confidence.toFixed(4), left, top, right - left,
      bottom - top, face.expression || "not analysed", ...keys.map((key) => share(face.probabilities[key])),
      ...keys.map((key) => share(face.smoothed[key])), model, detector, face.doubt, pose.yaw, pose.pitch, pose.roll,
    ]);
  }
  return lines.map((line) => `${line.map(cell).join(",")}\n`).join("");
}
