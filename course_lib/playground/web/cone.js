// A network learns the cone √(x² + y²), epoch by epoch.
// `data` is { side, networks: { name: base64 of int16, hundredths, (epochs + 1, side, side) } }: the surfaces it has learned.

import { axes, circle, clamp, curve, fixed, handle, haloed, mean, once, plural, range, tag, text } from "./draw.js";
import { playground } from "./kit.js";

const EDGE = 10;

/** Network → its surfaces, one for each epoch. */
const surfaces = once(({ side, networks }) => {
  const decode = (words) => new Int16Array(Uint8Array.from(atob(words), (c) => c.charCodeAt(0)).buffer);
  const cut = (values) => range(values.length / side ** 2).map((e) => Array.from(values.subarray(e * side ** 2, (e + 1) * side ** 2), (v) => v / 100));
  return Object.fromEntries(Object.entries(networks).map(([name, words]) => [name, cut(decode(words))]));
});

const along = (side) => range(side).map((i) => -EDGE + (2 * EDGE * i) / (side - 1));
const nameOf = (state, data) => (data.networks[state.network] ? state.network : Object.keys(data.networks)[0]);
const most = (_state, data) => Math.max(...Object.values(surfaces(data)).map((list) => list.length - 1));

const allErrors = once((data) => {
  const axis = along(data.side);
  const truth = axis.flatMap((y) => axis.map((x) => Math.hypot(x, y)));
  const each = (list) => list.map((surface) => mean(surface.map((v, i) => (v - truth[i]) ** 2)));
  return Object.fromEntries(Object.entries(surfaces(data)).map(([name, list]) => [name, each(list)]));
});

/** Mean squared error over the map after each epoch. */
export const errors = (name, data) => allErrors(data)[name];

function now(state, data) {
  const name = nameOf(state, data);
  const list = surfaces(data)[name];
  const epoch = Math.min(state.epoch, list.length - 1); // a network with fewer epochs stands still at its last
  return { name, epoch, last: list.length - 1, surface: list[epoch] };
}

/** Perspective without vanishing points: turned about the upright axis, seen from above. */
function camera({ w, h }, turn) {
  const [c, s] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const unit = Math.min(w / 29, h / 26);
  return (x, y, z) => ({ at: [w / 2 + (c * x - s * y) * unit, h * 0.77 + (s * x + c * y) * 0.46 * unit - z * 0.95 * unit], depth: s * x + c * y });
}

const points = (list) => list.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
const epochs = (size, data) => {
  const all = Object.keys(data.networks).flatMap((name) => errors(name, data));
  return axes(size, { x: [0, Math.max(most(null, data), 1)], y: [Math.min(...all) / 2 + 1e-4, Math.max(...all) * 2 + 1e-3], logy: true, xlabel: "epoch" });
};

