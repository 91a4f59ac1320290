// One neuron with two inputs. A point on the map flows through it: times the weights, plus the bias, through f.

import { arrow, axes, circle, clamp, curve, fixed, group, handle, linspace, plate, say, signed, tag, text } from "./draw.js";
import { border, ridge } from "./fields.js";
import { playground } from "./kit.js";
import { ACTIVATIONS } from "./activations.js";

const EXTENT = [-1, 2];
const CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]]; // the four inputs of a logical gate

/** The weighted sum, and what the activation makes of it. */
export function output({ w1, w2, b, activation }, x1, x2) {
  const z = w1 * x1 + w2 * x2 + b;
  return { z, y: ACTIVATIONS[activation].f(z) };
}

/** How strongly the map is painted at a weighted sum, from −1 to 1: by the output's distance from its middle. */
function paint(activation, z) {
  const y = ACTIVATIONS[activation].f(z);
  if (activation === "sigmoid") return 2 * y - 1;
  return Math.tanh(y * (activation === "tanh" ? 1.5 : 0.7));
}

const scales = (size) => axes(size, { x: EXTENT, y: EXTENT, xlabel: "input x₁", ylabel: "input x₂", xticks: [-1, 0, 1, 2], yticks: [-1, 0, 1, 2], left: 40, square: true });

function map(state, size) {
  const plot = scales(size);
  const { X, Y } = plot;
  const { x1, x2, activation } = state;
  const dots = CORNERS.map(([c1, c2]) => {
    const { y } = output(state, c1, c2);
    return circle(X(c1), Y(c2), 6, { fill: "var(--pg-card)", stroke: "var(--pg-ink)", "stroke-width": 2 }) + plate(X(c1) + 10, Y(c2) - 13, fixed(y));
  });
  const ground = ridge("neuron-ground", state, (z) => paint(activation, z), plot);
  return plot.frame + ground + border("neuron-clip", state, plot) + dots.join("") + handle(X(x1), Y(x2));
}

/** The neuron itself: two inputs, edges as thick as their weights, the sum, the activation, the output. */
function cell(state, { w, h }) {
  const { w1, w2, b, activation, x1, x2 } = state;
  const { z, y } = output(state, x1, x2);
  const [xin, xsum, xout] = [26, w * 0.53, w - 30];
  const [top, middle, bottom] = [h * 0.2, h * 0.42, h * 0.64];
  const edge = (from, weight, name, input) => {
    const strength = Math.min(Math.abs(weight), 30);
    const color = weight < 0 ? "var(--pg-minus)" : "var(--pg-plus)";
    const [mx, my] = [(xin + xsum) / 2 - 4, (from + middle) / 2];
    const way = tag("path", { d: `M${xin + 20},${from}C${mx},${from} ${mx},${middle} ${xsum - 30},${middle}`, fill: "none", stroke: color, "stroke-width": 1 + 2.4 * Math.log1p(strength), "stroke-opacity": 0.75, "stroke-linecap": "round" });
    return (
      way +
      circle(xin, from, 20, { fill: "var(--pg-well)", stroke: "var(--pg-rule)", "stroke-width": 1.5 }) +
      text(xin, from + 4.5, fixed(input), { "text-anchor": "middle", class: "pg-number" }) +
      text(xin, from - 27, name, { "text-anchor": "middle", class: "pg-small" }) +
      plate(mx - 12, my + (from < middle ? -16 : 16), `× ${say(weight)}`, { anchor: "middle", color })
    );
  };
  const glyph = axes({ w: 46, h: 46 }, { x: [-3, 3], y: [-1.3, 2.6], left: 4, right: 4, top: 4, bottom: 4 });
  const f = ACTIVATIONS[activation].f;
  const points = linspace(-3, 3, 41).map((t) => [glyph.X(t), glyph.Y(clamp(f(t), -1.3, 2.6))]);
  const now = [glyph.X(clamp(z, -3, 3)), glyph.Y(clamp(f(clamp(z, -3, 3)), -1.3, 2.6))];
  const on = paint(activation, z);
  return [
    edge(top, w1, "x₁", x1),
    edge(bottom, w2, "x₂", x2),
    arrow(xsum, h * 0.72, xsum, middle + 34, { stroke: b < 0 ? "var(--pg-minus)" : "var(--pg-plus)", "stroke-width": 2.5 }),
    text(xsum, h * 0.72 + 17, `bias ${b < 0 ? "−" : "+"} ${say(Math.abs(b))}`, { "text-anchor": "middle" }),
    arrow(xsum + 32, middle, xout - 28, middle),
    circle(xsum, middle, 30, { fill: "var(--pg-card)", stroke: "var(--pg-ink)", "stroke-width": 2 }),
    group({ transform: `translate(${xsum - 23} ${middle - 23})` }, curve(points, { "stroke-width": 2 }) + circle(...now, 4, { fill: "var(--pg-b)" })),
    text(xsum, middle - 39, `z = ${say(z)}`, { "text-anchor": "middle", class: "pg-number" }),
    circle(xout, middle, 25, { fill: "var(--pg-card)" }),
    circle(xout, middle, 25, { ...signed(0.85 * on), stroke: "var(--pg-ink)", "stroke-width": 2 }),
    plate(xout, middle, fixed(y), { anchor: "middle" }),
    text(xout, middle - 33, "output", { "text-anchor": "middle", class: "pg-small" }),
    text(0, h - 8, `${activation}(${say(w1)} · ${fixed(x1)} ${w2 < 0 ? "−" : "+"} ${say(Math.abs(w2))} · ${fixed(x2)} ${b < 0 ? "−" : "+"} ${say(Math.abs(b))}) = ${fixed(y)}`, { class: "pg-small pg-number" }),
  ].join("");
}

export default playground({
  name: "neuron",
  title: "One neuron",
  start: { w1: 1, w2: 1, b: -0.5, activation: "sigmoid", x1: 1.5, x2: 0.5 },
  controls: [
    { key: "w1", label: "weight w₁", min: -30, max: 30, step: 0.1 },
    { key: "w2", label: "weight w₂", min: -30, max: 30, step: 0.1 },
    { key: "b", label: "bias b", min: -30, max: 30, step: 0.1 },
    { key: "activation", label: "activation", options: Object.keys(ACTIVATIONS) },
    { key: "x1", label: "the point’s x₁", min: -1, max: 2, step: 0.05 },
    { key: "x2", label: "the point’s x₂", min: -1, max: 2, step: 0.05 },
  ],
  panels: [
    {
      title: "What it says",
      hint: "drag the point",
      wide: 270,
      height: (w) => Math.min(w, 400),
      draw: map,
      touch: "none",
      drag(state, x, y, size) {
        const { inX, inY } = scales(size);
        return { x1: clamp(+inX(x).toFixed(2), ...EXTENT), x2: clamp(+inY(y).toFixed(2), ...EXTENT) };
      },
    },
    { title: "How it comes to it", wide: 270, height: (w) => clamp(w, 270, 320), draw: cell },
  ],
  words(state) {
    const { w1, w2, b, activation, x1, x2 } = state;
    const gates = CORNERS.map(([c1, c2]) => `(${c1}, ${c2}) gives ${fixed(output(state, c1, c2).y)}`).join(", ");
    const { z, y } = output(state, x1, x2);
    return (
      `A neuron with weights ${say(w1)} and ${say(w2)}, bias ${say(b)} and ${activation} activation. ${gates}. ` +
      `At the point (${fixed(x1)}, ${fixed(x2)}) the weighted sum is ${say(z)} and the output ${fixed(y)}.`
    );
  },
});
