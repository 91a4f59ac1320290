// One outlier to drag, and what mean squared error, mean absolute error and Huber loss make of it.

import { axes, circle, clamp, curve, fixed, handle, line, linspace, mean, range, say, sum, text } from "./draw.js";
import { playground } from "./kit.js";

const X = range(11);
const OUTLIER = 9; // which of the points can be dragged
const HONEST = [1.4785670779, 3.3602261661, 6.3309791931, 7.0273181999, 6.6868821643, 9.4958373887, 10.5012290072, 12.6189052186, 12.7134497727, 15.6934175015, 17.188304735];
const LIMITS = [-20, 60];
const LOSSES = { MSE: { color: "var(--pg-a)", dash: null }, MAE: { color: "var(--pg-b)", dash: "9 5" }, Huber: { color: "var(--pg-c)", dash: "9 4 2 4" } };

export const heights = ({ outlier }) => HONEST.map((y, i) => (i === OUTLIER ? outlier : y));

/** Weighted least squares: a constant or a line. */
function weighted(y, weights, model) {
  const total = sum(weights);
  const [mx, my] = [sum(X.map((x, i) => weights[i] * x)) / total, sum(y.map((v, i) => weights[i] * v)) / total];
  if (model === "constant") return X.map(() => my);
  const rise = sum(X.map((x, i) => weights[i] * (x - mx) * (y[i] - my))) / sum(X.map((x, i) => weights[i] * (x - mx) ** 2));
  return X.map((x) => my + rise * (x - mx));
}

/** Some fit of least absolute error passes through as many points as it has parameters: try them all. */
function leastAbsolute(y, model) {
  const through = (i, j) => X.map((x) => y[i] + ((y[j] - y[i]) / (X[j] - X[i])) * (x - X[i]));
  const fits = X.flatMap((_, i) => (model === "constant" ? [X.map(() => y[i])] : range(X.length - i - 1).map((k) => through(i, i + k + 1))));
  const costs = fits.map((fit) => sum(fit.map((v, i) => Math.abs(v - y[i]))));
  const least = Math.min(...costs) + 1e-9; // of those that cost the same, the first
  return fits[costs.findIndex((cost) => cost <= least)];
}

/** Least squares again and again, each point's weight lowered to delta/|r| where |r| is above delta. */
function huber(y, model, delta) {
  let fit = leastAbsolute(y, model);
  for (let i = 0; i < 100; i++) {
    const before = fit;
    fit = weighted(y, y.map((v, j) => Math.min(1, delta / Math.max(Math.abs(before[j] - v), 1e-12))), model);
    if (Math.max(...fit.map((v, j) => Math.abs(v - before[j]))) < 1e-6) break;
  }
  return fit;
}

/** Loss → heights of its fit at X. */
export function fitted(state) {
  const y = heights(state);
  return { MSE: weighted(y, X.map(() => 1), state.model), MAE: leastAbsolute(y, state.model), Huber: huber(y, state.model, state.delta) };
}

/** Mean distance of the ten other points from a fit. */
export const miss = (state, fit) => mean(heights(state).flatMap((y, i) => (i === OUTLIER ? [] : [Math.abs(fit[i] - y)])));

const price = { MSE: (r) => r * r, MAE: (r) => Math.abs(r), Huber: (r, delta) => (Math.abs(r) <= delta ? (r * r) / 2 : delta * (Math.abs(r) - delta / 2)) };
const scales = (size) => axes(size, { x: [-0.4, 10.4], y: LIMITS, xlabel: "x", ylabel: "y" });
const legend = (x, y, name, words) => line(x, y, x + 30, y, { stroke: LOSSES[name].color, "stroke-width": 3, "stroke-dasharray": LOSSES[name].dash }) + text(x + 37, y + 4.5, words, { class: "pg-number" });

export default playground({
  name: "losses",
  title: "Three losses and an outlier",
  start: { outlier: 45, model: "line", delta: 1 },
  controls: [
    { key: "outlier", label: "outlier", min: -20, max: 60, step: 0.5 },
    { key: "model", label: "model", options: ["line", "constant"] },
    { key: "delta", label: "Huber delta", min: 0.1, max: 100, log: true },
  ],
  panels: [
    {
      title: (state) => `Three fits of a ${state.model}`,
      hint: "drag the outlier",
      grow: 1.3,
      wide: 300,
      height: 330,
      touch: "none",
      drag: (state, _x, y, size) => ({ outlier: clamp(Math.round(2 * scales(size).inY(y)) / 2, ...LIMITS) }),
      draw(state, size) {
        const plot = scales(size);
        const fits = fitted(state);
        const lines = Object.entries(fits).map(([name, fit]) => curve(X.map((x, i) => [plot.X(x), plot.Y(fit[i])]), { stroke: LOSSES[name].color, "stroke-width": 3, "stroke-dasharray": LOSSES[name].dash }));
        const points = heights(state).map((y, i) => (i === OUTLIER ? "" : circle(plot.X(X[i]), plot.Y(y), 5, { fill: "var(--pg-ink)", "fill-opacity": 0.75 })));
        const words = Object.entries(fits).map(([name, fit], i) => legend(plot.left + 12, plot.top + 16 + 20 * i, name, `${name}: off by ${fixed(miss(state, fit))}`));
        return plot.frame + lines.join("") + points.join("") + words.join("") + handle(plot.X(X[OUTLIER]), plot.Y(state.outlier), "var(--pg-d)", 9);
      },
    },
    {
      title: "What a distance costs",
      wide: 230,
      height: 330,
      draw(state, size) {
        const reach = 12;
        const plot = axes(size, { x: [-reach, reach], y: [0, 30], xlabel: "distance from the fit", ylabel: "cost" });
        const curves = Object.entries(price).map(([name, f]) => {
          const points = linspace(-reach, reach, 121).map((r) => [plot.X(r), plot.Y(f(r, state.delta))]);
          return curve(points.filter(([, y]) => y >= plot.top - 2), { stroke: LOSSES[name].color, "stroke-width": 3, "stroke-dasharray": LOSSES[name].dash });
        });
        return plot.frame + curves.join("");
      },
    },
  ],
  words(state) {
    const off = Object.entries(fitted(state)).map(([name, fit]) => `${name} ${fixed(miss(state, fit))}`).join(", ");
    return (
      `Eleven points; one of them, the outlier, is at height ${say(state.outlier)}. Three fits of a ${state.model}, Huber loss with delta ${say(state.delta)}. ` +
      `Mean distance of the other ten points from each fit: ${off}.`
    );
  },
});
