// Draw pixels, change a 3 × 3 kernel, watch the convolution; stride, padding and pooling as controls.

import { clamp, fixed, group, once, range, rect, say, signed, sum, text } from "./draw.js";
import { playground } from "./kit.js";

const SIDE = 10;
const DRAWINGS = {
  bar: "0000000000" + "0000110000".repeat(8) + "0000000000",
  square: "0000000000" + "0111111110" + "0100000010".repeat(6) + "0111111110" + "0000000000",
  slope: range(100).map((i) => (i % SIDE === Math.floor(i / SIDE) || i % SIDE === Math.floor(i / SIDE) + 1 ? "1" : "0")).join(""),
  seven: ["0000000000", "0111111110", "0000000110", "0000001100", "0000011000", ...Array(4).fill("0000110000"), "0000000000"].join(""),
  empty: "0".repeat(100),
};
const KERNELS = {
  "left-right edge": [-1, 0, 1, -2, 0, 2, -1, 0, 1],
  "up-down edge": [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  blur: Array(9).fill(0.11),
  sharpen: [0, -1, 0, -1, 5, -1, 0, -1, 0],
  copy: [0, 0, 0, 0, 1, 0, 0, 0, 0],
};

/** One image (rows of numbers) through one kernel, as Conv2D and then MaxPooling2D of Keras compute it. */
export function convolve(image, kernel, { stride, padding, pool }) {
  const k = kernel.length;
  const [n, m] = [image.length, image[0].length];
  const missing = (size) => (padding === "valid" ? 0 : Math.max((Math.ceil(size / stride) - 1) * stride + k - size, 0));
  const [before, left] = [missing(n) >> 1, missing(m) >> 1]; // an odd one goes to the end
  const places = (size) => range(Math.floor((size + missing(size) - k) / stride) + 1);
  const pixel = (i, j) => image[i - before]?.[j - left] ?? 0;
  const window = (i, j) => range(k).flatMap((a) => range(k).map((b) => pixel(i * stride + a, j * stride + b) * kernel[a][b]));
  const convolved = places(n).map((i) => places(m).map((j) => sum(window(i, j))));
  const block = (i, j) => Math.max(...range(pool * pool).map((p) => convolved[i * pool + Math.floor(p / pool)][j * pool + (p % pool)]));
  const pooled = range(Math.floor(convolved.length / pool)).map((i) => range(Math.floor(convolved[0].length / pool)).map((j) => block(i, j)));
  return { convolved, output: pooled, before, left };
}

const rows = (values, side) => range(side).map((i) => Array.from(values.slice(i * side, (i + 1) * side), Number));
const result = once((state) => convolve(rows(state.pixels, SIDE), rows(state.kernel, 3), state));
const flip = (pixels, i, on = pixels[i] === "0") => pixels.slice(0, i) + (on ? "1" : "0") + pixels.slice(i + 1);

/** Where the window stands for an output: its convolved places, more than one where there is pooling. */
function looked(state, { output }) {
  const columns = output[0]?.length ?? 0;
  const [row, column] = columns ? [Math.floor(state.at / columns), state.at % columns] : [0, 0];
  return { row, column };
}

/** The window whose sum is shown: its pixels and weights; of those that are pooled, the one with the largest sum. */
function underKernel(state, { convolved, output, before, left }) {
  const { row, column } = looked(state, { output });
  const block = range(state.pool ** 2).map((p) => [row * state.pool + Math.floor(p / state.pool), column * state.pool + (p % state.pool)]);
  const [i, j] = block.reduce((best, place) => (convolved[place[0]][place[1]] > convolved[best[0]][best[1]] ? place : best));
  const pixel = (a, b) => {
    const [r, c] = [i * state.stride + a - before, j * state.stride + b - left];
    return r >= 0 && c >= 0 && r < SIDE && c < SIDE ? +state.pixels[r * SIDE + c] : 0;
  };
  return { window: range(9).map((p) => ({ pixel: pixel(Math.floor(p / 3), p % 3), weight: state.kernel[p] })), value: convolved[i][j] };
}

/** The board's squares in a panel; a border of padding, where there is one, lies round the drawing. */
function board({ w, h }, { padding }) {
  const border = padding === "same" ? 1 : 0;
  const cell = (Math.min(w, h) - 4) / (SIDE + 2 * border);
  return { cell, border, x: (j) => 2 + (j + border) * cell, y: (i) => 2 + (i + border) * cell };
}

let painting = "1"; // what a stroke of the hand leaves, as its first pixel became

export default playground({
  name: "convolution",
  title: "Draw and slide",
  start: { drawing: "seven", kernelName: "left-right edge", pixels: "", kernel: [], stride: 1, padding: "valid", pool: 1, at: 0, cursor: 44 },
  still: { at: 26 },
  controls: [
    { key: "at", label: "window", max: (state) => Math.max(result(state).output.flat().length - 1, 0), play: true, every: 120, one: "place" },
    picker("drawing", "drawing", DRAWINGS, "pixels"),
    picker("kernelName", "kernel", KERNELS, "kernel"),
    { make: weights },
    { key: "stride", label: "stride", options: [1, 2, 3] },
    { key: "padding", label: "padding", options: ["valid", "same"] },
    { key: "pool", label: "pooling", options: [1, 2, 3] },
  ],
  tidy(state) {
    if (!/^[01]{100}$/.test(state.pixels)) state.pixels = DRAWINGS[state.drawing] ?? DRAWINGS.seven;
    if (!Array.isArray(state.kernel) || state.kernel.length !== 9 || !state.kernel.every(Number.isFinite)) state.kernel = KERNELS[state.kernelName] ?? KERNELS.copy;
    state.cursor = clamp(Math.round(+state.cursor) || 0, 0, 99);
  },
  panels: [
    {
      title: `Drawing, ${SIDE} × ${SIDE}`,
      hint: "draw here",
      help: "Arrow keys move, the space bar switches a pixel.",
      wide: 250,
      height: (w) => Math.min(w, 380),
      touch: "none",
      drag(state, x, y, size) {
        const { cell, border } = board(size, state);
        const [i, j] = [Math.floor((y - 2) / cell) - border, Math.floor((x - 2) / cell) - border];
        if (Math.min(i, j) < 0 || Math.max(i, j) >= SIDE) return null;
        const place = SIDE * i + j;
        if (size.first) painting = state.pixels[place] === "0" ? "1" : "0";
        return { pixels: flip(state.pixels, place, painting === "1"), cursor: place };
      },
      keys(state, key) {
        const move = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: SIDE, ArrowUp: -SIDE }[key];
        if (move && Math.abs(move) === 1 && Math.floor((state.cursor + move) / SIDE) !== Math.floor(state.cursor / SIDE)) return {};
        if (move) return state.cursor + move >= 0 && state.cursor + move < 100 ? { cursor: state.cursor + move } : {};
        return key === " " || key === "Enter" ? { pixels: flip(state.pixels, state.cursor) } : null;
      },
      draw(state, size) {
        const { cell, x, y } = board(size, state);
        const { row, column } = looked(state, result(state));
        const { before, left, output } = result(state);
        const squares = range(100).map((p) => {
          const [i, j] = [Math.floor(p / SIDE), p % SIDE];
          return rect(x(j) + 1, y(i) + 1, cell - 2, cell - 2, { rx: 3, fill: state.pixels[p] === "1" ? "var(--pg-ink)" : "var(--pg-well)", stroke: "var(--pg-line)" });
        });
        const span = (3 + (state.pool - 1) * state.stride) * cell;
        const place = [x(column * state.pool * state.stride - left), y(row * state.pool * state.stride - before)];
        const window = output.length ? group({ "data-key": "window", transform: `translate(${place.map((v) => v.toFixed(1)).join(" ")})` }, rect(0, 0, span, span, { fill: "var(--pg-b)", "fill-opacity": 0.14, stroke: "var(--pg-b)", "stroke-width": 3, rx: 5 })) : "";
        const [i, j] = [Math.floor(state.cursor / SIDE), state.cursor % SIDE];
        const cursor = rect(x(j), y(i), cell, cell, { class: "pg-cursor", fill: "none", stroke: "var(--pg-a)", "stroke-width": 3, rx: 4 });
        return rect(x(0) - 2, y(0) - 2, SIDE * cell + 4, SIDE * cell + 4, { rx: 6, fill: "none", stroke: "var(--pg-line)" }) + squares.join("") + cursor + window;
      },
    },
    {
      title: (state) => { const { output } = result(state); return `Its map, ${output.length} × ${output[0]?.length ?? 0}`; },
      hint: "choose a place",
      wide: 250,
      height: (w) => Math.min(w, 380),
      touch: "none",
      drag(state, x, y, size) {
        const { output } = result(state);
        if (!output.length) return null;
        const cell = (Math.min(size.w, size.h) - 4) / Math.max(output.length, output[0].length);
        const [i, j] = [Math.floor((y - 2) / cell), Math.floor((x - 2) / cell)];
        return i >= 0 && j >= 0 && i < output.length && j < output[0].length ? { at: i * output[0].length + j } : null;
      },
      draw(state, size) {
        const { output } = result(state);
        if (!output.length) return text(4, 24, "No block of this size fits.");
        const most = Math.max(...output.flat().map(Math.abs), 1e-9);
        const columns = output[0].length;
        const cell = (Math.min(size.w, size.h) - 4) / Math.max(output.length, columns);
        const { row, column } = looked(state, { output });
        const numbers = cell > 26;
        return (
          output
            .flatMap((values, i) =>
              values.map((v, j) => {
                const [x, y] = [2 + j * cell, 2 + i * cell];
                const square = rect(x + 1, y + 1, cell - 2, cell - 2, { rx: 4, fill: "var(--pg-well)" }) + rect(x + 1, y + 1, cell - 2, cell - 2, { rx: 4, ...signed(v / most) });
                const dark = Math.abs(v / most) > 0.55;
                return square + (numbers ? text(x + cell / 2, y + cell / 2 + 4.5, say(+v.toFixed(1)), { "text-anchor": "middle", fill: !dark ? "var(--pg-ink)" : v < 0 ? "var(--pg-on-minus)" : "var(--pg-on)", class: "pg-number" }) : "");
              })
            )
            .join("") + rect(2 + column * cell, 2 + row * cell, cell, cell, { fill: "none", stroke: "var(--pg-b)", "stroke-width": 3, rx: 5 })
        );
      },
    },
    {
      title: (state) => (state.pool > 1 ? "In its largest window: multiply, add up" : "In the window: multiply, add up"),
      aside: true, // not in the still picture
      wide: 250,
      height: 158,
      draw(state, { w }) {
        const seen = result(state);
        if (!seen.output.length) return "";
        const { window, value } = underKernel(state, seen);
        const wide = Math.min((w - 92) / 3, 84);
        const tiles = window.map(({ pixel, weight }, p) => {
          const [x, y] = [(p % 3) * (wide + 4), 4 + Math.floor(p / 3) * 50];
          const counts = pixel * weight !== 0;
          const ground = rect(x, y, wide, 44, { rx: 7, fill: "var(--pg-well)" }) + rect(x, y, wide, 44, { rx: 7, ...signed(counts ? 0.3 * Math.sign(weight) : 0) });
          return ground + text(x + wide / 2, y + 27, `${pixel} × ${say(weight)}`, { "text-anchor": "middle", class: "pg-number", "fill-opacity": counts ? 1 : 0.7 });
        });
        const x = 3 * (wide + 4) + 6;
        return tiles.join("") + text(x, 84, `= ${say(value)}`, { class: "pg-number pg-head", fill: "var(--pg-b)" });
      },
    },
  ],
  words(state) {
    const { output } = result(state);
    const flat = output.flat();
    const { row, column } = looked(state, { output });
    const pixel = `Pixel in row ${Math.floor(state.cursor / SIDE) + 1}, column ${(state.cursor % SIDE) + 1} is ${state.pixels[state.cursor] === "1" ? "on" : "off"}.`;
    return (
      `A drawing of ${SIDE} by ${SIDE} pixels, and what the kernel makes of it with stride ${state.stride}, padding ${state.padding} and pooling ${state.pool}: ` +
      `${output.length} by ${output[0]?.length ?? 0} numbers, the largest ${fixed(Math.max(...flat, flat.length ? -Infinity : 0))}. ` +
      (flat.length ? `The window stands at row ${row + 1}, column ${column + 1}: ${fixed(flat[state.at])}. ` : "") + pixel
    );
  },
});

