// Gradient descent on the 67 patients of lpsa.data, as MLlib's LinearRegressionWithSGD trains, all rows in every step.
// `data` is { x: rows of eight features, y: labels }.

import { axes, clamp, curve, fixed, handle, line, once, plural, range, rect, say, signed, text } from "./draw.js";
import { playground } from "./kit.js";

const MOST = 200;
const LIMITS = [0.2, 300]; // of the axis

const table = ({ x, y }, intercept) => ({ x: intercept ? x.map((row) => [...row, 1]) : x, y });

/** Mean squared error at the start and after each iteration, and the weights at the end. The step is step / √i. */
export function train({ step, iterations, intercept }, data) {
  const { x, y } = table(data, intercept);
  const weights = x[0].map((_, j) => (j < 8 ? 0 : 1)); // MLlib starts the intercept at 1
  const mse = [];
  for (let i = 1; ; i++) {
    const slope = weights.map(() => 0);
    let squares = 0;
    for (let r = 0; r < y.length; r++) {
      let miss = -y[r];
      for (let j = 0; j < weights.length; j++) miss += x[r][j] * weights[j];
      squares += miss * miss;
      for (let j = 0; j < weights.length; j++) slope[j] += x[r][j] * miss;
    }
    mse.push(squares / y.length);
    if (i > iterations) return { mse, weights };
    for (let j = 0; j < weights.length; j++) weights[j] -= ((step / Math.sqrt(i)) * slope[j]) / y.length;
  }
}

/** Least squares by the normal equations: the weights, and the smallest MSE that the model can have. */
export function least(data, intercept) {
  const { x, y } = table(data, intercept);
  const n = x[0].length;
  const a = range(n).map((i) => [...range(n).map((j) => x.reduce((s, row) => s + row[i] * row[j], 0)), x.reduce((s, row, r) => s + row[i] * y[r], 0)]);
  for (let i = 0; i < n; i++) {
    const best = range(n - i).map((k) => i + k).reduce((p, q) => (Math.abs(a[q][i]) > Math.abs(a[p][i]) ? q : p));
    [a[i], a[best]] = [a[best], a[i]];
    for (let r = 0; r < n; r++) {
      if (r === i) continue;
      const times = a[r][i] / a[i][i];
      for (let c = i; c <= n; c++) a[r][c] -= times * a[i][c];
    }
  }
  const weights = a.map((row, i) => row[n] / row[i]);
  const squares = x.reduce((s, row, r) => s + (row.reduce((p, v, j) => p + v * weights[j], 0) - y[r]) ** 2, 0);
  return { weights, floor: squares / y.length };
}

const trained = once(train);
const error = (value) => (value < 1e4 ? fixed(value, 3) : say(value, 2));
const scales = (size) => axes(size, { x: [0, MOST], y: LIMITS, logy: true, xlabel: "iteration", ylabel: "mean squared error" });

export default playground({
  name: "descent",
  title: "Gradient descent, iteration by iteration",
  start: { step: 1, iterations: 100, intercept: false },
  controls: [
    { key: "iterations", label: "iterations", min: 1, max: MOST, play: true, every: 60, one: "iteration" },
    { key: "step", label: "step", min: 1e-4, max: 10, log: true },
    { key: "intercept", label: "fit an intercept", toggle: true },
  ],
  panels: [
    {
      title: (state, data) => `MSE ${error(trained(state, data).mse.at(-1))} after ${state.iterations}`,
      grow: 1.3,
      wide: 300,
      height: 300,
      drag: (state, x, _y, size) => ({ iterations: clamp(Math.round(scales(size).inX(x)), 1, MOST) }),
      draw(state, size, data) {
        const plot = scales(size);
        const { floor } = least(data, state.intercept);
        const { mse } = train({ ...state, iterations: MOST }, data);
        const points = mse.map((v, i) => [plot.X(i), plot.Y(clamp(v, LIMITS[0], LIMITS[1]))]);
        const [x, y] = points[state.iterations];
        return (
          plot.frame +
          line(plot.left, plot.Y(floor), plot.right, plot.Y(floor), { stroke: "var(--pg-c)", "stroke-width": 2, "stroke-dasharray": "7 5" }) +
          text(plot.right - 4, plot.Y(floor) + 25, `least squares: ${fixed(floor, 3)}`, { "text-anchor": "end", fill: "var(--pg-c)" }) +
          curve(points.slice(state.iterations), { "stroke-opacity": 0.25 }) +
          curve(points.slice(0, state.iterations + 1), { "stroke-width": 3 }) +
          handle(x, y)
        );
      },
    },
    {
      title: "The weights so far",
      wide: 230,
      height: 300,
      draw(state, { w, h }, data) {
        const now = trained(state, data).weights;
        const goal = least(data, state.intercept).weights;
        const most = Math.max(...goal.map(Math.abs)) * 1.35;
        const [middle, gap] = [w / 2, (h - 34) / 9];
        const X = (v) => middle + (clamp(v / most, -1, 1) * (w - 96)) / 2;
        return (
          now
            .map((v, j) => {
              const y = 6 + j * gap;
              const name = j < 8 ? `weight ${j + 1}` : "intercept";
              const bar = rect(Math.min(X(v), middle), y, Math.abs(X(v) - middle), gap - 9, { rx: 3, ...signed(v < 0 ? -1 : 1) });
              return bar + line(X(goal[j]), y - 3, X(goal[j]), y + gap - 6, { stroke: "var(--pg-c)", "stroke-width": 2.5 }) + text(0, y + gap / 2 - 1, name, { class: "pg-small" });
            })
            .join("") +
          line(middle, 0, middle, h - 34, { stroke: "var(--pg-rule)" }) +
          text(0, h - 8, "bars: now, green marks: least squares", { class: "pg-small" })
        );
      },
    },
  ],
  words(state, data) {
    const { mse } = trained(state, data);
    const { floor } = least(data, state.intercept);
    return (
      `Mean squared error against iterations for step ${say(state.step)}, ${state.intercept ? "with" : "without"} an intercept. It begins at ` +
      `${fixed(mse[0])} and after ${plural(state.iterations, "iteration")} is ${error(mse.at(-1))}. A dashed line marks the least that this model can reach, ${fixed(floor, 3)}.`
    );
  },
});
