"""Exercise `maxout`: what students hand in."""

# %% right: the built-in max
def maxout(x, w1, b1, w2, b2):
    return max(w1 @ x + b1, w2 @ x + b2)

# %% right: an if
def maxout(x, w1, b1, w2, b2):
    first = np.sum(w1 * x) + b1
    second = np.sum(w2 * x) + b2
    if first > second:
        return first
    return second

# %% right: both sums as one matrix product
def maxout(x, w1, b1, w2, b2):
    return (np.stack([w1, w2]) @ x + np.array([b1, b2])).max()

# %% right: a loop
def maxout(x, w1, b1, w2, b2):
    s1, s2 = b1, b2
    for i in range(len(x)):
        s1 = s1 + w1[i] * x[i]
        s2 = s2 + w2[i] * x[i]
    return np.maximum(s1, s2)

# %% wrong [smaller line]: min for max
def maxout(x, w1, b1, w2, b2):
    return min(w1 @ x + b1, w2 @ x + b2)

# %% repair: min( → max(

# %% wrong [biases forgotten]: no biases
def maxout(x, w1, b1, w2, b2):
    return np.maximum(w1 @ x, w2 @ x)

# %% repair: w1 @ x, w2 @ x → w1 @ x + b1, w2 @ x + b2

# %% wrong [maximum of the weights]: the larger weights first
def maxout(x, w1, b1, w2, b2):
    return np.maximum(w1, w2) @ x + np.maximum(b1, b2)

# %% repair: np.maximum(w1, w2) @ x + np.maximum(b1, b2) → np.maximum(w1 @ x + b1, w2 @ x + b2)

# %% wrong [sum of both]: added
def maxout(x, w1, b1, w2, b2):
    return (w1 @ x + b1) + (w2 @ x + b2)

# %% repair: (w1 @ x + b1) + (w2 @ x + b2) → max(w1 @ x + b1, w2 @ x + b2)

# %% wrong [ReLU of the first sum]: ReLU from habit
def maxout(x, w1, b1, w2, b2):
    return np.maximum(0, w1 @ x + b1)

# %% repair: 0, w1 @ x + b1 → w2 @ x + b2, w1 @ x + b1

# %% wrong [not summed]: compared input by input
def maxout(x, w1, b1, w2, b2):
    return np.maximum(w1 * x + b1, w2 * x + b2)

# %% repair: w1 * x + b1, w2 * x + b2 → np.sum(w1 * x) + b1, np.sum(w2 * x) + b2

# %% wrong [0 as a third]: ReLU on top, from habit
def maxout(x, w1, b1, w2, b2):
    return max(0, w1 @ x + b1, w2 @ x + b2)

# %% repair: 0, w1 → w1

# %% wrong [absolute value]: maxout as |x| from the text
def maxout(x, w1, b1, w2, b2):
    return abs(w1 @ x + b1)

# %% repair: abs(w1 @ x + b1) → max(w1 @ x + b1, w2 @ x + b2)

# %% wrong [biases swapped]: b2 with w1
def maxout(x, w1, b1, w2, b2):
    return max(w1 @ x + b2, w2 @ x + b1)

# %% repair: w1 @ x + b2, w2 @ x + b1 → w1 @ x + b1, w2 @ x + b2

# %% wrong [second sum only]: the second overwrites the first
def maxout(x, w1, b1, w2, b2):
    result = w1 @ x + b1
    result = w2 @ x + b2
    return result

# %% repair: both
def maxout(x, w1, b1, w2, b2):
    first = w1 @ x + b1
    second = w2 @ x + b2
    return max(first, second)

# %% wrong [not compared]: the built-in max on arrays
def maxout(x, w1, b1, w2, b2):
    return max(w1 * x + b1, w2 * x + b2)

# %% repair: w1 * x + b1, w2 * x + b2 → np.sum(w1 * x + b1), np.sum(w2 * x + b2)

# %% repair: np.sum(w1 * x + b1), np.sum(w2 * x + b2) → np.sum(w1 * x) + b1, np.sum(w2 * x) + b2

# %% wrong [first sum only]: the second is forgotten
def maxout(x, w1, b1, w2, b2):
    return w1 @ x + b1

# %% repair: w1 @ x + b1 → max(w1 @ x + b1, w2 @ x + b2)

# %% wrong [average of both]: mean for max
def maxout(x, w1, b1, w2, b2):
    return np.mean([w1 @ x + b1, w2 @ x + b2])

# %% repair: np.mean → np.max

# %% wrong [b1 forgotten]: one bias
def maxout(x, w1, b1, w2, b2):
    return max(w1 @ x, w2 @ x + b2)

# %% repair: w1 @ x → w1 @ x + b1

# %% wrong [b2 forgotten]: the other bias
def maxout(x, w1, b1, w2, b2):
    return max(w1 @ x + b1, w2 @ x)

# %% repair: w2 @ x → w2 @ x + b2

# %% wrong [b1 twice]: copied, half changed
def maxout(x, w1, b1, w2, b2):
    return max(w1 @ x + b1, w2 @ x + b1)

# %% repair: w2 @ x + b1 → w2 @ x + b2

# %% wrong [w1 twice]: copied, the other half changed
def maxout(x, w1, b1, w2, b2):
    return max(w1 @ x + b1, w1 @ x + b2)

# %% repair: w1 @ x + b2 → w2 @ x + b2

# %% wrong [inputs unused]: the biases alone
def maxout(x, w1, b1, w2, b2):
    return max(b1, b2)

# %% repair: max(b1, b2) → max(w1 @ x + b1, w2 @ x + b2)

# %% wrong [weights added up]: no products
def maxout(x, w1, b1, w2, b2):
    return max(w1.sum() + b1, w2.sum() + b2)

# %% repair: w1.sum() + b1, w2.sum() + b2 → (w1 * x).sum() + b1, (w2 * x).sum() + b2

# %% wrong [b1 subtracted]: one minus
def maxout(x, w1, b1, w2, b2):
    return max(w1 @ x - b1, w2 @ x + b2)

# %% repair: - b1 → + b1

# %% wrong [biases subtracted]: as thresholds
def maxout(x, w1, b1, w2, b2):
    return max(w1 @ x - b1, w2 @ x - b2)

# %% repair: w1 @ x - b1, w2 @ x - b2 → w1 @ x + b1, w2 @ x + b2

# %% wrong [b1 alone]: the first sum forgotten
def maxout(x, w1, b1, w2, b2):
    return max(b1, w2 @ x + b2)

# %% repair: max(b1 → max(w1 @ x + b1

# %% wrong [b2 alone]: the second sum forgotten
def maxout(x, w1, b1, w2, b2):
    return max(w1 @ x + b1, b2)

# %% repair: w1 @ x + b1, b2 → w1 @ x + b1, w2 @ x + b2

# %% wrong [w1 added up]: no products in the first
def maxout(x, w1, b1, w2, b2):
    return max(np.sum(w1) + b1, np.sum(w2 * x) + b2)

# %% repair: np.sum(w1) → np.sum(w1 * x)

# %% wrong [w2 added up]: no products in the second
def maxout(x, w1, b1, w2, b2):
    return max(np.sum(w1 * x) + b1, np.sum(w2) + b2)

# %% repair: np.sum(w2) → np.sum(w2 * x)

# %% wrong [biases with each product]: the sums around all of it
def maxout(x, w1, b1, w2, b2):
    return max(np.sum(w1 * x + b1), np.sum(w2 * x + b2))

# %% repair: np.sum(w1 * x + b1), np.sum(w2 * x + b2) → np.sum(w1 * x) + b1, np.sum(w2 * x) + b2
