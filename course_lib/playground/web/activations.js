// The activation functions of the course, as in course_lib/activations.py: function, derivative, range.
// At a kink the derivative is the slope to the right of it.

const sigmoid = (x) => {
  const e = Math.exp(-Math.abs(x)); // never overflows
  return (x >= 0 ? 1 : e) / (1 + e);
};

export const ACTIVATIONS = {
  linear: { f: (x) => x, slope: () => 1, range: "all numbers" },
  sigmoid: { f: sigmoid, slope: (x) => sigmoid(x) * (1 - sigmoid(x)), range: "(0, 1)" },
  tanh: { f: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2, range: "(−1, 1)" },
  ReLU: { f: (x) => Math.max(0, x), slope: (x) => (x >= 0 ? 1 : 0), range: "[0, ∞)" },
  "Leaky ReLU": { f: (x) => (x >= 0 ? x : 0.1 * x), slope: (x) => (x >= 0 ? 1 : 0.1), range: "all numbers" },
  ELU: { f: (x) => (x >= 0 ? x : Math.expm1(x)), slope: (x) => (x >= 0 ? 1 : Math.exp(x)), range: "(−1, ∞)" },
  exponential: { f: Math.exp, slope: Math.exp, range: "(0, ∞)" },
};
