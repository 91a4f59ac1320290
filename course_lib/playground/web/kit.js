// What all playgrounds share: controls, panels, axes, the live text, the link to a state.
//
// A playground is a description: names, start values, controls, pure functions from a state to numbers and to SVG
// markup. `playground(description)` gives it hands and feet: `mount(el, state)` on any page, `render` for anywidget.

const REDRAW = "pg-redraw";
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
let mounted = 0; // to name groups of radio buttons

// ------------------------------------------------------------------------------------------------- numbers and words

export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
export const range = (n) => Array.from({ length: n }, (_, i) => i);
export const linspace = (low, high, n) => range(n).map((i) => low + ((high - low) * i) / (n - 1));
export const sum = (values) => values.reduce((a, b) => a + b, 0);
export const mean = (values) => sum(values) / values.length;

/** A function of an object that is computed once for each: a state is made anew with every change and never altered. */
export function once(f) {
  const seen = new WeakMap();
  return (object, ...others) => {
    if (!seen.has(object)) seen.set(object, f(object, ...others));
    return seen.get(object);
  };
}

/** A number as people write it: `digits` significant ones, a real minus sign. */
export function say(value, digits = 3) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const short = size >= 1e5 || (size > 0 && size < 1e-4) ? value.toExponential(1) : String(+value.toPrecision(digits));
  return short.replace("e+", "e").replaceAll("-", "−");
}

/** A number with so many decimals. */
export const fixed = (value, decimals = 2) => (+value.toFixed(decimals) || 0).toFixed(decimals).replace("-", "−");
export const thousands = (value) => Math.round(value).toLocaleString("en-US");
export const plural = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

// ------------------------------------------------------------------------------------------------------- drawing, SVG

const escape = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const at = (value) => +value.toFixed(2);

/** Markup of an element; attributes that are null or false are left out. */
export function tag(name, attributes = {}, inside = "") {
  const said = Object.entries(attributes).filter(([, value]) => value !== null && value !== false);
  const list = said.map(([key, value]) => ` ${key}="${typeof value === "number" ? at(value) : escape(value)}"`);
  return `<${name}${list.join("")}>${Array.isArray(inside) ? inside.join("") : inside}</${name}>`;
}
export const group = (attributes, inside) => tag("g", attributes, inside);
export const text = (x, y, words, attributes = {}) => tag("text", { x, y, ...attributes }, escape(words));
export const line = (x1, y1, x2, y2, attributes = {}) => tag("line", { x1, y1, x2, y2, stroke: "var(--pg-ink)", ...attributes });
export const circle = (cx, cy, r, attributes = {}) => tag("circle", { cx, cy, r, ...attributes });
export const rect = (x, y, width, height, attributes = {}) =>
  tag("rect", { x, y, width: Math.max(width, 0), height: Math.max(height, 0), ...attributes });
export function curve(points, attributes = {}) {
  const d = points.map(([x, y], i) => `${i ? "L" : "M"}${at(x)},${at(y)}`).join("");
  return tag("path", { d, fill: "none", stroke: "var(--pg-a)", "stroke-width": 2.5, "stroke-linejoin": "round", ...attributes });
}

/** An arrow from one point to another. */
export function arrow(x1, y1, x2, y2, attributes = {}) {
  const [length, angle] = [Math.hypot(x2 - x1, y2 - y1), Math.atan2(y2 - y1, x2 - x1)];
  const { stroke = "var(--pg-ink)", "stroke-width": width = 2 } = attributes;
  const head = Math.min(4 + 2.2 * width, length);
  const side = (turn) => `${at(x2 - head * Math.cos(angle + turn))},${at(y2 - head * Math.sin(angle + turn))}`;
  const end = Math.max(length - head * 0.8, 0);
  return (
    line(x1, y1, x1 + end * Math.cos(angle), y1 + end * Math.sin(angle), { "stroke-linecap": "round", ...attributes, stroke, "stroke-width": width }) +
    tag("path", { d: `M${at(x2)},${at(y2)}L${side(0.45)}L${side(-0.45)}Z`, fill: stroke })
  );
}