export default playground({
  name: "cone",
  title: "The cone, epoch by epoch",
  start: { network: "", epoch: 0, turn: 30 },
  controls: [
    { key: "epoch", label: "epoch", max: most, play: true, every: 600, one: "epoch" },
    { make: networks },
    { key: "turn", label: "turned by, °", min: 0, max: 360 },
  ],
  panels: [
    {
      title: (state, data) => `Learned, epoch ${now(state, data).epoch}`,
      hint: "drag to turn",
      wide: 290,
      grow: 1.25,
      height: (w) => Math.min(0.82 * w, 420),
      drag(state, x, _y, size) {
        // one turn of the hand across the picture is half a turn of the surface
        if (size.first) held = { x, turn: state.turn };
        return { turn: Math.round((((held.turn + ((held.x - x) / size.w) * 180) % 360) + 360) % 360) };
      },
      draw(state, size, data) {
        const { side } = data;
        const axis = along(side);
        const { surface } = now(state, data);
        const see = camera(size, state.turn);
        const step = side > 30 ? 2 : 1;
        const at = (i, j) => see(axis[j], axis[i], clamp(surface[i * side + j], -6, 20));
        const tiles = [];
        for (let i = 0; i + step < side; i += step)
          for (let j = 0; j + step < side; j += step) {
            const corners = [at(i, j), at(i, j + step), at(i + step, j + step), at(i + step, j)];
            const height = (surface[i * side + j] + surface[(i + step) * side + j + step]) / 2;
            tiles.push({ depth: mean(corners.map((c) => c.depth)), markup: `<polygon points="${points(corners.map((c) => c.at))}" fill-opacity="${clamp(0.16 + height / 17, 0.1, 0.95).toFixed(2)}"/>` });
          }
        tiles.sort((a, b) => a.depth - b.depth);
        const ring = (radius) => `<polyline points="${points(range(61).map((k) => see(radius * Math.cos((k * Math.PI) / 30), radius * Math.sin((k * Math.PI) / 30), radius).at))}"/>`;
        const [from, to] = [see(-EDGE, 0, 0), see(EDGE, 0, 0)];
        return (
          tag("g", { fill: "var(--pg-a)", stroke: "var(--pg-card)", "stroke-width": 0.7, "stroke-linejoin": "round" }, tiles.map((tile) => tile.markup)) +
          tag("g", { fill: "none", stroke: "var(--pg-b)", "stroke-width": 1.6, "stroke-opacity": 0.85 }, [2, 4, 6, 8, 10].map(ring)) +
          text(0, size.h - 4, "rings: the true cone", { class: "pg-small", fill: "var(--pg-b)" }) +
          curve([from.at, to.at], { stroke: "var(--pg-ink)", "stroke-width": 1.2, "stroke-dasharray": "2 4" })
        );
      },
    },
    {
      title: "Cut at y = 0",
      wide: 230,
      height: 300,
      draw(state, size, data) {
        const plot = axes(size, { x: [-EDGE, EDGE], y: [-4, 12], xlabel: "x", ylabel: "distance" });
        const { side } = data;
        const { surface } = now(state, data);
        const middle = surface.slice(side * ((side - 1) / 2), side * ((side + 1) / 2));
        return (
          plot.frame + curve([[-EDGE, EDGE], [0, 0], [EDGE, EDGE]].map(([x, y]) => [plot.X(x), plot.Y(y)]), { stroke: "var(--pg-b)", "stroke-width": 2, "stroke-dasharray": "7 5" }) +
          curve(along(side).map((x, i) => [plot.X(x), plot.Y(clamp(middle[i], -4, 12))]), { "stroke-width": 3.2 }) +
          haloed(plot.X(0), plot.bottom - 8, "dashed: the true cone", { "text-anchor": "middle", class: "pg-small" })
        );
      },
    },
    {
      title: (state, data) => `Mean squared error: ${fixed(errors(nameOf(state, data), data)[now(state, data).epoch], 3)}`,
      wide: 230,
      height: 300,
      drag: (state, x, _y, size, data) => ({ epoch: clamp(Math.round(epochs(size, data).inX(x)), 0, most(state, data)) }),
      draw(state, size, data) {
        const plot = epochs(size, data);
        const { name, epoch } = now(state, data);
        const lines = Object.keys(data.networks).map((other) => {
          const list = errors(other, data).map((v, i) => [plot.X(i), plot.Y(v)]);
          return curve(list, { stroke: other === name ? "var(--pg-a)" : "var(--pg-rule)", "stroke-width": other === name ? 3 : 2 }) + (other === name ? handle(...list[epoch]) : circle(...list[Math.min(epoch, list.length - 1)], 4, { fill: "var(--pg-rule)" }));
        });
        return plot.frame + lines.join("");
      },
    },
  ],
  words(state, data) {
    const { name, epoch, last, surface } = now(state, data);
    const { side } = data;
    const tip = surface[(side * side - 1) / 2];
    const edge = surface[(side * side - 1) / 2 + (side - 1) / 2];
    return (
      `${name} after epoch ${epoch} of ${last}: mean squared error ${fixed(errors(name, data)[epoch], 3)}. ` +
      `At the tip, where the distance is 0, it says ${fixed(tip)}; at x = 10, y = 0 it says ${fixed(edge)}. Seen turned by ${plural(state.turn, "degree")}.`
    );
  },
});

let held = null; // where a hand took the surface, and how it stood then

/** Which network: their names come with the data. */
function networks(_control, api, make) {
  const names = Object.keys(api.data.networks);
  const list = make("select", { onchange: () => api.set({ network: list.value }) }, ...names.map((name) => new Option(name)));
  return { node: make("label", { class: "pg-select" }, make("span", {}, "network"), list), update: (state, data) => (list.value = nameOf(state, data)) };
}
