"""Write a network in DML, the language of Apache SystemDS, on top of its library of layers and optimizers.

The script holds two functions, ``forward`` and ``gradients``, and below them what is to be done. All weights stand in
one row ``w``. Source: scripts/nn in https://github.com/apache/systemds (inside SystemDS's jar).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from course_lib.keras_on_spark.network import Network, Step

PROGRESS = "step"  # the first word of a line that a training script prints

FILES = {
    "conv2d": "layers/conv2d_builtin",
    "max_pool2d": "layers/max_pool2d_builtin",
    "adam": "optim/adam",
    "sgd_momentum": "optim/sgd_momentum",
}

_CROSS_ENTROPY = """  # from the scores before softmax
  A = A - rowMaxs(A)
  loss = -sum(Y * (A - log(rowSums(exp(A))))) / nrow(Y)
  dA = (exp(A) / rowSums(exp(A)) - Y) / nrow(Y)"""

LOSSES = {
    "mean_squared_error": """  loss = sum((A - Y)^2) / length(Y)
  dA = (A - Y) * 2 / length(Y)""",
    "categorical_crossentropy": _CROSS_ENTROPY,
    "sparse_categorical_crossentropy": _CROSS_ENTROPY,
    "binary_crossentropy": """  # from the scores before the sigmoid
  loss = sum(max(A, 0) - A * Y + log(1 + exp(-abs(A)))) / nrow(Y)
  dA = (1 / (1 + exp(-A)) - Y) / nrow(Y)""",
}
"""Each loss on the numbers A that the network ends in, and how it changes with them."""


def prediction(network: Network, workers: int = 0) -> str:
    """A script that reads ``X`` and ``w`` and writes ``probabilities``, one row for each row of ``X``.

    Args:
        network: what to compute.
        workers: how many Spark tasks share the rows; 0 for none.
    """
    sources, answer = _sources(network.steps), _forward(network.steps)
    if not workers:
        return f"{sources}\n{answer}\nprobabilities = forward(X, w)\n"
    return f"""{sources}
{answer}
# Each Spark task takes its share of the rows.
share = ceil(nrow(X) / {workers})
probabilities = matrix(0, rows=nrow(X), cols={network.outputs})
parfor (k in 1:{workers}, {_REMOTE.format(workers=workers)}) {{
  first = (k - 1) * share + 1
  last = min(k * share, nrow(X))
  if (first <= last) {{
    probabilities[first:last,] = forward(X[first:last,], w)
  }}
}}
"""


def training(
    network: Network, batch_size: int, max_iter: int, test_interval: int = 0, workers: int = 0, display: int = 0
) -> str:
    """A script that trains: it reads ``X``, ``Y`` and ``w`` and writes the new ``w`` and ``history``.

    With ``test_interval`` it also reads ``X_test`` and ``Y_test``. ``history`` has a row for each step: the loss on
    its batch, and every ``test_interval`` steps the loss on the test rows (else -1).

    Args:
        network: with loss and optimizer.
        batch_size: rows in a step.
        max_iter: steps in all.
        test_interval: steps from one test to the next; 0 for no test.
        workers: how many Spark tasks share each batch (all-reduce); 0 for none.
        display: steps from one printed line (``step``, number, loss, loss on the test rows) to the next; 0 for none.
            Every test prints one as well.
    """
    test, answer = "", ""
    if test_interval:
        answer = _forward(network.judged)
        test = f"""
  if ((t + 1) %% {test_interval} == 0) {{
    [test_loss, unused] = judge(forward(X_test, w), Y_test)
    history[t + 1, 2] = test_loss
  }}"""
    shown = " | ".join(f"(t + 1) %% {interval} == 0" for interval in (display, test_interval) if interval)
    if shown:
        test += f"""
  if ({shown}) {{
    print("{PROGRESS} " + (t + 1) + " " + loss + " " + as.scalar(history[t + 1, 2]))
  }}"""
    state, update = _optimizer(network)
    optimizer = "adam" if network.optimizer and network.optimizer.name == "Adam" else "sgd_momentum"
    return f"""{_sources(network.judged, "dropout", optimizer)}
{answer}
{_gradients(network)}
batch_size = {batch_size}
max_iter = {max_iter}
batches = ceil(nrow(X) / batch_size)  # in one epoch
history = matrix(-1, rows=max_iter, cols=2)
{state}
for (t in 0:(max_iter - 1)) {{
  first = (t %% batches) * batch_size + 1
  last = min(first + batch_size - 1, nrow(X))
{_all_reduce(workers) if workers else "  [dw, loss] = gradients(X[first:last,], Y[first:last,], w)"}
  {update}
  history[t + 1, 1] = loss{test}
}}
"""


# --------------------------------------------------------------------------------------------- parts of a script

_REMOTE = "par={workers}, mode=REMOTE_SPARK, opt=CONSTRAINED, check=0"


# Where the windows of a pool share pixels, SystemDS 3.4 loses parts of the gradient: with stride 1 always, and behind
# a ReLU in Spark's workers. So the windows are laid apart, and what they send back to a shared pixel is added up here.
_WINDOWS = """# Which pixel is seen by which window: a matrix that lays the windows of a pool side by side,
# each with its own copy of the pixels that it shares with others.
windows = function(int C, int H, int W, int h, int w, int down, int across) return (matrix[double] P) {
  high = (floor((H - h) / down) + 1) * h
  wide = (floor((W - w) / across) + 1) * w
  to = seq(0, C * high * wide - 1)
  y = floor(to / wide) %% high
  x = to %% wide
  row = floor(y / h) * down + y %% h
  column = floor(x / w) * across + x %% w
  P = table(floor(to / (high * wide)) * H * W + row * W + column + 1, to + 1, C * H * W, C * high * wide)
}