/** A list of ready things; choosing one fills in another part of the state. */
function picker(key, label, things, target) {
  return {
    key,
    make(_control, api, make) {
      const list = make("select", { onchange: () => api.set({ [key]: list.value, [target]: things[list.value] }) }, ...Object.keys(things).map((name) => new Option(name)));
      const own = new Option("your own", "");
      return {
        node: make("label", { class: "pg-select" }, make("span", {}, label), list),
        update(state) {
          const same = Object.keys(things).find((name) => JSON.stringify(things[name]) === JSON.stringify(state[target]));
          if (same) own.remove();
          else list.append(own);
          list.value = same ?? "";
        },
      };
    },
  };
}

/** The nine weights, painted as they count. */
function weights(_control, api, make) {
  const inputs = range(9).map((i) => {
    const input = make("input", { type: "number", step: "0.5", "aria-label": `weight in row ${Math.floor(i / 3) + 1}, column ${(i % 3) + 1}` });
    input.addEventListener("input", () => input.value !== "" && api.set({ kernel: api.state.kernel.map((v, j) => (i === j ? +input.value : v)) }));
    return input;
  });
  return {
    node: make("div", { class: "pg-table", style: "grid-template-columns: repeat(3, 1fr)", role: "group", "aria-label": "the nine weights" }, ...inputs),
    update(state) {
      const most = Math.max(...state.kernel.map(Math.abs), 1e-9);
      inputs.forEach((input, i) => {
        const v = state.kernel[i];
        if (document.activeElement !== input) input.value = v;
        input.style.backgroundColor = `color-mix(in srgb, var(${v < 0 ? "--pg-minus" : "--pg-plus"}) ${Math.round((38 * Math.abs(v)) / most)}%, var(--pg-card))`;
      });
    },
  };
}
