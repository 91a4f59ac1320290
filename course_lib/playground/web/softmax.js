// Softmax: four logits, a temperature and the true class; what becomes of them.

import { axes, circle, clamp, fixed, haloed, line, linspace, note, range, rect, say, stripes, sum, text } from "./draw.js";
import { playground } from "./kit.js";

const CLASSES = ["cat", "dog", "bird", "fish"];

/** Softmax of the logits over the temperature, and the cross-entropy of the true class, finite however small its share. */
export function shares(state) {
  const z = CLASSES.map((name) => state[name] / state.temperature);
  const most = Math.max(...z);
  const powers = z.map((v) => Math.exp(v - most)); // the largest is taken off: nothing overflows
  const total = sum(powers);
  const entropy = most + Math.log(total) - z[CLASSES.indexOf(state.true)];
  return { probabilities: powers.map((p) => p / total), entropy };
}

const answer = (state) => CLASSES[range(4).reduce((best, i) => (state[CLASSES[i]] > state[CLASSES[best]] ? i : best))];
const logits = (size) => axes(size, { x: [-0.5, 3.5], y: [-10, 10], xticks: [], ylabel: "logit", bottom: 30 });
const bars = (size) => axes(size, { x: [-0.5, 3.5], y: [0, 1], xticks: [], ylabel: "share", bottom: 30, top: 26 });
const names = (plot) => CLASSES.map((name, i) => text(plot.X(i), plot.bottom + 20, name, { "text-anchor": "middle" })).join("");

export default playground({
  name: "softmax",
  title: "From logits to shares",
  start: { cat: 2, dog: 1, bird: 0, fish: -1, temperature: 1, true: "cat" },
  controls: [
    { key: "temperature", label: "temperature", min: 0.1, max: 10, log: true },
    { key: "true", label: "true class", options: CLASSES },
    ...CLASSES.map((name) => ({ key: name, label: `logit of ${name}`, min: -10, max: 10, step: 0.5 })),
  ],
  panels: [
    {
      title: "Logits",
      hint: "pull them",
      wide: 240,
      height: 300,
      touch: "none",
      drag(state, x, y, size) {
        const plot = logits(size);
        const i = clamp(Math.round(plot.inX(x)), 0, 3);
        return { [CLASSES[i]]: clamp(Math.round(2 * plot.inY(y)) / 2, -10, 10) };
      },
      draw(state, size) {
        const plot = logits(size);
        const sticks = CLASSES.map((name, i) => {
          const [x, y] = [plot.X(i), plot.Y(state[name])];
          const color = state[name] < 0 ? "var(--pg-minus)" : "var(--pg-plus)";
          const out = y + (state[name] < 0 ? 22 : -22);
          const label = out > plot.top && out < plot.bottom ? out : 2 * y - out; // at the edges inwards, across the stick
          return (
            line(x, plot.Y(0), x, y, { stroke: color, "stroke-width": 5, "stroke-linecap": "round" }) +
            circle(x, y, 9, { fill: color, stroke: "var(--pg-card)", "stroke-width": 2 }) +
            haloed(x, label + 4, say(state[name]), { "text-anchor": "middle", class: "pg-number" })
          );
        });
        return plot.frame + line(plot.left, plot.Y(0), plot.right, plot.Y(0), { stroke: "var(--pg-rule)" }) + sticks.join("") + names(plot);
      },
    },
    {
      title: (state) => `It answers ${answer(state)}; cross-entropy ${fixed(shares(state).entropy, 3)}`,
      wide: 260,
      height: 300,
      draw(state, size) {
        const plot = bars(size);
        const width = Math.min((plot.right - plot.left) / 4 - 18, 70);
        const columns = shares(state).probabilities.map((p, i) => {
          const truth = CLASSES[i] === state.true;
          const fill = truth ? "url(#softmax-true)" : "var(--pg-a)";
          return rect(plot.X(i) - width / 2, plot.Y(p), width, plot.bottom - plot.Y(p), { rx: 4, fill }) + text(plot.X(i), plot.Y(p) - 7, fixed(p, 3), { "text-anchor": "middle", class: "pg-number" });
        });
        return stripes("softmax-true", "var(--pg-b)") + plot.frame + columns.join("") + names(plot);
      },
    },
    {
      title: "What the true class’s share costs",
      aside: true,
      wide: 240,
      height: 190,
      draw(state, size) {
        const plot = axes(size, { x: [0, 1], y: [0, 6], xlabel: "share of the true class", ylabel: "−log share" });
        const p = Math.exp(-shares(state).entropy);
        const points = linspace(0.0025, 1, 120).map((q) => `${plot.X(q)},${plot.Y(-Math.log(q))}`);
        return (
          plot.frame +
          `<polyline points="${points.join(" ")}" fill="none" stroke="var(--pg-rule)" stroke-width="2.5"/>` +
          circle(plot.X(p), plot.Y(Math.min(shares(state).entropy, 6)), 7, { fill: "var(--pg-b)" }) +
          note(plot, plot.X(p), plot.Y(Math.min(shares(state).entropy, 6)), fixed(shares(state).entropy, 2))
        );
      },
    },
  ],
  words(state) {
    const { probabilities, entropy } = shares(state);
    const each = CLASSES.map((name, i) => `${name} ${fixed(probabilities[i], 3)}`).join(", ");
    return `Shares by softmax at temperature ${say(state.temperature)}: ${each}. The true class, striped, is ${state.true}; the cross-entropy is ${fixed(entropy, 3)}.`;
  },
});
