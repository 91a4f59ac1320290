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

# %% repair: np.nanmin → np.median

# %% wrong [mean]: means, nan infinite
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.mean(np.nan_to_num(results[p[0]][p[1]], nan=np.inf)))

# %% repair: np.mean → np.median

# %% wrong [diverged runs left out]: nanmedian
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.nan_to_num(np.nanmedian(results[p[0]][p[1]]), nan=np.inf))

# %% repair: np.nan_to_num(np.nanmedian(results[p[0]][p[1]]), nan=np.inf) → np.median(np.nan_to_num(results[p[0]][p[1]], nan=np.inf))

# %% wrong [mean of those that ended]: nanmean
def fair_winner(results):
    best, best_pair = 1e9, None
    for name, rates in results.items():
        for rate, losses in rates.items():
            mean = np.nanmean(losses)
            if mean < best:
                best, best_pair = mean, (name, rate)
    return best_pair

# %% repair: np.nanmean(losses) → np.median([np.inf if np.isnan(loss) else loss for loss in losses])

# %% wrong [nan disqualifies]: nan in the median
def fair_winner(results):
    best, best_pair = float("inf"), None
    for name, rates in results.items():
        for rate, losses in rates.items():
            median = np.median(losses)
            if median < best:
                best, best_pair = median, (name, rate)
    return best_pair

# %% repair: np.median(losses) → np.median(np.where(np.isnan(losses), np.inf, losses))

# %% wrong [the worst]: the largest
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return max(pairs, key=lambda p: np.median(np.nan_to_num(results[p[0]][p[1]], nan=np.inf)))

# %% repair: max(pairs → min(pairs

# %% wrong [worst seed]: the safest choice
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.max(np.nan_to_num(results[p[0]][p[1]], nan=np.inf)))

# %% repair: np.max → np.median

# %% wrong [swapped]: rate first
def fair_winner(results):
    pairs = [(rate, name) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.median(np.nan_to_num(results[p[1]][p[0]], nan=np.inf)))

# %% repair: nan=np.inf))) → nan=np.inf)))[::-1]

# %% wrong [only the name]: no rate
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.median(np.nan_to_num(results[p[0]][p[1]], nan=np.inf)))[0]

# %% repair: )))[0] → )))

# %% wrong [first rate of each]: defaults only
def fair_winner(results):
    first = {name: next(iter(rates)) for name, rates in results.items()}
    name = min(first, key=lambda n: np.median(np.nan_to_num(results[n][first[n]], nan=np.inf)))
    return name, first[name]

# %% repair
def fair_winner(results):
    pairs = [(name, rate) for name, rates in results.items() for rate in rates]
    return min(pairs, key=lambda p: np.median(np.nan_to_num(results[p[0]][p[1]], nan=np.inf)))

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

# %% repair: loss for loss in losses if loss == loss → loss if loss == loss else float("inf") for loss in losses

# %% wrong [nan counts as 0]: nan_to_num as it comes
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.median(np.nan_to_num(results[p[0]][p[1]])))

# %% repair: np.nan_to_num(results[p[0]][p[1]]) → np.nan_to_num(results[p[0]][p[1]], nan=np.inf)

# %% wrong [nan in the comparison]: nan sorted to the end, and compared
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.sort(results[p[0]][p[1]])[len(results[p[0]][p[1]]) // 2])

# %% repair: np.sort(results[p[0]][p[1]]) → np.sort(np.nan_to_num(results[p[0]][p[1]], nan=np.inf))

# %% wrong [not sorted]: the middle of the list
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.nan_to_num(results[p[0]][p[1]], nan=np.inf)[len(results[p[0]][p[1]]) // 2])

# %% repair: np.nan_to_num(results[p[0]][p[1]], nan=np.inf)[ → np.sort(np.nan_to_num(results[p[0]][p[1]], nan=np.inf))[

# %% wrong [the first seed]: of each
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.nan_to_num(results[p[0]][p[1]][0], nan=np.inf))

# %% repair: np.nan_to_num(results[p[0]][p[1]][0], nan=np.inf) → np.median(np.nan_to_num(results[p[0]][p[1]], nan=np.inf))

# %% wrong [starts too small]: from 1
def fair_winner(results):
    winner, best = None, 1.0
    for name, rates in results.items():
        for rate, losses in rates.items():
            median = np.median(np.nan_to_num(losses, nan=np.inf))
            if median < best:
                winner, best = (name, rate), median
    return winner

# %% repair: None, 1.0 → None, float("inf")

# %% wrong [one beside the middle]: counted from 1
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.sort(np.nan_to_num(results[p[0]][p[1]], nan=np.inf))[len(results[p[0]][p[1]]) // 2 - 1])

# %% repair: // 2 - 1 → // 2

# %% wrong [always the third]: of five seeds the middle
def fair_winner(results):
    pairs = [(name, rate) for name in results for rate in results[name]]
    return min(pairs, key=lambda p: np.sort(np.nan_to_num(results[p[0]][p[1]], nan=np.inf))[2])

# %% repair: nan=np.inf))[2] → nan=np.inf))[len(results[p[0]][p[1]]) // 2]

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

# %% repair: results[optimizer][rate] → [np.inf if np.isnan(loss) else loss for loss in results[optimizer][rate]]