"""


def _all_reduce(workers: int) -> str:
    """Each Spark task takes its share of the batch; the gradients are added, weighted by rows."""
    return f"""  share = ceil((last - first + 1) / {workers})
  G = matrix(0, rows={workers}, cols=ncol(w) + 1)
  parfor (k in 1:{workers}, {_REMOTE.format(workers=workers)}) {{
    from = first + (k - 1) * share
    to = min(from + share - 1, last)
    if (from <= to) {{
      [g, l] = gradients(X[from:to,], Y[from:to,], w)
      G[k,] = cbind(g, as.matrix(l)) * ((to - from + 1) / (last - first + 1))
    }}
  }}
  dw = colSums(G[, 1:ncol(w)])
  loss = sum(G[, ncol(w) + 1])"""


def _sources(steps: Sequence[Step], *more: str) -> str:
    """The files of the library that these steps need. Dropout is for training only: then it is one of ``more``."""
    names = [*(step.operation for step in steps if step.operation not in ("flatten", "dropout")), *more]
    files = {name: FILES.get(name, f"layers/{name}") for name in names}
    return "".join(f'source("nn/{file}.dml") as {name}\n' for name, file in files.items())


def _forward(steps: Sequence[Step]) -> str:
    result = f"x{len(steps)}"
    return f"""# What the network answers. X: one example a row; w: all weights in one row.
forward = function(matrix[double] X, matrix[double] w) return (matrix[double] {result}) {{
  x0 = X
{_forward_steps(steps, training=False)}
}}
"""


def _gradients(network: Network) -> str:
    steps = network.judged
    last = len(steps)
    backward = [_backward_step(i, steps[i - 1]) for i in range(last, 0, -1)]
    parts = []
    for i, step in enumerate(steps, 1):
        parts += [f"matrix({name}{i}, rows=1, cols={math.prod(shape)})" for name, shape in _weights(step, "dW", "db")]
    windows = _WINDOWS if any(step.overlaps for step in steps) else ""
    return f"""{windows}# The loss of the answers A where Y is true, and how it changes with each of them.
judge = function(matrix[double] A, matrix[double] Y) return (double loss, matrix[double] dA) {{
{LOSSES[network.loss or ""]}
}}

