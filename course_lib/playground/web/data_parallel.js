// One step of data-parallel gradient descent, by hand: workers, their gradients, the all-reduce, the step.

import { arrow, axes, circle, clamp, curve, fixed, group, handle, haloed, line, linspace, mean, plural, range, rect, signed, stripes, sum, text } from "./draw.js";
import { playground } from "./kit.js";

const X = [0.2, 0.4, 0.5, 0.7, 0.8, 1.0, 1.1, 1.3, 1.5, 1.6, 1.8, 2.0];
const Y = [0.5, 0.7, 1.2, 1.3, 1.8, 1.9, 2.4, 2.5, 2.9, 3.4, 3.5, 4.1]; // about 2x
const COMBINE = ["weighted by rows", "plain mean", "sum"];
const RANGE = [-1, 5]; // of the weight

/** Rows cut into shards, the first ones longer where it does not go up. */
const cut = (n, workers) => range(workers).map((i) => Math.floor(n / workers) + (i < n % workers ? 1 : 0));

/** How many rows each worker holds: equal shares, or half of all rows with the last worker. */
const rowsOf = ({ shards, workers }) => (shards === "equal" || workers === 1 ? cut(X.length, workers) : [...cut(X.length / 2, workers - 1), X.length / 2]);

export const loss = (w) => mean(X.map((x, i) => (w * x - Y[i]) ** 2));
const slopeOver = (w, from, to) => mean(range(to - from).map((i) => 2 * X[from + i] * (w * X[from + i] - Y[from + i])));

/** Rows and gradient of each worker, the gradient they agree on, the one that a single machine finds, the new weight. */
export function step(state) {
  const rows = rowsOf(state);
  const ends = rows.map((_, i) => sum(rows.slice(0, i + 1)));
  const gradients = rows.map((n, i) => slopeOver(state.w, ends[i] - n, ends[i]));
  const weights = { "weighted by rows": rows.map((n) => n / X.length), "plain mean": rows.map(() => 1 / rows.length), sum: rows.map(() => 1) }[state.combine];
  const combined = sum(gradients.map((g, i) => g * weights[i]));
  return { rows, gradients, combined, alone: slopeOver(state.w, 0, X.length), after: state.w - state.rate * combined };
}

const scales = (size) => axes(size, { x: RANGE, y: [-0.5, 16], xlabel: "weight w", ylabel: "loss over all rows" });

export default playground({
  name: "data_parallel",
  title: "One step on many workers",
  start: { w: 0, rate: 0.2, workers: 3, shards: "equal", combine: "weighted by rows" },
  controls: [
    { key: "workers", label: "workers", options: [1, 2, 3, 4] },
    { key: "shards", label: "shards", options: ["equal", "unequal"] },
    { key: "combine", label: "combine", options: COMBINE, long: true },
    { key: "w", label: "weight w", min: -0.5, max: 4.5, step: 0.1 },
    { key: "rate", label: "rate", min: 0.02, max: 0.6, step: 0.02 },
  ],
  actions: [["Take the step", (state) => ({ w: clamp(+step(state).after.toFixed(3), -0.5, 4.5) })]],
  panels: [
    {
      title: "Gradients",
      wide: 300,
      grow: 1.2,
      height: 320,
      draw(state, size) {
        const { rows, gradients, combined, alone } = step(state);
        const n = rows.length + 1;
        const narrow = size.w < 380; // then "worker" stands once, at the left
        const plot = axes(size, { x: [-0.5, n - 0.5], y: [-16, 16], xticks: [], ylabel: "gradient", bottom: 58 });
        const width = Math.min((plot.right - plot.left) / n - 16, 64);
        const bars = [...gradients, combined].map((g, i) => {
          const all = i === rows.length;
          const [x, y] = [plot.X(i), plot.Y(clamp(g, -16, 16))];
          const look = all ? { fill: "url(#all-reduce)" } : signed(g < 0 ? -0.85 : 0.85);
          const held = all ? "" : range(rows[i]).map((r) => circle(x + ((r % 4) - (Math.min(rows[i], 4) - 1) / 2) * 8, plot.bottom + 28 + Math.floor(r / 4) * 8, 2.6, { fill: "var(--pg-soft)" })).join("");
          const end = clamp(y + (g < 0 ? 17 : -8), plot.top + 12, plot.bottom - 4);
          const struck = plot.Y(alone) > end - 14 && plot.Y(alone) < end + 5; // by the dashed line
          const number = haloed(x, struck ? plot.Y(0) + (g < 0 ? -8 : 17) : end, fixed(g, 1), { "text-anchor": "middle", class: "pg-number" });
          const name = all ? "combined" : narrow ? i + 1 : `worker ${i + 1}`;
          return [rect(x - width / 2, Math.min(y, plot.Y(0)), width, Math.abs(y - plot.Y(0)), { rx: 4, ...look }), number + text(x, plot.bottom + 17, name, { "text-anchor": "middle", class: "pg-small" }) + held];
        });
        return (
          stripes("all-reduce", "var(--pg-b)") + plot.frame +
          line(plot.left, plot.Y(0), plot.right, plot.Y(0), { stroke: "var(--pg-rule)" }) + bars.map(([bar]) => bar).join("") +
          line(plot.left, plot.Y(alone), plot.right, plot.Y(alone), { "stroke-width": 2, "stroke-dasharray": "7 5" }) + bars.map(([, words]) => words).join("") +
          (narrow ? text(plot.left - 4, plot.bottom + 17, "worker", { "text-anchor": "end", class: "pg-small" }) : "") +
          text(plot.left + 6, alone > 0 ? plot.bottom - 6 : 24, "dashed: one machine, all rows", { class: "pg-small" }) // where no bar is
        );
      },
    },
    {
      title: (state) => `w: ${fixed(state.w)} → ${fixed(step(state).after)}`,
      hint: "drag the dot",
      wide: 250,
      height: 320,
      drag: (state, x, _y, size) => ({ w: clamp(Math.round(10 * scales(size).inX(x)) / 10, -0.5, 4.5) }),
      draw(state, size) {
        const plot = scales(size);
        const { after } = step(state);
        const at = (w) => [plot.X(clamp(w, ...RANGE)), plot.Y(Math.min(loss(w), 15.8))];
        const [x, y] = at(after);
        return (
          plot.frame +
          curve(linspace(...RANGE, 121).map((w) => [plot.X(w), plot.Y(loss(w))]).filter(([, v]) => v >= plot.top), { stroke: "var(--pg-rule)" }) +
          arrow(...at(state.w), x, y, { stroke: "var(--pg-b)", "stroke-width": 2.5 }) +
          group({}, rect(x - 6, y - 6, 12, 12, { fill: "var(--pg-b)", stroke: "var(--pg-card)", "stroke-width": 2, rx: 2 })) +
          handle(...at(state.w), "var(--pg-a)") +
          text(plot.X(2), plot.top + 30, "round: before, square: after", { "text-anchor": "middle", class: "pg-small" })
        );
      },
    },
  ],
  words(state) {
    const { rows, gradients, combined, alone, after } = step(state);
    const each = rows.map((n, i) => `worker ${i + 1} with ${plural(n, "row")} finds ${fixed(gradients[i])}`).join("; ");
    return (
      `Gradients: ${each}. Combined (${state.combine}): ${fixed(combined)}; one machine with all rows: ${fixed(alone)}. ` +
      `The step takes the weight from ${fixed(state.w)} to ${fixed(after)}, the loss from ${fixed(loss(state.w))} to ${fixed(loss(after))}.`
    );
  },
});
