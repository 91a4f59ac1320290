// A function of two inputs as a picture: lines and bands of equal height, and what one neuron makes of the plane.

import { group, inside, line, linspace, signed, tag } from "./draw.js";

/** For each cell of a grid: its four corners in a round, [row, column], and the heights there. */
function* cells(axis, heights) {
  for (let i = 0; i + 1 < axis.length; i++)
    for (let j = 0; j + 1 < axis.length; j++) {
      const corners = [[i, j], [i, j + 1], [i + 1, j + 1], [i + 1, j]];
      yield { i, j, corners, four: corners.map(([r, c]) => heights[r][c]) };
    }
}

/** Where each side of a cell crosses a level, null where it does not; in pixels. */
function crossings(axis, { corners, four }, level, { X, Y }) {
  return corners.map(([r, c], n) => {
    const [r2, c2] = corners[(n + 1) % 4];
    const [p, q] = [four[n] - level, four[(n + 1) % 4] - level];
    if (p < 0 === q < 0) return null;
    const t = p / (p - q);
    return `${X(axis[c] + t * (axis[c2] - axis[c])).toFixed(1)},${Y(axis[r] + t * (axis[r2] - axis[r])).toFixed(1)}`;
  });
}

/** Contour lines by marching squares, one path for each level; `heights` has a row for each second coordinate. */
export function contours(axis, heights, levels, plot) {
  const paths = levels.map(() => "");
  for (const cell of cells(axis, heights)) {
    const [low, high] = [Math.min(...cell.four), Math.max(...cell.four)];
    levels.forEach((level, l) => {
      if (level < low || level > high) return;
      const cuts = crossings(axis, cell, level, plot).filter(Boolean);
      for (let n = 0; n + 1 < cuts.length; n += 2) paths[l] += `M${cuts[n]}L${cuts[n + 1]}`;
    });
  }
  return paths;
}

/** The path of the area at `level` or above: whole cells in rows, and the parts of those that the level crosses. */
function above(axis, heights, level, plot) {
  const place = ([r, c]) => `${plot.X(axis[c]).toFixed(1)},${plot.Y(axis[r]).toFixed(1)}`;
  let [path, from] = ["", null];
  for (const cell of cells(axis, heights)) {
    const { i, j, corners, four } = cell;
    const whole = four.every((h) => h >= level);
    if (whole) from ??= j;
    const end = whole && j + 2 === axis.length ? j + 1 : whole ? null : j;
    if (from !== null && end !== null) {
      path += `M${[[i, from], [i, end], [i + 1, end], [i + 1, from]].map(place).join("L")}Z`;
      from = null;
    }
    if (whole || !four.some((h) => h >= level)) continue;
    const cuts = crossings(axis, cell, level, plot);
    path += `M${corners.flatMap((corner, n) => [four[n] >= level && place(corner), cuts[n]]).filter(Boolean).join("L")}Z`;
  }
  return path;
}

/** Bands of colour for heights from −1 to 1: purple above 0, orange below, the stronger the further away. */
export const bands = (axis, heights, plot) =>
  [1, -1].map((sign) => {
    const turned = heights.map((row) => row.map((h) => sign * h));
    return group({ ...signed(sign), "fill-opacity": 0.17 }, [0.06, 0.25, 0.45, 0.65, 0.85].map((level) => tag("path", { d: above(axis, turned, level, plot) })));
  }).join("");

/** A neuron's picture: its output depends on z alone, and z rises along its weights, so one gradient in that direction does. */
export function ridge(id, { w1, w2, b }, paint, { X, Y, left, right, top, bottom }) {
  const box = { x: left, y: top, width: right - left, height: bottom - top, rx: 6 };
  const length = Math.hypot(w1, w2);
  if (length < 1e-9) return tag("rect", { ...box, ...signed(paint(b)) });
  const [u1, u2] = [w1 / length, w2 / length];
  const reach = Math.min(4.5, 60 / length); // beyond, nothing changes any more
  const along = linspace(-reach, reach, 49).map((t) => -b / length + t); // z is 0 in the middle
  const stops = along.map((t, i) => {
    const { fill, "fill-opacity": opacity } = signed(0.85 * paint(length * t + b));
    return tag("stop", { offset: i / 48, "stop-color": fill, "stop-opacity": opacity });
  });
  const end = (t) => [X(t * u1), Y(t * u2)];
  const [[x1, y1], [x2, y2]] = [end(along[0]), end(along.at(-1))];
  return tag("linearGradient", { id, gradientUnits: "userSpaceOnUse", x1, y1, x2, y2 }, stops) + tag("rect", { ...box, fill: `url(#${id})` });
}

/** The dashed line where a neuron's weighted sum is 0, cut off at the edges of the plot; none without weights. */
export function border(id, { w1, w2, b }, plot) {
  const { X, Y } = plot;
  const length = Math.hypot(w1, w2);
  if (length < 1e-9) return "";
  const [f1, f2] = [(-b * w1) / length ** 2, (-b * w2) / length ** 2];
  const [a1, a2] = [(-6 * w2) / length, (6 * w1) / length];
  const [from, to] = [[X(f1 - a1), Y(f2 - a2)], [X(f1 + a1), Y(f2 + a2)]];
  return inside(plot, id, line(...from, ...to, { "stroke-width": 2, "stroke-dasharray": "7 5" }));
}
