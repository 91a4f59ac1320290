// What makes a playground of a description: panels, the live text, the link to a state.
//
// A playground is a description: names, start values, controls, pure functions from a state to numbers and to SVG
// markup. `playground(description)` gives it hands and feet: `mount(el, state)` on any page, `render` for anywidget.

import { at, clamp, escape, group, sum, tag, text } from "./draw.js";
import { controlFor, make } from "./hands.js";

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
// Gives each its own names where one page has two. In a notebook each has a module of its own, so the page counts.
const numberOnPage = () => (window.playgrounds = (window.playgrounds ?? 0) + 1);

// ----------------------------------------------------------------------------------------------------------- pictures

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
  const node = make("figure", { class: "pg-panel", style: `flex: ${grow} 1 calc(${0.86 * wide} * var(--pg-unit))` }, make("figcaption", {}, heading, hint ? make("small", {}, hint) : ""), svg);
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
      // a name of its own for each gradient and clip: the same playground may stand on a page twice
      glide(svg, draw(state, size, data).replace(/( id="|url\(#)/g, `$1art${api.id}-`));
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
    const root = make("section", { class: "pg", "aria-label": `Playground: ${spec.title}` });
    const api = { id: numberOnPage(), el, root, data, stop: [], state: start, set };
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
    // JupyterLab's shortcuts (B makes a cell, arrow keys fold one) would win over what has the focus
    for (const hand of root.querySelectorAll("input, select, button, [tabindex]")) hand.setAttribute("data-lm-suppress-shortcuts", "true");
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