/** Something to take hold of: a ring that invites, and a wide place for a finger. */
export const handle = (x, y, color = "var(--pg-b)", r = 7) =>
  group({ class: "pg-handle" }, [
    circle(x, y, 24, { fill: "transparent" }),
    circle(x, y, r + 5, { fill: color, "fill-opacity": 0.22 }),
    circle(x, y, r, { fill: color, stroke: "var(--pg-card)", "stroke-width": 2 }),
  ]);

/** A small label on a plate, so that it reads on any ground. */
export function plate(x, y, words, { anchor = "start", color = "var(--pg-ink)" } = {}) {
  const width = 7.4 * String(words).length + 10;
  const left = x - { start: 0, middle: width / 2, end: width }[anchor];
  return (
    rect(left, y - 10, width, 20, { rx: 6, fill: "var(--pg-card)", "fill-opacity": 0.9 }) +
    text(left + width / 2, y + 4.5, words, { "text-anchor": "middle", fill: color, class: "pg-number" })
  );
}

/** Paint for a signed number from −1 to 1: purple above zero, orange below, the paper between. */
export const signed = (value) => ({
  fill: value < 0 ? "var(--pg-minus)" : "var(--pg-plus)",
  "fill-opacity": at(Math.min(Math.abs(value), 1)),
});

