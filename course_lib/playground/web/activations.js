// The activation functions of the course, as in course_lib/activations.py: function, derivative, range.
// At a kink the derivative is the slope to the right of it.

const sigmoid = (x) => {
  const e = Math.exp(-Math.abs(x)); // never overflows
  return (x >= 0 ? 1 : e) / (1 + e);
};

/** The error function: all terms of 2/√π · e^(−x²) · (x + 2x³/3 + 4x⁵/15 + …) have one sign, so nothing cancels. */
function erf(x) {
  if (Math.abs(x) > 6) return Math.sign(x); // to the last digit
  let [term, total] = [x, x];
  for (let n = 1; n < 150; n++) total += term *= (2 * x * x) / (2 * n + 1);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
}
const below = (x) => (1 + erf(x / Math.SQRT2)) / 2; // the share of a normal distribution that lies below x

export const ACTIVATIONS = {
  linear: { f: (x) => x, slope: () => 1, range: "all numbers" },
  sigmoid: { f: sigmoid, slope: (x) => sigmoid(x) * (1 - sigmoid(x)), range: "(0, 1)" },
  tanh: { f: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2, range: "(−1, 1)" },
  ReLU: { f: (x) => Math.max(0, x), slope: (x) => (x >= 0 ? 1 : 0), range: "[0, ∞)" },
  "Leaky ReLU": { f: (x) => (x >= 0 ? x : 0.1 * x), slope: (x) => (x >= 0 ? 1 : 0.1), range: "all numbers" },
  ELU: { f: (x) => (x >= 0 ? x : Math.expm1(x)), slope: (x) => (x >= 0 ? 1 : Math.exp(x)), range: "(−1, ∞)" },
  GELU: { f: (x) => x * below(x), slope: (x) => below(x) + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI), range: "[−0.17, ∞)" },
  SiLU: { f: (x) => x * sigmoid(x), slope: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x))), range: "[−0.28, ∞)" },
  exponential: { f: Math.exp, slope: Math.exp, range: "(0, ∞)" },
};
