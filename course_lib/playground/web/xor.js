// A network with one hidden layer learns XOR, step by step; what each hidden neuron makes of the plane, and the whole.
// `data` is { starts: for each seed { w: [w1, w2] of each hidden neuron, b: their biases, v: what the output takes of each } }.

import { axes, circle, clamp, curve, fixed, group, handle, inside, linspace, mean, plate, plural, rect, say, sum, tag, text } from "./draw.js";
import { bands, border, contours, ridge } from "./fields.js";
import { playground } from "./kit.js";

const MOST = 300; // steps
const EXTENT = [-0.5, 1.5];
export const CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]];
const TARGETS = [0, 1, 1, 0];
const LIMITS = [1e-4, 10]; // of the loss axis
const GRID = linspace(...EXTENT, 25);

const f = { tanh: Math.tanh, ReLU: (z) => Math.max(z, 0) };
const slope = { tanh: (z) => 1 - Math.tanh(z) ** 2, ReLU: (z) => +(z > 0) };

/** The network's output at a point. */
export const output = ({ neurons, c }, activation, x1, x2) => sum(neurons.map(({ w1, w2, b, v }) => v * f[activation](w1 * x1 + w2 * x2 + b))) + c;

/** Gradient descent on the mean squared error, all four rows in each step: weights and loss at the start and after each. */
export function train({ hidden, activation, rate, steps, seed }, { starts }) {
  const { w, b, v } = starts[seed - 1];
  let now = { neurons: w.slice(0, hidden).map(([w1, w2], i) => ({ w1, w2, b: b[i], v: v[i] })), c: 0 };
  const [weights, losses] = [[], []];
  for (let t = 0; ; t++) {
    const misses = CORNERS.map(([x1, x2], r) => output(now, activation, x1, x2) - TARGETS[r]);
    weights.push(now);
    losses.push(mean(misses.map((e) => e ** 2)));
    if (t === steps) return { weights, losses };
    if (losses[t] > 1e6) continue; // beyond, numbers would soon overflow
    const up = misses.map((e) => e / 2); // slopes by the outputs
    const neurons = now.neurons.map(({ w1, w2, b, v }) => {
      const z = CORNERS.map(([x1, x2]) => w1 * x1 + w2 * x2 + b);
      const down = z.map((each, r) => up[r] * v * slope[activation](each));
      const step = (g) => rate * sum(CORNERS.map((corner, r) => g(corner, r)));
      return {
        w1: w1 - step(([x1], r) => down[r] * x1),
        w2: w2 - step(([, x2], r) => down[r] * x2),
        b: b - step((_, r) => down[r]),
        v: v - step((_, r) => up[r] * f[activation](z[r])),
      };
    });
    now = { neurons, c: now.c - rate * sum(up) };
  }
}

let kept = { key: "" }; // trained anew only when something else than the step has changed
function trained(state, data) {
  const key = [state.hidden, state.activation, state.rate, state.seed].join();
  if (kept.key !== key || kept.data !== data) kept = { key, data, run: train({ ...state, steps: MOST }, data) };
  return kept.run;
}
const network = (state, data) => trained(state, data).weights[state.steps];
const says = (state, data) => CORNERS.map(([x1, x2]) => output(network(state, data), state.activation, x1, x2));
const isRight = (y, r) => Math.abs(y - TARGETS[r]) < 0.49; // a half is neither
const right = (state, data) => says(state, data).filter(isRight).length;
const howMany = (n) => (n === 4 ? "all four" : ["none", "one", "two", "three"][n]);

const big = (size) => axes(size, { x: EXTENT, y: EXTENT, xlabel: "input x₁", ylabel: "input x₂", xticks: [0, 1], yticks: [0, 1], left: 40, square: true });
const curveOf = (size) => axes(size, { x: [0, MOST], y: LIMITS, logy: true, xlabel: "step", left: 52 });

/** A corner by the answer that XOR wants there: a full disc for 1, a ring for 0. */
const mark = (x, y, r, radius) => circle(x, y, radius, { fill: TARGETS[r] ? "var(--pg-ink)" : "var(--pg-card)", stroke: TARGETS[r] ? "var(--pg-card)" : "var(--pg-ink)", "stroke-width": 2 });

function whole(state, size, data) {
  const plot = big(size);
  const now = network(state, data);
  const heights = GRID.map((x2) => GRID.map((x1) => clamp(2 * output(now, state.activation, x1, x2) - 1, -1, 1)));
  const [half] = contours(GRID, heights, [0.002], plot); // not 0: where a whole area gives a half, rounding would draw it
  const dots = says(state, data).map((y, r) => {
    const [x, up] = [plot.X(CORNERS[r][0]), plot.Y(CORNERS[r][1])];
    return mark(x, up, r, 7) + plate(x, up - 20, `${fixed(y)} ${isRight(y, r) ? "✓" : "✗"}`, { anchor: "middle" });
  });
  const bed = rect(plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top, { fill: "var(--pg-card)" });
  return plot.frame + bed + bands(GRID, heights, plot) + tag("path", { d: half, fill: "none", stroke: "var(--pg-ink)", "stroke-width": 2, "stroke-linecap": "round" }) + dots.join("");
}

