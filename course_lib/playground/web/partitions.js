// Where a shuffle puts the rows: keys, partitions, a hot key, and salt that spreads it.

import { axes, haloed, line, once, plural, range, rect, stripes, sum, text, thousands } from "./draw.js";
import { playground } from "./kit.js";
import { crc32 } from "./hash.js";

const ROWS = 10_000;

/** Rows cut into parts that differ by one at most. */
const cut = (rows, n) => range(n).map((i) => Math.floor((rows * (i + 1)) / n) - Math.floor((rows * i) / n));

/** The partition of a key and its salt: a hash, as Spark does it, with another hash function. */
const partitionOf = (key, salt, partitions) => crc32(`key ${key} salt ${salt}`) % partitions;

/** Pieces (key, rows) of each partition; key 0 is the hot one. */
export function shuffle({ keys, hot, partitions, salts }) {
  const hottest = keys > 1 ? Math.round(ROWS * hot) : ROWS;
  const pieces = range(partitions).map(() => []);
  [hottest, ...cut(ROWS - hottest, keys - 1)].forEach((rows, key) =>
    cut(rows, salts).forEach((part, salt) => part && pieces[partitionOf(key, salt, partitions)].push({ key, rows: part }))
  );
  return pieces;
}

const spread = once(shuffle);
export const sizes = (state) => spread(state).map((pieces) => sum(pieces.map((piece) => piece.rows)));
const skew = (state) => Math.max(...sizes(state)) / (ROWS / state.partitions);
const title = (state) => `The fullest partition holds ${skew(state).toFixed(1)} × the mean`;

export default playground({
  name: "partitions",
  title: "Keys, partitions, salt",
  start: { keys: 40, hot: 0.6, partitions: 8, salts: 1 },
  controls: [
    { key: "keys", label: "keys", min: 1, max: 100 },
    { key: "hot", label: "share of the hot key", min: 0, max: 1, step: 0.05 },
    { key: "partitions", label: "partitions", min: 1, max: 16 },
    { key: "salts", label: "salts", min: 1, max: 32 },
  ],
  panels: [
    {
      title,
      wide: 300,
      height: 340,
      draw(state, size) {
        const all = sizes(state);
        const most = 1.06 * Math.max(...all);
        const plot = axes(size, { x: [0, state.partitions], y: [0, most], ylabel: "rows", xlabel: "partition", xticks: [], left: 58, format: thousands });
        const width = (plot.right - plot.left) / state.partitions;
        const gap = Math.min(8, width * 0.18);
        const bars = spread(state).map((pieces, p) => {
          let y = plot.bottom;
          const [others, hot] = [pieces.filter((piece) => piece.key), pieces.filter((piece) => !piece.key)];
          const joined = (list, key) => (list.length ? [{ key, rows: sum(list.map((piece) => piece.rows)) }] : []);
          const fine = others.length > 24; // too fine to be seen one by one
          const parts = [...(fine ? joined(others, 1) : others), ...joined(hot, 0)]; // the hot key on top
          const drawn = parts.map(({ key, rows }) => {
            const high = plot.Y(0) - plot.Y(rows);
            y -= high;
            const seam = Math.min(1, high / 3);
            return rect(plot.X(p) + gap / 2, y + seam, width - gap, high - seam, { rx: Math.min(3, high / 2), fill: key ? "var(--pg-a)" : "url(#hot)", "fill-opacity": key ? 0.55 + 0.45 * ((key * 0.618) % 1) : 1 });
          });
          return drawn.join("") + text(plot.X(p + 0.5), plot.bottom + 17, p, { "text-anchor": "middle", class: "pg-small" });
        });
        const middle = plot.Y(ROWS / state.partitions);
        return (
          stripes("hot", "var(--pg-b)") + plot.frame + bars.join("") +
          line(plot.left, middle, plot.right, middle, { "stroke-width": 2, "stroke-dasharray": "7 5" }) +
          haloed(plot.right, middle - 7, "mean", { "text-anchor": "end" }) +
          rect(plot.left + 8, 2, 12, 12, { rx: 3, fill: "url(#hot)" }) + text(plot.left + 26, 12, "the hot key", { class: "pg-small" }) +
          rect(plot.left + 112, 2, 12, 12, { rx: 3, fill: "var(--pg-a)" }) + text(plot.left + 130, 12, "other keys", { class: "pg-small" })
        );
      },
    },
  ],
  words(state) {
    const hot = state.keys > 1 ? Math.round(ROWS * state.hot) : ROWS;
    return (
      `Rows in each of ${plural(state.partitions, "partition")}: ${sizes(state).map(thousands).join(", ")}. ${plural(state.keys, "key")}, the hot one, striped, with ` +
      `${thousands(hot)} of ${thousands(ROWS)} rows, salts: ${state.salts}. ${title(state)}.`
    );
  },
});
