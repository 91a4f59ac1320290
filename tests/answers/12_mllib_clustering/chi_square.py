"""Exercise `chi_square`: what students hand in."""

# %% right: outer product
def chi_square(table):
    table = np.array(table)
    expected = np.outer(table.sum(1), table.sum(0)) / table.sum()
    return np.sum((table - expected) ** 2 / expected)

# %% right: plain loops
def chi_square(table):
    rows = [sum(row) for row in table]
    columns = [sum(row[j] for row in table) for j in range(len(table[0]))]
    total, statistic = sum(rows), 0
    for i, row in enumerate(table):
        for j, observed in enumerate(row):
            expected = rows[i] * columns[j] / total
            statistic += (observed - expected) ** 2 / expected
    return statistic

# %% right: SciPy
def chi_square(table):
    from scipy.stats import chi2_contingency

    return chi2_contingency(table, correction=False).statistic

# %% right: keepdims
def chi_square(table):
    o = np.asarray(table, dtype=np.float64)
    e = o.sum(axis=1, keepdims=True) * o.sum(axis=0, keepdims=True) / o.sum()
    return float((o**2 / e).sum() - o.sum())

# %% right: MLlib
def chi_square(table):
    from pyspark.mllib.linalg import Matrices
    from pyspark.mllib.stat import Statistics

    o = np.asarray(table, dtype=float)
    return Statistics.chiSqTest(Matrices.dense(*o.shape, o.flatten("F").tolist())).statistic

# %% right: float32, as TensorFlow reckons
def chi_square(table):
    o = np.array(table, dtype=np.float32)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    return (o**2 / e).sum() - o.sum()

# %% wrong [divided by observed]: below the line
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    return ((o - e) ** 2 / o).sum()

# %% repair: / o).sum() → / e).sum()

# %% wrong [not divided]: sum of squares
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    return ((o - e) ** 2).sum()

# %% repair: ((o - e) ** 2).sum() → ((o - e) ** 2 / e).sum()

# %% wrong [not squared]: differences
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    return (o - e).sum()

# %% repair: (o - e).sum() → ((o - e) ** 2).sum()

# %% repair: (o - e) ** 2 → (o - e) ** 2 / e

# %% wrong [absolute differences]: abs
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    return (np.abs(o - e) / e).sum()

# %% repair: np.abs(o - e) → (o - e) ** 2

# %% wrong [all cells alike]: scipy's goodness of fit
def chi_square(table):
    o = np.array(table, dtype=float)
    e = o.sum() / o.size
    return ((o - e) ** 2 / e).sum()

# %% repair
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    return ((o - e) ** 2 / e).sum()

# %% wrong [root]: at the end
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    return np.sqrt(((o - e) ** 2 / e).sum())

# %% repair: np.sqrt(((o - e) ** 2 / e).sum()) → ((o - e) ** 2 / e).sum()

# %% wrong [corrected]: SciPy's default
def chi_square(table):
    from scipy.stats import chi2_contingency

    return chi2_contingency(table).statistic

# %% repair: chi2_contingency(table) → chi2_contingency(table, correction=False)

# %% wrong [the square is missing]: differences over expected counts
def chi_square(table):
    observed = np.asarray(table, dtype=float)
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / observed.sum()
    return ((observed - expected) / expected).sum()

# %% repair: ((observed - expected) / expected) → ((observed - expected) ** 2 / expected)

# %% wrong [expected counts not divided]: the total forgotten
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0))
    return ((o - e) ** 2 / e).sum()

# %% repair: o.sum(0)) → o.sum(0)) / o.sum()

# %% wrong [expected counts rounded]: whole numbers
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0)) // o.sum()
    return ((o - e) ** 2 / e).sum()

# %% repair: // → /

# %% wrong [added]: plus
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    return ((o + e) ** 2 / e).sum()

# %% repair: (o + e) → (o - e)

# %% wrong [nothing taken away]: the shortcut without its end
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    return (o**2 / e).sum()

# %% repair: o**2 → (o - e) ** 2

# %% wrong [multiplied]: times for divided
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    return ((o - e) ** 2 * e).sum()

# %% repair: ** 2 * e → ** 2 / e

# %% wrong [mean]: mean for sum
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    return ((o - e) ** 2 / e).mean()

# %% repair: mean() → sum()

# %% wrong [last cell only]: = instead of +=
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    for i in range(o.shape[0]):
        for j in range(o.shape[1]):
            statistic = (o[i, j] - e[i, j]) ** 2 / e[i, j]
    return statistic

# %% repair: statistic = → statistic +=

# %% repair
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    statistic = 0
    for i in range(o.shape[0]):
        for j in range(o.shape[1]):
            statistic += (o[i, j] - e[i, j]) ** 2 / e[i, j]
    return statistic

# %% wrong [one sum for each]: sum over the rows
def chi_square(table):
    o = np.array(table, dtype=float)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    return ((o - e) ** 2 / e).sum(axis=0)

# %% repair: sum(axis=0) → sum()

# %% wrong [by rows alone]: a mean of each row
def chi_square(table):
    o = np.array(table, dtype=float)
    e = o.mean(axis=1, keepdims=True) * np.ones_like(o)
    return ((o - e) ** 2 / e).sum()

# %% repair: with the totals of the columns
def chi_square(table):
    o = np.array(table, dtype=float)
    e = o.sum(axis=1, keepdims=True) * o.sum(axis=0) / o.sum()
    return ((o - e) ** 2 / e).sum()

# %% wrong [by columns alone]: a mean of each column
def chi_square(table):
    o = np.array(table, dtype=float)
    e = o.mean(axis=0) * np.ones_like(o)
    return ((o - e) ** 2 / e).sum()

# %% repair: with the totals of the rows
def chi_square(table):
    o = np.array(table, dtype=float)
    e = o.sum(axis=1, keepdims=True) * o.sum(axis=0) / o.sum()
    return ((o - e) ** 2 / e).sum()

# %% wrong [p-value]: the second of what SciPy gives
def chi_square(table):
    from scipy.stats import chi2_contingency

    return chi2_contingency(table, correction=False)[1]

# %% repair: [1] → [0]

# %% wrong [one side]: row totals and column totals added
def chi_square(table):
    o = np.asarray(table, dtype=float)
    e = (o.sum(axis=1, keepdims=True) + o.sum(axis=0, keepdims=True)) / o.sum()
    return ((o - e) ** 2 / e).sum()

# %% repair: keepdims=True) + o.sum → keepdims=True) * o.sum
