// Controls: sliders with a number to type, switches, choices, a player. Each is { node, update(state, data) }.

import { clamp, say } from "./draw.js";

/** An element of a page, with its listeners and children. */
export function make(name, attributes = {}, ...children) {
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
export function controlFor(control, api) {
  if (control.make) return control.make(control, api, make);
  if (control.options) return choice(control, api);
  if (control.toggle) return toggle(control, api);
  return control.play ? player(control, api) : slider(control, api);
}
