// Step through a MapReduce job: lines become pairs, pairs move between workers, pairs of one key become one.

import { group, range, rect, say, sum, tag, text } from "./draw.js";
import { playground } from "./kit.js";
import { crc32 } from "./hash.js";

const WORKERS = 3;
const [ROW, TOP] = [32, 36]; // height of a row, room for a worker's name
const COLORS = ["var(--pg-a)", "var(--pg-b)", "var(--pg-c)", "var(--pg-d)", "var(--pg-e)", "var(--pg-f)"];

const TEXT = ["of the people of the people", "by the people by the people", "for the people for the people"];
const DAYS = ["Mumbai 80 Chicago 40 Mumbai 84", "Chicago 50 Chicago 60 Chicago 54 Mumbai 90", "Mumbai 94 Chicago 20"];
const words = (line) => line.split(" ").map((word) => [word, 1]);
const temperatures = (line) => line.match(/\w+ \d+/g).map((pair) => [pair.split(" ")[0], +pair.split(" ")[1]]);

/** What a job does with a line, how values are merged (by reducer and combiner) and shown, and what to look at. */
const JOBS = {
  "Word count": { lines: TEXT, mapper: words, merge: sum, show: String, about: "How many boxes cross the network, with and without a combiner?" },
  "Maximum temperature": { lines: DAYS, mapper: temperatures, merge: (values) => Math.max(...values), show: (v) => `${v}°`, about: "The maximum of maximums is the maximum: the combiner is safe." },
  "Mean temperature, naive": {
    lines: DAYS, mapper: temperatures, merge: (values) => sum(values) / values.length, show: (v) => `${say(v)}°`,
    about: "The true means are 87° for Mumbai and 44.8° for Chicago. Does the combiner keep them?",
  },
  "Mean with (sum, count)": {
    lines: DAYS, mapper: (line) => temperatures(line).map(([city, degrees]) => [city, [degrees, 1]]),
    merge: (values) => [sum(values.map((v) => v[0])), sum(values.map((v) => v[1]))], show: ([total, n]) => `${total}/${n}`,
    about: "A box carries sum / count. Divide at the very end: 348/4 = 87 and 224/5 = 44.8.",
  },
};

/** The worker that reduces a key: a hash of the key, so that all agree without asking each other. */
export const workerOf = (key) => crc32(key) % WORKERS;

/** Merge the boxes of one key on one worker. */
function merged(boxes, job, next) {
  const groups = Map.groupBy(boxes, ({ worker, key }) => `${worker} ${key}`);
  return [...groups.values()].map((list) => ({ id: next(), key: list[0].key, worker: list[0].worker, value: job.merge(list.map((box) => box.value)), from: list.map((box) => box.id) }));
}

/** The steps of a job: the name of each, a sentence, its boxes, and how many have crossed the network so far. */
export function frames(name, combine) {
  const job = JOBS[name];
  let count = 0;
  const next = () => count++;
  const lines = job.lines.map((line, worker) => ({ id: next(), key: "", worker, line, from: [] }));
  const steps = [{ name: "Read", say: "Each worker holds one part of the input.", boxes: lines, crossed: 0 }];

  let boxes = lines.flatMap(({ id, worker, line }) => job.mapper(line).map(([key, value]) => ({ id: next(), key, worker, value, from: [id] })));
  steps.push({ name: "Map", say: "The mapper makes pairs (key, value) of each line. Nobody waits for others.", boxes, crossed: 0 });
  if (combine) {
    boxes = merged(boxes, job, next);
    steps.push({ name: "Combine", say: "Each worker reduces the pairs that it has. Nothing travels yet.", boxes, crossed: 0 });
  }
  boxes = boxes.map((box) => ({ ...box, worker: workerOf(box.key), from: [box.id], sent: workerOf(box.key) !== box.worker }));
  const crossed = boxes.filter((box) => box.sent).length;
  steps.push({ name: "Shuffle", say: `All pairs of a key meet on one worker. ${crossed} of ${boxes.length} boxes cross the network.`, boxes, crossed });
  steps.push({ name: "Reduce", say: `The reducer makes one value of each key. ${job.about}`, boxes: merged(boxes, job, next), crossed });
  return steps;
}

const label = (name, box) => box.line ?? `${box.key} ${JOBS[name].show(box.value)}`;
const last = (state) => frames(state.job, state.combiner).length - 1;
const keysOf = (name) => [...new Set(JOBS[name].lines.flatMap((line) => JOBS[name].mapper(line).map(([key]) => key)))].sort();

/** What a job's boxes need, in any of its steps: the width of one, and how many stand on one worker. */
const needs = Object.fromEntries(Object.keys(JOBS).map((name) => {
  const pairs = [false, true].flatMap((combine) => frames(name, combine).slice(1));
  const letters = Math.max(...pairs.flatMap(({ boxes }) => boxes.map((box) => label(name, box).length)));
  const most = Math.max(...pairs.flatMap(({ boxes }) => range(WORKERS).map((i) => boxes.filter((box) => box.worker === i).length)));
  return [name, { chip: 7.4 * letters + 20, most }];
}));

