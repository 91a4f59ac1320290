// K-means, half a step at a time: give the points to the nearest centre, move each centre to the mean of its points.
// `data` is { points, starts: { name: [indices for k = 1, 2, …] } }.

import { axes, clamp, circle, curve, fixed, group, mean, once, plural, range, sum, tag, text } from "./draw.js";
import { playground } from "./kit.js";

const MOST = 24; // half-steps
const OWN = "your own";
const LIMITS = [-1.5, 11.5];
const COLORS = ["var(--pg-a)", "var(--pg-b)", "var(--pg-c)", "var(--pg-d)", "var(--pg-e)", "var(--pg-f)"];
const SHAPES = ["M-1,0A1,1 0 1 1 1,0A1,1 0 1 1 -1,0Z", "M-.9,-.9H.9V.9H-.9Z", "M0,-1.15L1.05,.8H-1.05Z", "M0,-1.25L1,0L0,1.25L-1,0Z", "M0,1.15L1.05,-.8H-1.05Z", "M-.4,-1.1H.4V-.4H1.1V.4H.4V1.1H-.4V.4H-1.1V-.4H-.4Z"];

const square = ([a, b], [c, d]) => (a - c) ** 2 + (b - d) ** 2;
const nearest = (point, centres) => centres.reduce((best, c, i) => (square(point, c) < square(point, centres[best]) ? i : best), 0);

/** Centres, the centre that each point belongs to (null before the first half-step), and the way of the centres. */
export function walk({ k, start, step, own }, { points, starts }) {
  let centres = start === OWN && own?.length === k ? own : (starts[start] ?? Object.values(starts)[0])[k - 1].map((i) => points[i]);
  let labels = null;
  let resting = false;
  const way = [centres];
  for (let half = 1; half <= step; half++) {
    if (half % 2) labels = points.map((p) => nearest(p, centres));
    else {
      const moved = centres.map((c, i) => {
        const mine = points.filter((_, p) => labels[p] === i);
        return mine.length ? [mean(mine.map((p) => p[0])), mean(mine.map((p) => p[1]))] : c; // without points it stays
      });
      resting = moved.every((c, i) => square(c, centres[i]) === 0);
      way.push((centres = moved));
    }
  }
  return { centres, labels, resting, way };
}

const walked = once(walk);

/** Squared distances of all points to their nearest centre, added up. */
export const squares = (state, data) => {
  const { centres } = walked(state, data);
  return sum(data.points.map((p) => square(p, centres[nearest(p, centres)])));
};

/** The part of the plane that is nearest to a centre: the square, cut along the middle between it and each other. */
function region(centre, others) {
  let corners = [[LIMITS[0], LIMITS[0]], [LIMITS[1], LIMITS[0]], [LIMITS[1], LIMITS[1]], [LIMITS[0], LIMITS[1]]];
  for (const other of others) {
    const side = (p) => square(p, other) - square(p, centre); // positive where this centre is nearer
    corners = corners.flatMap((p, i) => {
      const q = corners[(i + 1) % corners.length];
      const [a, b] = [side(p), side(q)];
      const cut = a * b < 0 ? [[p[0] + ((q[0] - p[0]) * a) / (a - b), p[1] + ((q[1] - p[1]) * a) / (a - b)]] : [];
      return a >= 0 ? [p, ...cut] : cut;
    });
  }
  return corners;
}

const shape = (i, x, y, r, look, key = null) => group({ transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, "data-key": key }, tag("path", { d: SHAPES[i], transform: `scale(${r})`, fill: COLORS[i], ...look }));
const scales = (size) => axes(size, { x: LIMITS, y: LIMITS, xlabel: "first feature", ylabel: "second feature", square: true });
const did = (state, data) => (walked(state, data).resting ? "at rest" : state.step === 0 ? "start" : state.step % 2 ? "points given" : "centres moved");
const names = ["one in each clump", "crowded in one clump", "random 1", "random 2", "random 3", OWN];

let held = null; // the centre that a hand has taken