/** Diagonal stripes in a colour, for what must not be told by its colour alone. */
export const stripes = (id, color) =>
  tag("defs", {}, tag("pattern", { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, [
    rect(0, 0, 7, 7, { fill: color }),
    rect(0, 0, 2, 7, { fill: "var(--pg-card)", "fill-opacity": 0.55 }),
  ]));

function ticksOf([low, high], log, most) {
  if (log) {
    const [from, to] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
    const every = Math.ceil((to - from + 1) / most);
    return range(to - from + 1).filter((i) => i % every === 0).map((i) => 10 ** (from + i));
  }
  const rough = (high - low) / most;
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = ten * [1, 2, 5, 10].find((m) => m * ten >= rough * 0.999);
  const first = Math.ceil(low / step - 1e-9);
  return range(Math.floor(high / step + 1e-9) - first + 1).map((i) => (first + i) * step);
}

/** Axes. Returns the scales `X`, `Y`, their inverses, the frame's markup and the plot's edges. */
export function axes({ w, h }, { x, y, xlabel = "", ylabel = "", logx = false, logy = false, left = 46, right = 12, top = 12, bottom = 40, square = false, xticks, yticks, format = say }) {
  const scale = ([low, high], from, to, log) => {
    const [a, b] = log ? [Math.log10(low), Math.log10(high)] : [low, high];
    const to_ = (v) => from + (((log ? Math.log10(Math.max(v, 1e-300)) : v) - a) / (b - a)) * (to - from);
    const back = (p) => { const v = a + ((p - from) / (to - from)) * (b - a); return log ? 10 ** v : v; };
    return [to_, back];
  };
  const edge = { left, right: w - right, top, bottom: h - bottom };
  if (square) {
    const side = Math.min(edge.right - edge.left, edge.bottom - edge.top);
    [edge.right, edge.bottom] = [edge.left + side, edge.top + side];
  }
  const [X, inX] = scale(x, edge.left, edge.right, logx);
  const [Y, inY] = scale(y, edge.bottom, edge.top, logy);
  const across = xticks ?? ticksOf(x, logx, Math.max(2, Math.floor((edge.right - edge.left) / 62)));
  const up = yticks ?? ticksOf(y, logy, Math.max(2, Math.floor((edge.bottom - edge.top) / 42)));
  const frame = group({ class: "pg-axes" }, [
    ...across.map((v) => line(X(v), edge.top, X(v), edge.bottom, { stroke: "var(--pg-line)" }) + text(X(v), edge.bottom + 17, format(v), { "text-anchor": "middle" })),
    ...up.map((v) => line(edge.left, Y(v), edge.right, Y(v), { stroke: "var(--pg-line)" }) + text(edge.left - 7, Y(v) + 4, format(v), { "text-anchor": "end" })),
    xlabel && text((edge.left + edge.right) / 2, edge.bottom + 35, xlabel, { "text-anchor": "middle" }),
    ylabel && text(0, 0, ylabel, { "text-anchor": "middle", transform: `translate(13 ${at((edge.top + edge.bottom) / 2)}) rotate(-90)` }),
  ]);
  return { X, Y, inX, inY, frame, ...edge };
}

// -------------------------------------------------------------------------------------------------------------- pages

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

function slider(control, api) {
  const { key, label, log } = control;
  const [into, out] = log ? [Math.log10, (v) => +(10 ** v).toPrecision(3)] : [(v) => v, (v) => v];
  const name = `pg${api.id}-${key}`;
  const bar = make("input", { type: "range", id: name, oninput: () => api.set({ [key]: out(+bar.value) }) });
  const number = make("input", { type: "number", step: "any", "aria-label": `${label}, as a number`, class: "pg-value" });
  number.addEventListener("change", () => number.value !== "" && api.set({ [key]: +number.value }));
  return {
    node: make("div", { class: "pg-slider" }, make("label", { for: name }, label), number, bar),
    update(state, data) {
      const most = typeof control.max === "function" ? control.max(state, data) : control.max;
      const [low, high] = [into(control.min ?? 0), into(most)];
      Object.assign(bar, { min: low, max: high, step: log ? 0.01 : (control.step ?? 1), value: into(state[key]) });
      Object.assign(number, { min: control.min ?? 0, max: most });
      bar.style.setProperty("--pg-share", `${(100 * (into(state[key]) - low)) / (high - low || 1)}%`);
      bar.setAttribute("aria-valuetext", say(state[key], 4));
      if (document.activeElement !== number || +number.value !== state[key]) number.value = +state[key].toPrecision(4);
    },
  };
}

function toggle({ key, label }, api) {
  const box = make("input", { type: "checkbox", role: "switch", onchange: () => api.set({ [key]: box.checked }) });
  return { node: make("label", { class: "pg-toggle" }, box, make("span", {}, label)), update: (state) => (box.checked = state[key]) };
}

function choice({ key, label, options, long = options.length > 4 }, api) {
  const choose = (value) => api.set({ [key]: value });
  if (long) {
    const list = make("select", { onchange: () => choose(options[list.selectedIndex]) }, ...options.map((o) => new Option(o)));
    return { node: make("label", { class: "pg-select" }, make("span", {}, label), list), update: (state) => (list.value = state[key]) };
  }
  const radios = options.map((o) => make("input", { type: "radio", name: `pg${api.id}-${key}`, onchange: () => choose(o) }));
  const labels = options.map((o, i) => make("label", {}, radios[i], make("span", {}, String(o))));
  return {
    node: make("div", { class: "pg-choice", role: "radiogroup", "aria-label": label }, make("span", {}, label), make("div", { class: options.join("").length > 20 && "pg-two" }, ...labels)),
    update: (state) => radios.forEach((radio, i) => (radio.checked = options[i] === state[key])),
  };
}

/** Back, play, next, and a slider for a number that counts steps. */
function player(control, api) {
  const { key, every = 500, by = 1 } = control;
  const track = slider(control, api);
  const most = () => (typeof control.max === "function" ? control.max(api.state, api.data) : control.max);
  const go = (change) => api.set({ [key]: clamp(api.state[key] + change, control.min ?? 0, most()) });
  let timer = null;
  const rest = () => { clearInterval(timer); timer = null; paint(); };
  const play = () => {
    if (timer) return rest();
    if (api.state[key] >= most()) api.set({ [key]: control.min ?? 0 });
    timer = setInterval(() => (api.el.isConnected && api.state[key] < most() ? go(by) : rest()), every);
    paint();
  };
  const button = (words, name, act) => make("button", { type: "button", "aria-label": name, title: name, onclick: act }, words);
  const stepBy = (change) => () => { rest(); go(change * by); };
  const [back, start, next] = [button("Back", `one ${control.one ?? "step"} back`, stepBy(-1)), button("", "play", play), button("Next", `one ${control.one ?? "step"} on`, stepBy(1))];
  start.className = "pg-play";
  const paint = () => { start.textContent = timer ? "Pause" : "Play"; start.setAttribute("aria-label", timer ? "pause" : "play"); };
  paint();
  api.step = (change) => stepBy(change)();
  api.stop.push(rest);
  return {
    node: make("div", { class: "pg-player" }, make("div", {}, back, start, next), track.node),
    update(state, data) {
      track.update(state, data);
      back.disabled = state[key] <= (control.min ?? 0);
      next.disabled = state[key] >= most();
    },
  };
}

/** The right kind of control for a description of one. */
function controlFor(control, api) {
  if (control.make) return control.make(control, api, make);
  if (control.options) return choice(control, api);
  if (control.toggle) return toggle(control, api);
  return control.play ? player(control, api) : slider(control, api);
}

/** Let what bears the same `data-key` glide to its new place; `data-from` names those it was made of. */
function glide(svg, markup) {
  const places = (root) => new Map([...root.querySelectorAll("[data-key]")].map((n) => [n.dataset.key, n]));
  const where = (n) => { const { e, f } = n.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 }; return `translate(${e}px, ${f}px)`; };
  const before = places(svg);
  svg.innerHTML = markup;
  if (!before.size || calm()) return;
  const timing = { duration: 520, easing: "cubic-bezier(.5,0,.2,1)" };
  const after = places(svg);
  const heirs = new Map();
  for (const [key, n] of after) {
    const parents = (n.dataset.from ?? "").split(" ").filter((p) => before.has(p) && !after.has(p));
    parents.forEach((p) => heirs.set(p, n));
    const old = before.get(key) ?? before.get(parents[0]);
    if (old && where(old) !== where(n)) n.animate([{ transform: where(old) }, { transform: where(n) }], timing);
    else if (!old) n.animate([{ opacity: 0 }, { opacity: 1 }], timing);
  }
  for (const [key, ghost] of before) {
    if (after.has(key)) continue;
    const goal = heirs.get(key) ?? [...after.values()].find((n) => (ghost.dataset.from ?? "").split(" ").includes(n.dataset.key));
    if (!goal) continue;
    svg.append(ghost);
    ghost.animate([{ transform: where(ghost), opacity: 1 }, { transform: where(goal), opacity: 0 }], timing).finished.then(() => ghost.remove(), () => {});
  }
}