const HEAD = 24; // of a small map: its number, and what the output takes of it
const side = (w) => Math.min((w - 16) / 2, 210);

/** A map for each hidden neuron, two in a row, and how they become the output. */
function each(state, { w, h }, data) {
  const s = side(w);
  const { neurons, c } = network(state, data);
  const maps = neurons.map((neuron, i) => {
    const plot = axes({ w: s, h: s }, { x: EXTENT, y: EXTENT, xticks: [0, 1], yticks: [0, 1], left: 18, right: 2, top: 2, bottom: 20, square: true });
    const strength = (z) => Math.tanh(1.5 * f[state.activation](z));
    const dots = CORNERS.map(([x1, x2], r) => mark(plot.X(x1), plot.Y(x2), r, 5));
    return group({ transform: `translate(${(i % 2) * (s + 16)} ${Math.floor(i / 2) * (s + HEAD + 12) + HEAD})` }, [
      text(plot.left, -8, `${s < 150 ? `${i + 1}:` : `neuron ${i + 1}`} × ${Math.abs(neuron.v) < 100 ? fixed(neuron.v) : say(neuron.v)}`, { class: "pg-number" }),
      plot.frame,
      ridge(`xor-ground-${i}`, neuron, strength, plot),
      border(`xor-clip-${i}`, neuron, plot),
      ...dots,
    ]);
  });
  const sign = c < 0 ? "−" : "+";
  return maps.join("") + text(18, h - 6, `${neurons.length === 1 ? "this" : "added up"} ${sign} ${fixed(Math.abs(c))}: the output`, { class: "pg-small pg-number" });
}

export default playground({
  name: "xor",
  title: "XOR, learned",
  start: { hidden: 2, activation: "tanh", rate: 0.3, seed: 3, steps: 0 },
  still: { steps: 70 },
  controls: [
    { key: "steps", label: "steps", max: MOST, play: true, every: 50 },
    { key: "hidden", label: "hidden neurons", options: [1, 2, 3, 4] },
    { key: "activation", label: "activation", options: ["tanh", "ReLU"] },
    { key: "rate", label: "learning rate", min: 0.01, max: 3, log: true },
    { key: "seed", label: "random start", min: 1, max: (_state, data) => data.starts.length },
  ],
  actions: [
    ["Next start", (state, data) => ({ seed: (state.seed % data.starts.length) + 1 })],
    ["To step 0", () => ({ steps: 0 })],
  ],
  panels: [
    {
      title: (state, data) => `The network: ${howMany(right(state, data))} right`,
      hint: "full dots want 1, rings 0",
      wide: 270,
      grow: 1.15,
      height: (w) => Math.min(w, 400),
      draw: whole,
    },
    {
      title: ({ hidden }) => (hidden === 1 ? "Its hidden neuron" : "Its hidden neurons"),
      wide: 250,
      height: (w, { hidden }) => Math.ceil(hidden / 2) * (side(w) + HEAD + 12) + 18,
      draw: each,
    },
    {
      title: (state, data) => `Loss: ${say(trained(state, data).losses[state.steps])}`,
      wide: 230,
      height: (w) => (w > 420 ? 230 : 300),
      drag: (state, x, _y, size) => ({ steps: clamp(Math.round(curveOf(size).inX(x)), 0, MOST) }),
      draw(state, size, data) {
        const plot = curveOf(size);
        const points = trained(state, data).losses.map((v, i) => [plot.X(i), plot.Y(v)]);
        const [x, y] = points[state.steps];
        const line = curve(points.slice(state.steps), { "stroke-opacity": 0.25 }) + curve(points.slice(0, state.steps + 1), { "stroke-width": 3 });
        return plot.frame + inside(plot, "xor-losses", line) + handle(x, clamp(y, plot.top, plot.bottom));
      },
    },
  ],
  words(state, data) {
    const { losses } = trained(state, data);
    const y = says(state, data);
    const places = (list) => (list.length ? list.map(([x1, x2]) => `(${x1}, ${x2})`).join(", ") : "none of the four inputs");
    const neurons = network(state, data).neurons.map(({ w1, w2, b, v }, i) => `Hidden neuron ${i + 1} is above 0 at ${places(CORNERS.filter(([x1, x2]) => w1 * x1 + w2 * x2 + b > 0))} and enters the sum × ${fixed(v)}.`);
    return (
      `A network with ${plural(state.hidden, `hidden ${state.activation} neuron`)}, start ${state.seed}, after ${plural(state.steps, "step")} at a rate of ${say(state.rate)}. ` +
      `It gives ${CORNERS.map(([x1, x2], r) => `${fixed(y[r])} for (${x1}, ${x2})`).join(", ")}: ${howMany(right(state, data))} right. ` +
      `The loss went from ${fixed(losses[0])} to ${say(losses[state.steps])}. ${neurons.join(" ")}`
    );
  },
});