# How the loss on the rows X, Y changes with each weight: forward, then backward, by layers.
gradients = function(matrix[double] X, matrix[double] Y, matrix[double] w)
    return (matrix[double] dw, double loss) {{
  x0 = X
{_forward_steps(steps, training=True)}
  [loss, dx{last}] = judge(x{last}, Y)
{chr(10).join(backward)}
  dw = {f"cbind({f',{chr(10)}    '.join(parts)})" if len(parts) > 1 else parts[0]}
}}
"""


def _forward_steps(steps: Sequence[Step], training: bool) -> str:
    lines, start, layer = [], 1, ""
    for i, step in enumerate(steps, 1):
        if step.layer != layer:  # a layer's activation is a step of its own, and needs no second heading
            lines.append(f"  # {step.layer}: {_size(step.before)} → {_size(step.after)}")
        layer = step.layer
        for name, shape in _weights(step, "W", "b"):
            end = start + math.prod(shape) - 1
            lines.append(f"  {name}{i} = matrix(w[1, {start}:{end}], rows={shape[0]}, cols={shape[1]})")
            start = end + 1
        if step.shapes and not step.bias:
            rows, columns = (1, step.after[0]) if step.operation == "affine" else (step.after[0], 1)
            lines.append(f"  b{i} = matrix(0, rows={rows}, cols={columns})")
        lines.append("  " + _forward_step(i, step, training))
    return "\n".join(lines)


def _forward_step(i: int, step: Step, training: bool) -> str:
    x, y = f"x{i - 1}", f"x{i}"
    if step.operation == "affine":
        return f"{y} = affine::forward({x}, W{i}, b{i})"
    if step.operation == "conv2d":
        return f"[{y}, h{i}, v{i}] = conv2d::forward({x}, W{i}, b{i}, {_geometry(step)})"
    if step.operation == "max_pool2d":
        return f"[{y}, h{i}, v{i}] = max_pool2d::forward({x}, {_geometry(step)})"
    if step.operation == "dropout" and training and step.rate > 0:
        return f"[{y}, mask{i}] = dropout::forward({x}, {1 - step.rate}, -1)"
    if step.operation in ("flatten", "dropout"):
        return f"{y} = {x}"
    return f"{y} = {step.operation}::forward({x})"


def _backward_step(i: int, step: Step) -> str:
    dx, dy, x = f"dx{i - 1}", f"dx{i}", f"x{i - 1}"
    if step.operation == "affine":
        return f"  [{dx}, dW{i}, db{i}] = affine::backward({dy}, {x}, W{i}, b{i})"
    if step.operation == "conv2d":
        return f"  [{dx}, dW{i}, db{i}] = conv2d::backward({dy}, h{i}, v{i}, {x}, W{i}, b{i}, {_geometry(step)})"
    if step.operation == "max_pool2d":
        # SystemDS 3.4 mixes up the maxima of a sparse block in Spark's workers, and stops at sparse slopes that come
        # from another pool: no number may be exactly 0.
        dy = f"{dy} + 1e-300"
        if step.overlaps:
            apart = _geometry(step.apart)
            return (
                f"  P{i} = windows({', '.join(map(str, (*step.before, *step.window, *step.stride)))})\n"
                f"  dP{i} = max_pool2d::backward({dy}, h{i}, v{i}, {x} %*% P{i} + 1e-300, {apart})\n"
                f"  {dx} = t(P{i} %*% t(dP{i}))"  # dP %*% t(P) is the same, and SystemDS 3.4 gets it wrong
            )
        return f"  {dx} = max_pool2d::backward({dy}, h{i}, v{i}, {x} + 1e-300, {_geometry(step)})"
    if step.operation == "dropout" and step.rate > 0:
        return f"  {dx} = dropout::backward({dy}, {x}, {1 - step.rate}, mask{i})"
    if step.operation in ("flatten", "dropout"):
        return f"  {dx} = {dy}"
    return f"  {dx} = {step.operation}::backward({dy}, {x})"


def _optimizer(network: Network) -> tuple[str, str]:
    """The lines that make the optimizer's state, and the line that takes one step."""
    optimizer = network.optimizer
    assert optimizer is not None
    if optimizer.name == "Adam":
        numbers = f"{optimizer.learning_rate}, {optimizer.beta_1}, {optimizer.beta_2}, {optimizer.epsilon}"
        return "[m, v] = adam::init(w)", f"[w, m, v] = adam::update(w, dw, {numbers}, t, m, v)"
    numbers = f"{optimizer.learning_rate}, {optimizer.momentum}"
    return "v = sgd_momentum::init(w)", f"[w, v] = sgd_momentum::update(w, dw, {numbers}, v)"


def _weights(step: Step, *names: str) -> list[tuple[str, tuple[int, ...]]]:
    return list(zip(names, step.shapes, strict=False))


def _geometry(step: Step) -> str:
    """Channels, height, width, window, stride, padding: the numbers that the library's image layers take."""
    return ", ".join(map(str, (*step.before, *step.window, *step.stride, *step.padding)))


def _size(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))
