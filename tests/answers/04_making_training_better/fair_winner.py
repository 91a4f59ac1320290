"""Exercise `fair_winner`: what students hand in."""

# %% right: loops
def fair_winner(results):
    winner, smallest = None, float("inf")
    for optimizer in results:
        for rate in results[optimizer]:
            losses = [float("inf") if loss != loss else loss for loss in results[optimizer][rate]]
            median = sorted(losses)[len(losses) // 2]
            if median < smallest:
                winner, smallest = (optimizer, rate), median
    return winner

# %% right: pandas
def fair_winner(results):
    import pandas as pd

    rows = [(o, r, loss) for o, rates in results.items() for r, losses in rates.items() for loss in losses]
    table = pd.DataFrame(rows, columns=["optimizer", "rate", "loss"])
    table["loss"] = table["loss"].fillna(float("inf"))
    return table.groupby(["optimizer", "rate"])["loss"].median().idxmin()

# %% right: NumPy sorts nan to the end, a list back
def fair_winner(results):
    scores = []
    for name, rates in results.items():
        for rate, losses in rates.items():
            scores.append((float(np.sort(losses)[len(losses) // 2]), name, rate))
    scores = [s for s in scores if not np.isnan(s[0])]
    _, name, rate = min(scores)
    return [name, np.float64(rate)]

# %% right: a very large number for nan
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.median(np.nan_to_num(results[p[0]][p[1]], nan=1e30)))

# %% wrong [luckiest seed]: the smallest loss of all
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.nanmin(np.nan_to_num(results[p[0]][p[1]], nan=np.inf)))

# %% wrong [mean]: means, nan infinite
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.mean(np.nan_to_num(results[p[0]][p[1]], nan=np.inf)))

# %% wrong [diverged runs left out]: nanmedian
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.nan_to_num(np.nanmedian(results[p[0]][p[1]]), nan=np.inf))

# %% wrong [mean of those that ended]: nanmean
def fair_winner(results):
    best, best_pair = 1e9, None
    for name, rates in results.items():
        for rate, losses in rates.items():
            mean = np.nanmean(losses)
            if mean < best:
                best, best_pair = mean, (name, rate)
    return best_pair

# %% wrong [nan disqualifies]: nan in the median
def fair_winner(results):
    best, best_pair = float("inf"), None
    for name, rates in results.items():
        for rate, losses in rates.items():
            median = np.median(losses)
            if median < best:
                best, best_pair = median, (name, rate)
    return best_pair

# %% wrong [the worst]: the largest
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return max(pairs, key=lambda p: np.median(np.nan_to_num(results[p[0]][p[1]], nan=np.inf)))

# %% wrong [worst seed]: the safest choice
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.max(np.nan_to_num(results[p[0]][p[1]], nan=np.inf)))

# %% wrong [swapped]: rate first
def fair_winner(results):
    pairs = [(rate, name) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.median(np.nan_to_num(results[p[1]][p[0]], nan=np.inf)))

# %% wrong [only the name]: no rate
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.median(np.nan_to_num(results[p[0]][p[1]], nan=np.inf)))[0]

# %% wrong [first rate of each]: defaults only
def fair_winner(results):
    first = {name: next(iter(rates)) for name, rates in results.items()}
    name = min(first, key=lambda n: np.median(np.nan_to_num(results[n][first[n]], nan=np.inf)))
    return name, first[name]

# %% wrong [an empty list]: nan thrown away, then the middle
def fair_winner(results):
    best = None
    for name, rates in results.items():
        for rate, losses in rates.items():
            ended = sorted(loss for loss in losses if loss == loss)
            median = ended[len(ended) // 2]
            if best is None or median < best[0]:
                best = median, name, rate
    return best[1], best[2]

# %% wrong [nan counts as 0]: nan_to_num as it comes
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.median(np.nan_to_num(results[p[0]][p[1]])))

# %% wrong [nan in the comparison]: nan sorted to the end, and compared
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.sort(results[p[0]][p[1]])[len(results[p[0]][p[1]]) // 2])

# %% wrong [not sorted]: the middle of the list
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.nan_to_num(results[p[0]][p[1]], nan=np.inf)[len(results[p[0]][p[1]]) // 2])

# %% wrong [the first seed]: of each
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.nan_to_num(results[p[0]][p[1]][0], nan=np.inf))

# %% wrong [starts too small]: from 1
def fair_winner(results):
    winner, best = None, 1.0
    for name, rates in results.items():
        for rate, losses in rates.items():
            median = np.median(np.nan_to_num(losses, nan=np.inf))
            if median < best:
                winner, best = (name, rate), median
    return winner

# %% wrong [one beside the middle]: counted from 1
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.sort(np.nan_to_num(results[p[0]][p[1]], nan=np.inf))[len(results[p[0]][p[1]]) // 2 - 1])

# %% wrong [always the third]: of five seeds the middle
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.sort(np.nan_to_num(results[p[0]][p[1]], nan=np.inf))[2])

# %% wrong [nan in the sort]: Python's sorted, nan left in
def fair_winner(results):
    winner, smallest = None, float("inf")
    for optimizer in results:
        for rate in results[optimizer]:
            losses = results[optimizer][rate]
            median = sorted(losses)[len(losses) // 2]
            if median < smallest:
                winner, smallest = (optimizer, rate), median
    return winner