/** Where each box stands: on its worker's grid, equal keys side by side. */
function seats(boxes, w, job) {
  const column = w / WORKERS;
  const across = Math.max(1, Math.floor((column - 14) / needs[job].chip));
  const seen = range(WORKERS).map(() => 0);
  const order = [...boxes].sort((a, b) => a.worker - b.worker || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id));
  const places = new Map(order.map((box) => {
    const seat = seen[box.worker]++;
    return [box.id, [box.worker * column + 7 + (seat % across) * ((column - 14) / across), TOP + Math.floor(seat / across) * ROW]];
  }));
  return { places, across, width: (column - 14) / across - 4, column };
}

/** What a worker holds, in words; equal boxes are counted. */
function counted(labels) {
  const kinds = [...new Set(labels)].map((kind) => [kind, labels.filter((other) => other === kind).length]);
  return kinds.map(([kind, n]) => (n > 1 ? `${n} times “${kind}”` : `“${kind}”`)).join(", ") || "nothing";
}

/** A line of input in pieces that fit its column. */
function wrap(line, letters) {
  return line.split(" ").reduce((rows, word) => {
    const last = rows.at(-1);
    return last && `${last} ${word}`.length <= letters ? [...rows.slice(0, -1), `${last} ${word}`] : [...rows, word];
  }, []);
}

/** What squeezes a text into so many pixels, where it would be longer. */
const fit = (words, most) => (7.1 * words.length > most ? { textLength: most, lengthAdjust: "spacingAndGlyphs" } : {});

export default playground({
  name: "mapreduce",
  title: "Watch the pairs move",
  start: { job: "Word count", combiner: false, step: 0 },
  still: { step: 2 },
  controls: [
    { key: "step", label: "step", max: last, play: true, every: 1800 },
    { key: "job", label: "job", options: Object.keys(JOBS), long: true },
    { key: "combiner", label: "combiner", toggle: true },
  ],
  panels: [
    {
      title: (state) => {
        const all = frames(state.job, state.combiner);
        return all.map((frame, i) => (i === state.step ? `●\u00a0${frame.name}` : frame.name)).join(" → ");
      },
      wide: 320,
      height: (w, { job }) => TOP + ROW * Math.ceil(needs[job].most / seats([], w, job).across) + 6,
      draw(state, { w, h }) {
        const frame = frames(state.job, state.combiner)[state.step];
        const { places, width, column } = seats(frame.boxes, w, state.job);
        const keys = keysOf(state.job);
        const workers = range(WORKERS).map(
          (i) => rect(i * column + 2, 1, column - 6, h - 2, { rx: 10, fill: "var(--pg-well)", stroke: "var(--pg-line)" }) + text(i * column + 13, 23, `worker ${i + 1}`, { class: "pg-head" })
        );
        const boxes = frame.boxes.map((box) => {
          const color = box.line === undefined ? COLORS[keys.indexOf(box.key) % COLORS.length] : "var(--pg-soft)";
          const rows = box.line === undefined ? [label(state.job, box)] : wrap(box.line, Math.floor((column - 34) / 7.6));
          const size = box.line === undefined ? [width, ROW - 6] : [column - 22, 10 + 20 * rows.length];
          const [x, y] = places.get(box.id);
          return group({ "data-key": `${state.job}${box.id}`.replaceAll(" ", "_"), "data-from": box.from.map((id) => `${state.job}${id}`.replaceAll(" ", "_")).join(" "), transform: `translate(${x.toFixed(1)} ${y})` }, [
            rect(0, 0, ...size, { rx: 7, fill: "var(--pg-card)" }),
            rect(0, 0, ...size, { rx: 7, fill: color, "fill-opacity": 0.2, stroke: color, "stroke-width": box.sent ? 3 : 1.2 }),
            box.sent ? tag("path", { d: `M${width - 15},${(ROW - 6) / 2 - 4}l6,4l-6,4`, fill: "none", stroke: color, "stroke-width": 2.5, "stroke-linecap": "round" }) : "",
            ...rows.map((row, i) => text(8, 18 + 20 * i, row, { class: "pg-number", ...fit(row, size[0] - (box.sent ? 26 : 14)) })),
          ]);
        });
        return workers.join("") + boxes.join("");
      },
    },
  ],
  words(state) {
    const frame = frames(state.job, state.combiner)[state.step];
    const hold = range(WORKERS).map((i) => `worker ${i + 1} holds ${counted(frame.boxes.filter((box) => box.worker === i).map((box) => label(state.job, box)))}`);
    const [without, withIt] = [false, true].map((combine) => frames(state.job, combine).at(-1).crossed);
    const compare = state.step === last(state) ? ` Crossed the network: ${without} without combiner, ${withIt} with it.` : "";
    return `${frame.name}. ${frame.say}${compare} Now ${hold.join("; ")}.`;
  },
});
