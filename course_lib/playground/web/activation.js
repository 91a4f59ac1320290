// An activation function, its tangent at one point, and its derivative.

import { axes, clamp, curve, handle, haloed, inside, line, linspace, note, say } from "./draw.js";
import { playground } from "./kit.js";
import { ACTIVATIONS } from "./activations.js";

const REACH = [-6, 6];
const XS = linspace(...REACH, 241);

/** Value and slope at a point. */
export function point({ activation, x }) {
  const { f, slope } = ACTIVATIONS[activation];
  return { value: f(x), slope: slope(x) };
}

const value = (size) => axes(size, { x: REACH, y: [-2.2, 4.2], xlabel: "weighted sum x", ylabel: "activation" });
const slope = (size) => axes(size, { x: REACH, y: [-0.1, 1.6], xlabel: "weighted sum x", ylabel: "derivative" });

function drawn(plot, name, f, color) {
  const zero = line(plot.left, plot.Y(0), plot.right, plot.Y(0), { stroke: "var(--pg-rule)" });
  return plot.frame + zero + inside(plot, name, curve(XS.map((t) => [plot.X(t), plot.Y(Math.min(f(t), 50))]), { stroke: color, "stroke-width": 3.2 }));
}

const drag = (scale) => (state, x, _y, size) => ({ x: clamp(Math.round(10 * scale(size).inX(x)) / 10, ...REACH) });

export default playground({
  name: "activation",
  title: "Activations and their slopes",
  start: { activation: "sigmoid", x: 1 },
  controls: [
    { key: "activation", label: "activation", options: Object.keys(ACTIVATIONS) },
    { key: "x", label: "x", min: -6, max: 6, step: 0.1 },
  ],
  panels: [
    {
      title: ({ activation, x }) => `${activation}: value ${say(point({ activation, x }).value)} at x = ${say(x)}`,
      height: 280,
      drag: drag(value),
      draw(state, size) {
        const plot = value(size);
        const { value: y, slope: m } = point(state);
        const tangent = REACH.map((t) => [plot.X(t), plot.Y(y + m * (t - state.x))]);
        return (
          drawn(plot, "value-clip", ACTIVATIONS[state.activation].f, "var(--pg-a)") +
          inside(plot, "tangent-clip", curve(tangent, { stroke: "var(--pg-b)", "stroke-width": 2, "stroke-dasharray": "7 5" })) +
          haloed(plot.right - 4, plot.bottom - 8, "dashed: the tangent", { "text-anchor": "end", class: "pg-small" }) +
          handle(plot.X(state.x), plot.Y(clamp(y, -2.2, 4.2)))
        );
      },
    },
    {
      title: (state) => `Its slope there: ${say(point(state).slope)}`,
      height: 280,
      drag: drag(slope),
      draw(state, size) {
        const plot = slope(size);
        const y = clamp(point(state).slope, -0.1, 1.6);
        const stem = line(plot.X(state.x), plot.Y(0), plot.X(state.x), plot.Y(y), { stroke: "var(--pg-b)", "stroke-width": 2 });
        return drawn(plot, "slope-clip", ACTIVATIONS[state.activation].slope, "var(--pg-c)") + stem + handle(plot.X(state.x), plot.Y(y)) + note(plot, plot.X(state.x), plot.Y(y), say(point(state).slope), "var(--pg-b)");
      },
    },
  ],
  words(state) {
    const { value: y, slope: m } = point(state);
    return `${state.activation} and its derivative. At x = ${say(state.x)} the value is ${say(y)} and the slope ${say(m)}. Range: ${ACTIVATIONS[state.activation].range}.`;
  },
});
