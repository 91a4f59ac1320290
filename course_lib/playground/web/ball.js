// A ball rolls down a loss surface of two weights: surface, optimizer, learning rate, steps.

import { axes, circle, clamp, curve, fixed, group, handle, inside, linspace, once, plural, rect, say, tag } from "./draw.js";
import { contours } from "./fields.js";
import { playground } from "./kit.js";

const MOST = 100; // steps
const EDGE = 3; // the map goes from −EDGE to EDGE
const OPTIMIZERS = ["SGD", "momentum", "RMSprop", "Adam"];
const LIMITS = [1e-6, 1e4]; // of the loss axis
const hasShare = ({ optimizer }) => ["momentum", "Adam"].includes(optimizer);

const valley = (steep) => ({ loss: (a, b) => a ** 2 / 2 + (steep * b ** 2) / 2, gradient: (a, b) => [a, steep * b], start: [-2.5, 1.5] });
const SURFACES = {
  bowl: valley(1),
  valley: valley(20),
  gorge: valley(100),
  "two hollows": { loss: (a, b) => (a ** 2 - 2) ** 2 / 4 + a / 2 + b ** 2 / 2 + 1.4, gradient: (a, b) => [a ** 3 - 2 * a + 0.5, b], start: [2.4, 1.5] },
};

/** Loss and gradient of a surface that is turned by some degrees about the middle of the map. */
function turned({ surface, turn }) {
  const { loss, gradient, start } = SURFACES[surface];
  const [c, s] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const inward = ([a, b]) => [c * a + s * b, c * b - s * a];
  const outward = ([a, b]) => [c * a - s * b, s * a + c * b];
  return { loss: (w) => loss(...inward(w)), gradient: (w) => outward(gradient(...inward(w))), start: outward(start) };
}

/** Where the ball is at the start and after each step, and the loss there; it stops once it is far away. */
export function roll({ surface, optimizer, rate, steps, beta, turn, from }) {
  const { loss, gradient, start } = turned({ surface, turn });
  let w = from?.length === 2 ? from : start;
  let [m, v] = [[0, 0], [0, 0]];
  const path = [w];
  for (let t = 1; t <= steps; t++) {
    if (w[0] ** 2 + w[1] ** 2 < 1e12) {
      const g = gradient(w);
      const each = (f) => [0, 1].map(f);
      if (optimizer === "SGD") w = each((i) => w[i] - rate * g[i]);
      else if (optimizer === "momentum") {
        m = each((i) => beta * m[i] - rate * g[i]);
        w = each((i) => w[i] + m[i]);
      } else if (optimizer === "RMSprop") {
        v = each((i) => 0.9 * v[i] + 0.1 * g[i] ** 2);
        w = each((i) => w[i] - (rate * g[i]) / Math.sqrt(v[i] + 1e-7));
      } else {
        m = each((i) => beta * m[i] + (1 - beta) * g[i]);
        v = each((i) => 0.999 * v[i] + 0.001 * g[i] ** 2);
        w = each((i) => w[i] - (rate * (m[i] / (1 - beta ** t))) / (Math.sqrt(v[i] / (1 - 0.999 ** t)) + 1e-7));
      }
    }
    path.push(w);
  }
  return { path, losses: path.map(loss) };
}

const AXIS = linspace(-EDGE, EDGE, 49);
let drawn = { key: "" }; // contours are drawn anew only when the surface or the size has changed
function ground(state, plot, size) {
  const key = [state.surface, state.turn, size.w, size.h].join();
  if (drawn.key !== key) {
    const { loss } = turned(state);
    const [low, high] = [0.12, Math.log1p(loss([EDGE, EDGE]))];
    const levels = linspace(low, Math.max(high, 1.5), 15);
    const heights = AXIS.map((b) => AXIS.map((a) => Math.log1p(loss([a, b]))));
    const lines = contours(AXIS, heights, levels, plot).map((d, i) => tag("path", { d, fill: "none", stroke: "var(--pg-plus)", "stroke-opacity": 0.25 + 0.045 * i, "stroke-width": 1.3 }));
    drawn = { key, markup: lines.join("") };
  }
  return drawn.markup;
}

const rolled = once(roll);
const map = (size) => axes(size, { x: [-EDGE, EDGE], y: [-EDGE, EDGE], xlabel: "weight a", ylabel: "weight b", square: true });
const losses = (size) => axes(size, { x: [0, MOST], y: LIMITS, logy: true, xlabel: "step", left: 52 });

