// Exercises that are answered in the page: a field for the answer, and Python to check it. Nothing loads before one asks for it,
// the answer stays in this browser, and where this script does not run the task reads as well without it.
const LIMIT = 10; // seconds
const INDENT = "    ";

const make = (tag, more, ...children) => {
  const made = Object.assign(document.createElement(tag), more);
  made.append(...children);
  return made;
};
const keep = (name, text) => { try { if (text === null) localStorage.removeItem(name); else localStorage.setItem(name, text); } catch { /* then it is not kept */ } };
const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };

// ---------------------------------------------------------------- Python, one for the page

let worker = null;
let loaded = false; // whether it has come once
let running = null; // whose answer is being checked: {show, end, timer}; the timer runs once the answer does

const end = () => {
  worker?.terminate();
  worker = null;
};
const finish = (said) => {
  const one = running;
  clearTimeout(one.timer);
  running = null;
  one.end(said);
};
const hear = ({ data }) => {
  if (!running) return;
  if (data.began) {
    loaded = true;
    running.show("Running …");
    running.timer = setTimeout(() => stop(`Stopped after ${LIMIT} seconds. Is there a loop that never ends?`), LIMIT * 1000);
    return;
  }
  if (data.failed !== undefined) {
    end();
    finish({ trouble: running.timer ? `Python itself has ended: ${data.failed}. Does a function call itself without an end?` : `Python did not load: ${data.failed}.` });
  } else {
    finish(data);
  }
};
const stop = (why) => { end(); finish({ trouble: why }); };
const ask = (task, one) => {
  running = one;
  if (worker === null) {
    one.show(loaded ? "Python starts again …" : "Python is loading: 12 MB, once …");
    worker = new Worker(new URL("python.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", hear);
    worker.addEventListener("error", (event) => hear({ data: { failed: event.message || "the network is gone, or the browser too old" } }));
  }
  worker.postMessage(task);
};

// ---------------------------------------------------------------- a field for code

// Tab indents only once one writes: whoever walks through the page by keyboard passes. Esc lets Tab go on again.
const writable = (area, run) => {
  let writes = false;
  const put = (text, from, to) => {
    area.setSelectionRange(from, to);
    if (document.execCommand(text ? "insertText" : "delete", false, text)) return; // can be undone
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input"));
  };
  const lines = (change) => {
    const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const to = (area.value + "\n").indexOf("\n", area.selectionEnd);
    const text = area.value.slice(from, to).split("\n").map(change).join("\n");
    const several = text.includes("\n"), at = Math.max(from, area.selectionStart + text.length - (to - from));
    put(text, from, to);
    area.setSelectionRange(several ? from : at, several ? from + text.length : at);
  };
  area.addEventListener("focus", () => { writes = false; });
  area.addEventListener("pointerdown", () => setTimeout(() => { writes = true; }));
  area.addEventListener("input", () => { writes = true; });
  area.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { key, shiftKey } = event;
    const before = area.value.slice(area.value.lastIndexOf("\n", area.selectionStart - 1) + 1, area.selectionStart);
    if (key === "Enter" && (shiftKey || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    } else if (key === "Enter") {
      event.preventDefault();
      const deeper = before.trimEnd().endsWith(":") ? INDENT : "";
      put(`\n${before.match(/^ */)[0]}${deeper}`, area.selectionStart, area.selectionEnd);
      writes = true;
    } else if (key === "Tab" && writes && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      if (shiftKey) lines((line) => line.replace(/^ {1,4}/, ""));
      else if (area.selectionStart !== area.selectionEnd) lines((line) => (line ? INDENT + line : line));
      else put(INDENT.slice(before.length % INDENT.length), area.selectionStart, area.selectionEnd);
    } else if (key === "Escape") {
      writes = false;
    } else if (key.startsWith("Arrow")) {
      writes = true;
    }
  });
};

// ---------------------------------------------------------------- each exercise

for (const place of document.querySelectorAll("[data-check]")) {
  const [lesson, exercise] = place.dataset.check.split("/");
  const listing = place.querySelector("[class^='highlight-'], .highlight");
  const stub = listing.querySelector("pre").textContent.trimEnd();
  const name = `answer ${place.dataset.check}`;
  const area = make("textarea", { className: "editor", value: kept(name) ?? stub, spellcheck: false, autocapitalize: "off", autocomplete: "off", wrap: "off" });
  const help = make("p", { className: "keys", id: `keys-${exercise}`, textContent: "Shift+Enter runs it. Tab indents; Esc, then Tab, leads on. What you write stays in this browser." });
  const press = make("button", { type: "button", className: "run", textContent: "Run and check" });
  const halt = make("button", { type: "button", textContent: "Stop", hidden: true });
  const back = make("button", { type: "button", textContent: "Start over", hidden: true });
  const said = make("div", { className: "verdict" });
  area.setAttribute("aria-label", `Your answer to ${exercise}`);
  area.setAttribute("aria-describedby", help.id);
  said.setAttribute("role", "status");

  let mine = null; // the answer that was there before it was begun anew
  const look = () => {
    area.rows = area.value.split("\n").length + 1;
    back.hidden = area.value === stub && mine === null;
    back.textContent = area.value === stub && mine !== null ? "Bring mine back" : "Start over";
  };
  area.addEventListener("input", () => { keep(name, area.value === stub ? null : area.value); look(); });
  back.addEventListener("click", () => {
    const text = area.value === stub && mine !== null ? mine : stub;
    mine = text === stub ? area.value : null;
    area.value = text;
    keep(name, text === stub ? null : text);
    look();
    area.focus();
  });

  const elsewhere = (text) => make("p", {}, text, " ", make("a", { href: "#run-it", textContent: "Open the lesson to run it there." }));
  const show = ({ trouble, message, passed, printed, lacks }) => {
    const parts = [];
    if (printed) parts.push(make("pre", { className: "printed", tabIndex: 0, textContent: printed.trimEnd() }));
    if (message) {
      const text = message.replace(/\n +More help: check\.hint\(.*\)\s*$/, "\n  More help: the three hints below");
      parts.push(make("pre", { className: passed ? "told right" : "told wrong", tabIndex: 0, textContent: text }));
    }
    if (lacks) parts.push(elsewhere(`There is no ${lacks} in this page, only Python itself.`));
    if (trouble) parts.push(trouble.startsWith("Python") ? elsewhere(trouble) : make("p", { textContent: trouble }));
    said.replaceChildren(...parts);
  };
  const busy = (is) => {
    for (const button of document.querySelectorAll("[data-check] .run")) button.setAttribute("aria-disabled", is);
    halt.hidden = !is;
  };
  const run = () => {
    if (running) {
      if (halt.hidden) show({ trouble: "Another answer is being checked. Wait for it, or stop it there." });
      return;
    }
    busy(true);
    const told = { show: (text) => said.replaceChildren(make("p", { textContent: text })), end: (result) => { const had = document.activeElement === halt; busy(false); if (had) press.focus(); show(result); } };
    said.replaceChildren(make("p", { textContent: "Running …" }));
    ask({ lesson, exercise, source: area.value }, told);
  };
  press.addEventListener("click", run);
  halt.addEventListener("click", () => stop("Stopped."));
  writable(area, run);
  look();
  listing.hidden = true;
  listing.after(make("div", { className: "write" }, area, help, make("div", { className: "buttons" }, press, halt, back), said));
  place.classList.add("live");
}