/** One picture. `draw` makes its markup for the size it has; `drag` and `keys` turn a hand's place into a change. */
function panel(description, api) {
  const { draw, drag, keys, title, hint, wide = 300, height = 300, grow = 1, touch = "pan-y" } = description;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const heading = make("span");
  const node = make("figure", { class: "pg-panel", style: `flex: ${grow} 1 calc(${wide} * var(--pg-unit))` }, make("figcaption", {}, heading, hint ? make("small", {}, hint) : ""), svg);
  let size = { w: wide, h: height, first: false };
  const place = (event) => {
    const box = svg.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * size.w, ((event.clientY - box.top) / box.height) * size.h];
  };
  if (drag) {
    svg.classList.add("pg-drag");
    svg.style.touchAction = touch;
    const move = (event, first) => {
      const change = drag(api.state, ...place(event), { ...size, first }, api.data);
      if (change) api.set(change);
      return change;
    };
    svg.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      if (!move(event, true)) return;
      svg.setPointerCapture(event.pointerId);
      if (keys) svg.focus({ preventScroll: true });
      event.preventDefault();
    });
    svg.addEventListener("pointermove", (event) => svg.hasPointerCapture(event.pointerId) && move(event, false));
  }
  if (keys) {
    svg.setAttribute("tabindex", "0");
    svg.addEventListener("keydown", (event) => {
      const change = keys(api.state, event.key, api.data);
      if (!change) return;
      event.preventDefault();
      event.stopPropagation();
      api.set(change);
    });
  }
  svg.setAttribute("role", keys ? "application" : "img");
  return {
    node,
    svg,
    update(state, data) {
      const unit = parseFloat(getComputedStyle(api.root).fontSize) / 14 || 1;
      const w = Math.max((node.clientWidth || wide * unit) / unit, 120);
      size = { w, h: typeof height === "function" ? height(w, state) : height };
      const heads = typeof title === "function" ? title(state, data) : title;
      if (heading.textContent !== heads) heading.textContent = heads;
      svg.setAttribute("viewBox", `0 0 ${size.w} ${size.h}`);
      svg.style.height = `${size.h * unit}px`;
      svg.setAttribute("aria-label", description.help ? `${heads}. ${description.help}` : heads);
      glide(svg, draw(state, size, data));
    },
  };
}