export default playground({
  name: "ball",
  title: "Roll the ball",
  start: { surface: "valley", optimizer: "SGD", rate: 0.05, steps: 30, beta: 0.9, turn: 0, from: [] },
  controls: [
    { key: "steps", label: "steps", max: MOST, play: true, every: 90 },
    { key: "surface", label: "surface", options: Object.keys(SURFACES), long: true },
    { key: "optimizer", label: "optimizer", options: OPTIMIZERS },
    { key: "rate", label: "rate", min: 1e-3, max: 3.16, log: true },
    { key: "beta", label: "share β that is kept", min: 0, max: 0.99, step: 0.01, when: hasShare },
    { key: "turn", label: "turned by, °", min: 0, max: 90 },
  ],
  tidy(state) {
    if (!Array.isArray(state.from) || state.from.length !== 2 || !state.from.every(Number.isFinite)) state.from = [];
  },
  panels: [
    {
      title: (state) => `${state.optimizer}, rate ${say(state.rate)}${hasShare(state) ? `, β ${say(state.beta)}` : ""}`,
      hint: "drag the start",
      wide: 290,
      grow: 1.2,
      height: (w) => Math.min(w, 460),
      touch: "none",
      drag(state, x, y, size) {
        const plot = map(size);
        return { from: [clamp(+plot.inX(x).toFixed(2), -EDGE, EDGE), clamp(+plot.inY(y).toFixed(2), -EDGE, EDGE)] };
      },
      draw(state, size) {
        const plot = map(size);
        const { path } = rolled(state);
        const far = 4 * EDGE; // beyond, a line only has to leave the picture
        const points = path.map(([a, b]) => [plot.X(clamp(a, -far, far)), plot.Y(clamp(b, -far, far))]);
        const clip = tag("clipPath", { id: "ball-clip" }, rect(plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top, { rx: 6 }));
        const bed = rect(plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top, { rx: 6, fill: "var(--pg-well)" });
        const dots = points.slice(0, -1).map(([x, y]) => circle(x, y, 2.6, { fill: "var(--pg-b)" }));
        const [x, y] = [plot.X(clamp(path.at(-1)[0], -EDGE, EDGE)), plot.Y(clamp(path.at(-1)[1], -EDGE, EDGE))];
        const ball = circle(x, y, 10, { fill: "var(--pg-a)", stroke: "var(--pg-card)", "stroke-width": 2.5 });
        return (
          bed + clip + plot.frame + group({ "clip-path": "url(#ball-clip)" }, [ground(state, plot, size), curve(points, { stroke: "var(--pg-b)", "stroke-width": 2 }), ...dots]) +
          handle(...points[0], "var(--pg-b)", 5) + ball
        );
      },
    },
    {
      title: (state) => `Loss: ${say(rolled(state).losses.at(-1))}`,
      wide: 240,
      height: 300,
      drag: (state, x, _y, size) => ({ steps: clamp(Math.round(losses(size).inX(x)), 0, MOST) }),
      draw(state, size) {
        const plot = losses(size);
        const points = roll({ ...state, steps: MOST }).losses.map((v, i) => [plot.X(i), plot.Y(v)]);
        const [x, y] = points[state.steps];
        const line = curve(points.slice(state.steps), { "stroke-opacity": 0.25 }) + curve(points.slice(0, state.steps + 1), { "stroke-width": 3 });
        return (
          plot.frame + inside(plot, "ball-losses", line) +
          circle(x, clamp(y, plot.top, plot.bottom), 7, { fill: "var(--pg-a)", stroke: "var(--pg-card)", "stroke-width": 2 })
        );
      },
    },
  ],
  words(state) {
    const { path, losses } = rolled(state);
    const [a, b] = path.at(-1);
    const where = Math.max(Math.abs(a), Math.abs(b)) > EDGE ? "has left the map" : `is at (${fixed(a)}, ${fixed(b)})`;
    return (
      `A ball on a map of the surface “${state.surface}”${state.turn ? `, turned by ${plural(state.turn, "degree")}` : ""}, moved by ${state.optimizer} at a rate of ${say(state.rate)}${hasShare(state) ? ` with a share β of ${say(state.beta)}` : ""}. ` +
      `After ${plural(state.steps, "step")} it ${where}, and the loss went from ${fixed(losses[0])} to ${say(losses.at(-1))}.`
    );
  },
});
