// Shows the OpenAPI document of this server as a page.

function make(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function table(head, rows) {
  const made = make("table"), first = make("tr");
  head.forEach((word) => first.append(make("th", "", word)));
  made.append(first);
  for (const row of rows) {
    const line = make("tr");
    row.forEach((word) => line.append(make("td", "", word)));
    made.append(line);
  }
  return made;
}

function exampleOf(method, path, operation) {
  const token = sessionStorage.getItem("token") ? ' -H "Authorization: Bearer $REALTIME_FER_TOKEN"' : "";
  const form = operation.requestBody?.content["multipart/form-data"];
  const field = form && Object.keys(form.schema.properties)[0];
  const sent = field === "image" ? " -F image=@picture.jpg" : field === "video" ? " -N -F video=@video.mp4" : "";
  return `curl${token}${sent} ${location.origin}${path}`;
}

function show(method, path, operation) {
  const part = make("section", "panel"), title = make("h2");
  title.append(make("span", "method", method.toUpperCase()), " ", make("code", "", path), ` ${operation.summary}`);
  part.append(title);
  if (operation.description) part.append(make("p", "", operation.description));
  const query = (operation.parameters || []).map((entry) => [
    entry.name, `${entry.description} ${entry.schema.enum.join(", ")} (default: ${entry.schema.default})`,
  ]);
  if (query.length) part.append(table(["Parameter", "Meaning"], query));
  const answers = Object.entries(operation.responses).map(([status, answer]) => [status, answer.description]);
  part.append(table(["Status", "Meaning"], answers), make("pre", "", exampleOf(method, path, operation)));
  return part;
}

async function start() {
  const token = sessionStorage.getItem("token");
  const answer = await fetch("/api/v1/openapi.json", token ? { headers: { Authorization: `Bearer ${token}` } } : {});
  const description = await answer.json();
  if (!answer.ok) {
    document.getElementById("status").textContent = `${description.error} Give it on the page first.`;
    return;
  }
  document.getElementById("about").textContent = description.info.description;
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => show(method, path, operation)));
  document.getElementById("operations").append(...operations);
}

start();