export default playground({
  name: "kmeans",
  title: "Walk with the centres",
  start: { k: 4, start: names[0], step: 0, own: [] },
  still: { step: 6 },
  controls: [
    { key: "step", label: "half-step", max: MOST, play: true, every: 800, one: "half-step" },
    { key: "k", label: "k", options: [1, 2, 3, 4, 5, 6], long: false },
    { key: "start", label: "start", options: names },
  ],
  tidy(state) {
    const whole = Array.isArray(state.own) && state.own.every((c) => Array.isArray(c) && c.length === 2 && c.every(Number.isFinite));
    if (!whole) state.own = [];
    if (state.start === OWN && state.own.length !== state.k) state.start = names[0];
  },
  panels: [
    {
      title: (state, data) => `Half-step ${state.step}: ${did(state, data)}`,
      hint: "drag a centre",
      wide: 300,
      grow: 1.4,
      height: (w) => Math.min(w, 480),
      touch: "none",
      drag(state, x, y, size, data) {
        const plot = scales(size);
        const at = [clamp(+plot.inX(x).toFixed(2), ...LIMITS), clamp(+plot.inY(y).toFixed(2), ...LIMITS)];
        const { centres } = walked(state, data);
        if (size.first) {
          held = nearest(at, centres);
          if (square(at, centres[held]) > 1.2) return null;
        }
        return { own: centres.map((c, i) => (i === held ? at : c.map((v) => +v.toFixed(4)))), start: OWN, step: 0 };
      },
      draw(state, size, data) {
        const plot = scales(size);
        const { X, Y } = plot;
        const { centres, labels, way } = walked(state, data);
        const place = ([a, b]) => [X(a), Y(b)];
        const regions = labels ? centres.map((c, i) => {
          const corners = region(c, centres.filter((_, j) => j !== i)).map(place);
          return tag("polygon", { points: corners.map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join(" "), fill: COLORS[i], "fill-opacity": 0.1, stroke: "var(--pg-card)", "stroke-width": 2 });
        }) : [];
        const points = data.points.map((p, n) => (labels ? shape(labels[n], ...place(p), 4.2, { "fill-opacity": 0.8 }) : circle(...place(p), 4, { fill: "var(--pg-soft)", "fill-opacity": 0.6 })));
        const trails = centres.map((_, i) => curve(way.map((c) => place(c[i])), { stroke: COLORS[i], "stroke-width": 2, "stroke-dasharray": "3 4" }));
        const marks = centres.map((c, i) => shape(i, ...place(c), 11, { stroke: "var(--pg-ink)", "stroke-width": 0.22 }, `centre${i}`));
        return plot.frame + regions.join("") + points.join("") + trails.join("") + marks.join("");
      },
    },
    {
      title: (state, data) => `Sum of squares: ${fixed(squares(state, data), 0)}`,
      wide: 220,
      height: 260,
      drag: (state, x, _y, size) => ({ step: clamp(Math.round(axes(size, { x: [0, MOST], y: [0, 1] }).inX(x)), 0, MOST) }),
      draw(state, size, data) {
        const costs = range(MOST + 1).map((step) => squares({ ...state, step }, data));
        const plot = axes(size, { x: [0, MOST], y: [0, costs[0] * 1.08], xlabel: "half-step" });
        const points = costs.map((v, i) => [plot.X(i), plot.Y(v)]);
        return (
          plot.frame + curve(points.slice(state.step), { "stroke-opacity": 0.25 }) + curve(points.slice(0, state.step + 1), { "stroke-width": 3 }) +
          circle(...points[state.step], 7, { fill: "var(--pg-b)", stroke: "var(--pg-card)", "stroke-width": 2 }) +
          text(plot.right, plot.top + 6, "it never grows", { "text-anchor": "end", class: "pg-small" })
        );
      },
    },
  ],
  words(state, data) {
    const { centres, labels, resting } = walked(state, data);
    const where = centres.map(([x, y]) => `(${fixed(x, 1)}, ${fixed(y, 1)})`).join(", ");
    const counts = labels ? centres.map((_, i) => labels.filter((l) => l === i).length).join(", ") : "not given yet";
    return (
      `A hundred points in four clumps and ${plural(state.k, "centre")} after ${plural(state.step, "half-step")} from the start “${state.start}”. Centres at ${where}; ` +
      `points for each: ${counts}; sum of squares ${fixed(squares(state, data), 0)}${resting ? "; nothing moves any more" : ""}.`
    );
  },
});