// ---------------------------------------------------------------------------------------------- a state, and its link

/** A state that is whole: unknown names dropped, numbers within their limits, choices among the options. */
export function tidy(spec, raw, data) {
  const state = { ...spec.start };
  for (const key of Object.keys(state)) if (raw && raw[key] !== undefined && raw[key] !== null) state[key] = raw[key];
  const own = spec.controls.filter(({ key, make }) => key && !make);
  for (const { key, options, toggle } of own) {
    if (options) state[key] = options.find((o) => String(o) === String(state[key])) ?? spec.start[key];
    if (toggle) state[key] = state[key] === true || state[key] === "true";
  }
  spec.tidy?.(state, data); // what has no control; and a number's limits may depend on it
  for (const { key, options, toggle, min = 0, max, log, step = 1 } of own) {
    if (options || toggle) continue;
    const number = Number(state[key]);
    state[key] = clamp(Number.isFinite(number) ? number : spec.start[key], min, typeof max === "function" ? max(state, data) : max);
    if (!log && step === 1) state[key] = Math.round(state[key]);
  }
  return state;
}

/** The part of an address behind #: the playground's name and what differs from its start. */
export function toHash(spec, state, start = spec.start) {
  const changed = Object.keys(state).filter((key) => JSON.stringify(state[key]) !== JSON.stringify(start[key]));
  const said = changed.map((key) => [key, typeof state[key] === "object" ? JSON.stringify(state[key]) : String(state[key])]);
  return `#${spec.name}?${new URLSearchParams(said)}`;
}

/** What `toHash` wrote; null where it speaks of another playground. */
export function fromHash(spec, hash) {
  if (!hash.startsWith(`#${spec.name}?`)) return null;
  const raw = {};
  for (const [key, value] of new URLSearchParams(hash.slice(spec.name.length + 2))) {
    try {
      raw[key] = typeof spec.start[key] === "object" ? JSON.parse(value) : value;
    } catch {
      // a link that was cut off: the start value stays
    }
  }
  return raw;
}

/** A still picture of a state, as one SVG document with its own words; panels stand side by side. */
export function still(spec, state, data, css, width = 720) {
  const whole = tidy(spec, { ...spec.start, ...state, ...spec.still }, data);
  const [gap, head] = [16, 40];
  const panels = spec.panels.filter((p) => !p.aside);
  const grow = sum(panels.map((p) => p.grow ?? 1));
  let [x, high] = [gap, 0];
  const inside = panels.map((p) => {
    const w = ((width - gap * (panels.length + 1)) * (p.grow ?? 1)) / grow;
    const h = typeof p.height === "function" ? p.height(w, whole) : (p.height ?? 300);
    const title = typeof p.title === "function" ? p.title(whole, data) : p.title;
    const drawn = group({ transform: `translate(${at(x)} ${head})` }, [text(0, -14, title, { class: "pg-head" }), p.draw(whole, { w, h }, data)]);
    [x, high] = [x + w + gap, Math.max(high, h)];
    return drawn;
  });
  const size = { viewBox: `0 0 ${width} ${Math.ceil(high + head + gap)}`, width, height: Math.ceil(high + head + gap) };
  const words = escape(spec.words(whole, data));
  return tag("svg", { xmlns: "http://www.w3.org/2000/svg", class: "pg-still", role: "img", ...size }, [
    `<desc>${words}</desc><style>${css}</style>`,
    tag("rect", { width: "100%", height: "100%", rx: 12, fill: "var(--pg-card)" }),
    ...inside,
  ]);
}

