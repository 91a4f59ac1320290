"use strict";
// Marks all answers to one question. What students wrote comes as text, or as HTML that the server has cleaned; the
// page's policy lets no script run but this one.

const byId = (id) => document.getElementById(id);
const token = takeToken();
let marking = null; // what the server said of the question
let at = 0; // which group of equal answers is shown
let last = null; // the last mark given: {points, comment}
const undone = []; // what can be taken back, the newest last
const drafts = new Map(); // comments typed and not saved: first answer of the group → text

/** The token stands behind # in the address: no server's log has it. It is kept for a reload of this tab. */
function takeToken() {
  const given = location.hash.slice(1);
  if (given) {
    sessionStorage.setItem("marking", given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return given || sessionStorage.getItem("marking") || "";
}

/** Ask the server; what goes wrong is shown in a sentence, and null comes back. */
async function ask(path, body) {
  let reply;
  try {
    const options = { headers: { "X-Marking-Token": token } };
    if (body) Object.assign(options, { method: "POST", body: JSON.stringify(body) });
    reply = await fetch(path, options);
    const found = await reply.json();
    if (reply.ok) {
      show(byId("error"), "");
      return found;
    }
    show(byId("error"), found.error);
  } catch {
    show(byId("error"), "The server does not answer. Is `autograder mark` still running? What you did last was not saved.");
  }
  return null;
}

function show(element, text) {
  element.textContent = text;
  element.hidden = !text;
}

function make(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** HTML that the server has cleaned. A link leads to another tab, and tells nobody where from. */
function cleaned(html, tag = "div") {
  const made = make(tag);
  made.innerHTML = html;
  for (const link of made.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  return made;
}

const format = (points) => String(Math.round(points * 100) / 100);
const worth = (points) => `${format(points)} ${points === 1 ? "point" : "points"}`;
const many = (count, one, more) => `${count} ${count === 1 ? one : more}`;
const named = (title, left, all) => `${title} (${left ? `${left} of ${all} to mark` : "all marked"})`;
const group = () => marking.groups[at];
const states = () => group().answers.map((id) => marking.answers[id]);
const waits = (one) => one.answers.some((id) => marking.answers[id].waits);

// ------------------------------------------------------------------------------------------------------ what is shown

const showKeys = () => document.body.classList.toggle("no-keys", !byId("keys").checked);

async function start() {
  byId("keys").checked = localStorage.getItem("marking-keys") !== "off";
  showKeys();
  const found = await ask("api/questions");
  if (!found) return;
  byId("hide").checked = found.hide_names;
  fillQuestions(found);
  await open(found.first);
}

function fillQuestions(found) {
  const chosen = byId("question").value || found.first;
  const options = found.questions.map((one) => new Option(named(one.title, one.waiting, one.answers), one.key));
  byId("question").replaceChildren(...options);
  byId("question").value = chosen;
}

async function open(key, stay = "") {
  keepDraft();
  const found = await ask(`api/question?key=${encodeURIComponent(key)}&names=${byId("hide").checked ? 0 : 1}`);
  if (!found) {
    if (marking) byId("question").value = marking.question;
    return;
  }
  marking = found;
  const again = marking.groups.findIndex((one) => one.answers.includes(stay));
  at = Math.max(0, again >= 0 ? again : marking.groups.findIndex(waits));
  byId("main").hidden = marking.groups.length === 0;
  byId("task").replaceChildren(cleaned(marking.task));
  byId("rubric").replaceChildren(cleaned(marking.rubric));
  byId("about-rubric").hidden = !marking.rubric;
  byId("about-rubric").open = marking.levels.every((level) => !level.html);
  byId("of").textContent = `of ${format(marking.maximum)}`;
  document.title = `Marking · ${marking.title}`;
  draw();
}

function draw() {
  drawProgress();
  if (!marking.groups.length) return;
  const one = group();
  const size = one.answers.length;
  byId("place").textContent = `Answer ${at + 1} of ${marking.groups.length}` + (size > 1 ? ` · ${size} are the same` : "");
  drawState(one);
  byId("who").textContent = marking.names ? "" : "Names are hidden.";
  if (marking.names) {
    byId("who").append(...one.answers.flatMap((id, place) => [place ? "; " : "", make("bdi", marking.answers[id].who)]));
  }
  byId("answer").replaceChildren(...one.parts.flatMap(drawPart));
  drawLevels();
  const there = states().find((state) => state.comment);
  byId("comment").value = drafts.get(one.answers[0]) ?? (there ? there.comment : "");
  byId("points").value = "";
  drawUsed();
  byId("previous").disabled = at === 0;
  byId("next").disabled = at === marking.groups.length - 1;
  byId("repeat").disabled = !last;
  byId("undo").disabled = !undone.length;
}

function drawProgress() {
  const all = Object.values(marking.answers);
  const left = all.filter((state) => state.waits).length;
  byId("bar").max = Math.max(1, all.length);
  byId("bar").value = all.length - left;
  byId("count").textContent = all.length ? `${all.length - left} of ${all.length} marked` + (left ? `, ${left} to go` : "") : "No answers";
  byId("waiting").disabled = !left;
  const option = byId("question").selectedOptions[0];
  if (option && option.value === marking.question) option.textContent = named(marking.title, left, all.length);
}

function drawState(one) {
  const near = one.of > 1 ? `Number ${one.place} of ${one.of} that are alike. ` : "";
  const left = states().filter((state) => state.waits).length;
  const given = [...new Set(states().filter((state) => !state.waits).map((state) => format(state.points ?? state.automatic ?? 0)))];
  const marked = given.length ? `Marked: ${given.join(", ")} of ${format(marking.maximum)}. ` : "";
  const again = states().some((state) => state.waits && state.points !== null) ? "Marked before; it has changed since. " : "";
  byId("state").textContent = near + marked + again + (left ? many(left, "answer waits.", "answers wait.") : "");
}

const LABELS = {
  answer: "", beside: "In a cell beside it", own: "In a cell of their own", said: "What the test said", why: "Why a person must look",
};

function drawPart(part) {
  const shown = [];
  if (LABELS[part.kind]) shown.push(make("p", LABELS[part.kind], { class: "label" }));
  if (!part.html) {
    shown.push(part.kind === "why" ? make("p", part.text) : make("pre", part.text));
    return shown;
  }
  const typed = make("details");
  typed.append(make("summary", "As typed"), make("pre", part.text));
  return [...shown, cleaned(part.html), typed];
}

function drawLevels() {
  const given = states().every((state) => !state.waits) ? states().map((state) => state.points) : [];
  byId("levels").replaceChildren(
    ...marking.levels.map((level) => {
      const pressed = given.length > 0 && given.every((points) => points === level.points);
      const button = make("button", "", { type: "button", "aria-pressed": pressed });
      if (level.key) button.setAttribute("aria-keyshortcuts", level.key);
      button.append(make("kbd", level.key, { "aria-hidden": true }), make("strong", format(level.points)));
      button.append(level.html ? cleaned(level.html, "span") : make("span", level.points === 1 ? "point" : "points"));
      button.addEventListener("click", () => give(level.points));
      return button;
    }),
  );
}

function drawUsed() {
  byId("used").replaceChildren(
    ...marking.comments.slice(0, 9).map((comment, place) => {
      const key = `Shift+${place + 1}`;
      const button = make("button", "", { type: "button", "aria-keyshortcuts": key });
      button.append(make("kbd", `⇧${place + 1}`, { "aria-hidden": true }), make("span", comment));
      button.addEventListener("click", () => use(comment));
      return button;
    }),
  );
}

// -------------------------------------------------------------------------------------------------------- what is done

/** Remember what was typed for this group and not saved. */
function keepDraft() {
  if (!marking || !marking.groups.length) return;
  const there = states().find((state) => state.comment);
  const typed = byId("comment").value;
  if (typed.trim() !== (there ? there.comment : "")) drafts.set(group().answers[0], typed);
  else drafts.delete(group().answers[0]);
}

function go(place) {
  if (!marking || place < 0 || place >= marking.groups.length) return;
  keepDraft();
  at = place;
  draw();
  byId("place").focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

/** The next group that waits, from here on and then from the start; this one where there is none. */
function nextWaiting() {
  const order = marking.groups.map((_, step) => (at + 1 + step) % marking.groups.length);
  return order.find((place) => waits(marking.groups[place])) ?? at;
}

function say(text) {
  byId("said").textContent = text;
}

/** Put a comment that was used before into the field, after what stands there; a second time takes it out. */
function use(comment) {
  const field = byId("comment");
  const typed = field.value.trim();
  const without = typed.split("\n").filter((line) => line !== comment).join("\n");
  if (typed === comment) field.value = "";
  else if (without !== typed) field.value = without;
  else field.value = typed ? `${typed}\n${comment}` : comment;
  keepDraft();
  say(field.value.includes(comment) ? `Comment: ${comment}` : "Comment taken out.");
}

let busy = false;

/** Send marks. Returns what the server said, or null: then nothing was changed, and the page says why. */
async function send(marks) {
  if (busy) return null;
  busy = true;
  const found = await ask("api/marks", { question: marking.question, marks });
  busy = false;
  if (!found) return null;
  for (const [id, state] of Object.entries(found.states)) {
    if (marking.answers[id]) Object.assign(marking.answers[id], state);
  }
  marking.comments = found.comments;
  return found;
}

/** Give all answers of this group that wait these points and the comment; where none waits, all of them. */
async function give(points, comment = byId("comment").value.trim()) {
  keepDraft();
  const one = group();
  const waiting = one.answers.filter((id) => marking.answers[id].waits);
  const chosen = waiting.length ? waiting : one.answers;
  const before = chosen.map((id) => ({ id, ...marking.answers[id] }));
  const question = marking.question;
  const found = await send(before.map(({ id, version, seen }) => ({ id, version, seen, points, comment })));
  if (!found || marking.question !== question) return;
  const written = before.filter(({ id }) => !(id in found.refused));
  if (written.length) {
    undone.push(written.map((was) => ({ ...was, question, after: found.states[was.id].version })));
    last = { points, comment };
    drafts.delete(one.answers[0]);
    byId("comment").value = comment; // saved: no draft is left
  }
  const refused = Object.entries(found.refused);
  if (refused.length) {
    draw();
    show(byId("error"), refused.map(([id, why]) => tell(id, why)).join(" "));
    return;
  }
  at = nextWaiting();
  draw();
  byId("place").focus({ preventScroll: true });
  scrollTo({ top: 0 });
  const done = Object.values(marking.answers).some((state) => state.waits) ? "" : " All are marked: choose the next question above.";
  say(`${many(written.length, "answer", "answers")} marked: ${worth(points)}.${done} Undo takes it back.`);
}

function tell(id, why) {
  const state = marking.answers[id];
  const whose = state.who ? `The answer of ${state.who}` : "One answer";
  if (why === "marked meanwhile") {
    const now = state.waits ? "it waits again" : `it has ${worth(state.points ?? state.automatic ?? 0)}`;
    return `${whose} was marked by somebody else since you saw it (${now}), and stays so. Mark it again to change that.`;
  }
  return `${whose} was graded again since you saw it, and is another one now. Nothing was written; reload the page to see it.`;
}

/** Put back what stood before the last mark, where nobody has changed it since. */
async function undo() {
  const taken = undone[undone.length - 1];
  if (!taken || busy) return;
  if (taken[0].question !== marking.question) {
    byId("question").value = taken[0].question;
    await open(taken[0].question, taken[0].id);
    if (marking.question !== taken[0].question) return;
  }
  const marks = taken.map(({ id, after, seen, points, comment, waits }) => ({ id, version: after, seen, points, comment, waits }));
  const found = await send(marks);
  if (!found) return;
  undone.pop();
  at = Math.max(0, marking.groups.findIndex((one) => one.answers.includes(taken[0].id)));
  drafts.delete(group().answers[0]);
  draw();
  byId("place").focus({ preventScroll: true });
  const refused = Object.entries(found.refused);
  if (refused.length) show(byId("error"), refused.map(([id, why]) => tell(id, why)).join(" "));
  else say(`Taken back: ${many(taken.length, "answer stands", "answers stand")} as before.`);
}

function giveOther() {
  const typed = byId("points").value.trim().replace(",", ".");
  const points = Number(typed);
  if (!typed || !(points >= 0 && points <= marking.maximum)) {
    show(byId("error"), `Points go from 0 to ${format(marking.maximum)}.`);
    byId("points").focus();
    return;
  }
  byId("points").blur();
  give(points);
}

/** Save the comment with the points that stand. */
function saveComment() {
  const points = [...new Set(states().map((state) => state.points))];
  if (states().some((state) => state.waits) || points.length > 1 || points[0] === null) {
    show(byId("error"), "Give points: the comment goes with them.");
    return;
  }
  byId("comment").blur();
  give(points[0]);
}

// ------------------------------------------------------------------------------------------------------------ the keys

const KEYS = {
  j: () => go(at + 1),
  ArrowRight: () => go(at + 1),
  k: () => go(at - 1),
  ArrowLeft: () => go(at - 1),
  n: () => go(nextWaiting()),
  u: undo,
  r: () => last && give(last.points, last.comment),
  c: () => byId("comment").focus(),
  p: () => byId("points").focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.activeElement.blur();
  if (event.target === byId("comment") && event.key === "Enter" && (event.ctrlKey || event.metaKey)) saveComment();
  const typing = event.target.matches("textarea, select, input:not([type=checkbox])");
  if (typing || !byId("keys").checked || !marking || !marking.groups.length) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  const comment = event.shiftKey && digit ? marking.comments[Number(digit) - 1] : undefined;
  const level = event.shiftKey && digit ? undefined : marking.levels.find((one) => one.key && one.key === (digit ?? event.key));
  const action = comment !== undefined && digit <= 9 ? () => use(comment) : level ? () => give(level.points) : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

byId("question").addEventListener("change", () => open(byId("question").value));
byId("hide").addEventListener("change", () => marking && open(marking.question, marking.groups.length ? group().answers[0] : ""));
byId("keys").addEventListener("change", () => {
  localStorage.setItem("marking-keys", byId("keys").checked ? "on" : "off");
  showKeys();
});
byId("undo").addEventListener("click", undo);
byId("previous").addEventListener("click", () => go(at - 1));
byId("next").addEventListener("click", () => go(at + 1));
byId("waiting").addEventListener("click", () => go(nextWaiting()));
byId("repeat").addEventListener("click", () => last && give(last.points, last.comment));
byId("other").addEventListener("submit", (event) => {
  event.preventDefault();
  giveOther();
});
window.addEventListener("beforeunload", (event) => {
  keepDraft();
  if (drafts.size) event.preventDefault();
});
start();
