// Who waits for whom? Batches are prepared on the CPU and trained on an accelerator.

import { axes, clamp, fixed, group, line, once, plural, range, rect, say, text } from "./draw.js";
import { playground } from "./kit.js";

const [BATCHES, EPOCHS] = [6, 2];

/** All pieces of work in the order of batches: lane 0 trains, lanes 1, 2, … are workers. Times in milliseconds. */
export function bars({ prepare, train, prefetch, workers, cache }) {
  const work = [];
  const free = range(workers).map(() => 0); // when each worker is free again
  const begun = []; // when the training on each batch began
  let trained = 0;
  for (let batch = 0; batch < BATCHES * EPOCHS; batch++) {
    let ready = 0;
    if (!(cache && batch >= BATCHES)) {
      // A place in the buffer is free once the batch `prefetch` places earlier has left it.
      const room = prefetch === 0 ? trained : (begun[batch - prefetch] ?? 0);
      const can = free.map((time) => Math.max(time, room));
      const worker = can.indexOf(Math.min(...can));
      ready = free[worker] = can[worker] + prepare;
      work.push({ lane: 1 + worker, batch, start: can[worker], end: ready });
    }
    begun[batch] = Math.max(ready, trained);
    trained = begun[batch] + train;
    work.push({ lane: 0, batch, start: begun[batch], end: trained });
  }
  return work;
}

const worked = once(bars);
export const total = (state) => Math.max(...worked(state).map((bar) => bar.end));
export const waiting = (state) => 1 - (BATCHES * EPOCHS * state.train) / total(state);
const title = (state) => `${Math.round(total(state))} ms in all; training waits ${fixed(100 * waiting(state), 0)} % of the time`;
const scales = (size, state) => axes(size, { x: [0, Math.max(620, total(state))], y: [0, 1], yticks: [], xlabel: "milliseconds", left: size.w < 420 ? 8 : 78, top: 4 });

export default playground({
  name: "pipeline",
  title: "Who waits for whom?",
  start: { prepare: 30, train: 20, prefetch: 0, workers: 1, cache: false, now: 2000 },
  controls: [
    { key: "now", label: "clock, ms", min: 0, max: total, play: true, by: 5, every: 30, one: "moment" },
    { key: "prepare", label: "prepare, ms", min: 5, max: 60, step: 5 },
    { key: "train", label: "train, ms", min: 5, max: 60, step: 5 },
    { key: "prefetch", label: "prefetch", min: 0, max: 4 },
    { key: "workers", label: "workers", options: [1, 2, 3, 4] },
    { key: "cache", label: "cache", toggle: true },
  ],
  // whoever changes a time wants to see the whole: the clock stands at the end unless it was moved
  tidy: (state) => { if (state.now >= 2000) state.now = 2000; },
  panels: [
    {
      title,
      wide: 300,
      height: (w, state) => 50 + 60 * (state.workers + 1),
      drag: (state, x, _y, size) => ({ now: clamp(Math.round(scales(size, state).inX(x)), 0, total(state)) }),
      draw(state, size) {
        const plot = scales(size, state);
        const narrow = size.w < 420;
        const lanes = ["train", ...range(state.workers).map((i) => `worker ${i + 1}`)];
        const top = (lane) => plot.top + lane * 60 + (narrow ? 18 : 8);
        const names = lanes.map((name, lane) => (narrow ? text(plot.left, top(lane) - 5, name, { class: "pg-small" }) : text(plot.left - 10, top(lane) + 25, name, { "text-anchor": "end" })));
        const beds = lanes.map((_, lane) => rect(plot.left, top(lane), plot.right - plot.left, 40, { rx: 6, fill: "var(--pg-well)" }));
        const pieces = worked(state).map(({ lane, batch, start, end }) => {
          const second = batch >= BATCHES;
          const shown = clamp((state.now - start) / (end - start), 0, 1);
          const [x, width] = [plot.X(start) + 0.75, plot.X(end) - plot.X(start) - 1.5];
          const color = lane ? "var(--pg-rule)" : "var(--pg-a)";
          const look = { rx: 4, fill: color, "fill-opacity": second ? 0.5 : 1 };
          const ink = lane === 0 && !second && shown > 0.5 ? "var(--pg-on)" : "var(--pg-ink)";
          return (
            rect(x, top(lane), width, 40, { rx: 4, fill: color, "fill-opacity": 0.14 }) +
            rect(x, top(lane), width * shown, 40, look) +
            (width > 8 ? text(x + width / 2, top(lane) + 24.5, (batch % BATCHES) + 1, { "text-anchor": "middle", fill: ink, class: "pg-number" }) : "")
          );
        });
        const x = plot.X(Math.min(state.now, total(state)));
        const hand = line(x, plot.top, x, plot.bottom, { stroke: "var(--pg-b)", "stroke-width": 2.5, "stroke-linecap": "round" });
        return beds.join("") + plot.frame + group({}, pieces) + names.join("") + hand;
      },
    },
  ],
  words: (state) =>
    `Timeline of ${EPOCHS} epochs of ${BATCHES} batches, the second paler: ${say(state.prepare)} ms to prepare one, ${say(state.train)} ms to train on it, prefetch ${state.prefetch}, ` +
    `${plural(state.workers, "worker")}, ${state.cache ? "a cache" : "no cache"}. All takes ${Math.round(total(state))} ms; the trainer waits ${fixed(100 * waiting(state), 0)} % of it.`,
});