/** Give a description hands and feet. */
export function playground(spec) {
  function mount(el, given = {}, { data = null, link = false } = {}) {
    const start = tidy(spec, given, data);
    const root = make("section", { class: "pg", "aria-label": `Playground: ${spec.title}`, "data-lm-suppress-shortcuts": "true" });
    const api = { id: mounted++, el, root, data, stop: [], state: start, set };
    if (link) api.state = tidy(spec, { ...start, ...fromHash(spec, location.hash) }, data);

    const controls = spec.controls.map((control) => ({ ...controlFor(control, api), when: control.when }));
    const panels = spec.panels.map((description) => panel(description, api));
    const words = make("p", { class: "pg-words" });
    const live = make("p", { class: "pg-live", role: "status", "aria-live": "polite" });
    const buttons = make("div", { class: "pg-buttons" });
    for (const [label, act] of spec.actions ?? []) buttons.append(make("button", { type: "button", onclick: () => set(act(api.state, data)) }, label));
    buttons.append(make("button", { type: "button", class: "pg-quiet", onclick: () => { api.stop.forEach((f) => f()); set(start); } }, "Start again"));
    if (link) {
      const copy = make("button", { type: "button", class: "pg-quiet" }, "Copy link");
      copy.addEventListener("click", async () => {
        history.replaceState(null, "", toHash(spec, api.state, start));
        try { await navigator.clipboard.writeText(location.href); copy.textContent = "Copied"; } catch { copy.textContent = "It is in the address bar"; }
        setTimeout(() => (copy.textContent = "Copy link"), 2000);
      });
      buttons.append(copy);
    }
    const hands = make("div", { class: "pg-controls" }, ...controls.map((c) => c.node), buttons);
    const pictures = make("div", { class: "pg-panels" }, ...panels.map((p) => p.node));
    root.append(make("h3", { class: "pg-title" }, spec.title), make("div", { class: "pg-body" }, make("div", { class: "pg-view" }, pictures, words), hands), live);
    const box = make("div", { class: "pg-root" }, root);
    el.replaceChildren(box);

    let frame = null;
    let later = null;
    function set(change) {
      api.state = tidy(spec, { ...api.state, ...change }, data);
      frame ??= requestAnimationFrame(show);
    }
    function show() {
      frame = null;
      for (const { update, node, when } of controls) {
        node.hidden = Boolean(when && !when(api.state));
        update(api.state, data);
      }
      for (const { update } of panels) update(api.state, data);
      words.textContent = spec.words(api.state, data);
      clearTimeout(later);
      later = setTimeout(() => {
        live.textContent = words.textContent; // once the hand rests, so that a screen reader is not flooded
        if (link && (api.state !== api.shown)) history.replaceState(null, "", toHash(spec, api.state, start));
      }, 400);
      root.dispatchEvent(new CustomEvent(REDRAW));
    }
    root.addEventListener("keydown", (event) => {
      const change = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!api.step || !change || event.target.matches("input, select")) return;
      event.preventDefault();
      event.stopPropagation();
      api.step(change);
    });
    const follow = () => {
      const raw = fromHash(spec, location.hash);
      if (raw) { set({ ...start, ...raw }); api.shown = api.state; }
    };
    if (link) {
      addEventListener("hashchange", follow);
      if (fromHash(spec, location.hash)) el.scrollIntoView({ block: "center" });
    }
    api.shown = api.state; // no link is written before a hand has moved something
    let width = null;
    const observer = new ResizeObserver(([entry]) => {
      if (entry.contentRect.width !== width) { width = entry.contentRect.width; frame ??= requestAnimationFrame(show); }
    });
    observer.observe(box);
    show();
    const destroy = () => {
      observer.disconnect();
      api.stop.forEach((f) => f());
      clearTimeout(later);
      removeEventListener("hashchange", follow);
    };
    return { set, destroy, get state() { return api.state; } };
  }
  const render = ({ model, el }) => mount(el, model.get("state"), { data: model.get("data") }).destroy;
  return { spec, mount, render };
}
