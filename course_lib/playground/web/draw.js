// Numbers, words and markup: what playgrounds draw with. No page is needed for it.

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

export const escape = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
export const at = (value) => +value.toFixed(2);

/** Markup of an element; attributes that are null or false are left out. */
export function tag(name, attributes = {}, inside = "") {
  const said = Object.entries(attributes).filter(([, value]) => value !== null && value !== false);
  const list = said.map(([key, value]) => ` ${key}="${typeof value === "number" ? at(value) : escape(value)}"`);
  return `<${name}${list.join("")}>${Array.isArray(inside) ? inside.join("") : inside}</${name}>`;
}
export const group = (attributes, inside) => tag("g", attributes, inside);
export const text = (x, y, words, attributes = {}) => tag("text", { x, y, ...attributes }, escape(words));
/** Words with an edge of the paper's colour, so that they read across lines. */
export const haloed = (x, y, words, attributes = {}) =>
  text(x, y, words, { "paint-order": "stroke", stroke: "var(--pg-card)", "stroke-width": 4, ...attributes });
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

/** Markup cut off at the edges of a plot. */
export function inside(plot, name, markup) {
  const clip = tag("clipPath", { id: name }, rect(plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top));
  return clip + group({ "clip-path": `url(#${name})` }, markup);
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

/** A plate beside a point: above it, below it where the plot ends, and never past its sides. */
export function note(plot, x, y, words, color) {
  const half = 3.7 * String(words).length + 5;
  const place = y - 36 < plot.top ? y + 26 : y - 26;
  return plate(clamp(x, plot.left + half, plot.right - half), place, words, { anchor: "middle", color });
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
