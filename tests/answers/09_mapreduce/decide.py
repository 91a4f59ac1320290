"""Exercise `decide`: what students hand in."""

# %% right: sorted
def decide(tally):
    winner, *others = sorted(tally, key=tally.get, reverse=True)
    second = tally[others[0]] if others else 0
    return winner, (tally[winner] - second) / sum(tally.values())

# %% right: Counter
def decide(tally):
    top = Counter(tally).most_common(2) + [("nobody", 0)]
    return top[0][0], (top[0][1] - top[1][1]) / Counter(tally).total()

# %% right: a loop
def decide(tally):
    winner, first, second, total = None, 0, 0, 0
    for candidate, votes in tally.items():
        total += votes
        if votes > first:
            winner, first, second = candidate, votes, first
        elif votes > second:
            second = votes
    return [winner, (first - second) / total]

# %% right: max twice
def decide(tally):
    winner = max(tally, key=tally.get)
    rest = [votes for candidate, votes in tally.items() if candidate != winner]
    return winner, (tally[winner] - max(rest, default=0)) / sum(tally.values())

# %% right: NumPy and heapq
def decide(tally):
    import heapq

    two = heapq.nlargest(2, tally.values())
    margin = -np.diff([*two, 0][:2])[0] / np.sum(list(tally.values()))
    return max(tally, key=lambda candidate: tally[candidate]), margin

# %% right: reduce
def decide(tally):
    winner = reduce(lambda a, b: a if tally[a] >= tally[b] else b, tally)
    others = reduce(max, (tally[c] for c in tally if c != winner), 0)
    return winner, (tally[winner] - others) / reduce(add, tally.values())

# %% wrong [of two candidates]: two-party share
def decide(tally):
    ranking = sorted(tally.items(), key=lambda item: -item[1])
    a, b = ranking[0][1], ranking[1][1] if len(ranking) > 1 else 0
    return ranking[0][0], (a - b) / (a + b)

# %% repair: / (a + b) → / sum(tally.values())

# %% wrong [votes, not a share]: never divides
def decide(tally):
    votes = sorted(tally.values()) if len(tally) > 1 else [0, *tally.values()]
    return max(tally, key=tally.get), votes[-1] - votes[-2]

# %% repair: votes[-1] - votes[-2] → (votes[-1] - votes[-2]) / sum(votes)

# %% wrong [percent]: times 100
def decide(tally):
    votes = sorted([*tally.values(), 0])
    return max(tally, key=tally.get), 100 * (votes[-1] - votes[-2]) / sum(votes)

# %% repair: 100 * (votes → (votes

# %% wrong [winner's share]: no runner-up
def decide(tally):
    winner = max(tally, key=tally.get)
    return winner, tally[winner] / sum(tally.values())

# %% repair: tally[winner] / → (tally[winner] - sorted(tally.values())[-2]) /

# %% repair: sorted(tally.values()) → sorted([*tally.values(), 0])

# %% wrong [lead over the rest]: takes away all others
def decide(tally):
    winner = max(tally, key=tally.get)
    rest = sum(tally.values()) - tally[winner]
    return winner, (tally[winner] - rest) / sum(tally.values())

# %% repair: sum(tally.values()) - tally[winner] → sorted(tally.values())[-2]

# %% repair: sorted(tally.values()) → sorted([*tally.values(), 0])

# %% wrong [alphabet]: compares names
def decide(tally):
    votes = sorted([*tally.values(), 0])
    return max(tally), (votes[-1] - votes[-2]) / sum(votes)

# %% repair: max(tally) → max(tally, key=tally.get)

# %% wrong [alone, by number]: no runner-up to look at
def decide(tally):
    votes = sorted(tally.values(), reverse=True)
    return max(tally, key=tally.get), (votes[0] - votes[1]) / sum(votes)

# %% repair: sorted(tally.values(), reverse=True) → sorted([*tally.values(), 0], reverse=True)

# %% wrong [margin alone]: forgets the winner
def decide(tally):
    votes = sorted([*tally.values(), 0])
    return (votes[-1] - votes[-2]) / sum(votes)

# %% repair: return ( → return max(tally, key=tally.get), (

# %% wrong [loser]: sorts the wrong way
def decide(tally):
    votes = sorted([*tally.values(), 0])
    return min(tally, key=tally.get), (votes[-1] - votes[-2]) / sum(votes)

# %% repair: min(tally → max(tally

# %% wrong [alone]: two values unpacked
def decide(tally):
    first, second = sorted(tally.values(), reverse=True)[:2]
    return max(tally, key=tally.get), (first - second) / sum(tally.values())

# %% repair: sorted(tally.values(), reverse=True) → sorted([*tally.values(), 0], reverse=True)

# %% wrong [alone]: max of nobody
def decide(tally):
    winner = max(tally, key=tally.get)
    second = max(votes for candidate, votes in tally.items() if candidate != winner)
    return winner, (tally[winner] - second) / sum(tally.values())

# %% repair: max(votes for candidate, votes in tally.items() if candidate != winner) → max([0] + [votes for candidate, votes in tally.items() if candidate != winner])

# %% wrong [loser, and the margin with it]: min for max
def decide(tally):
    winner = min(tally, key=tally.get)
    rest = [votes for candidate, votes in tally.items() if candidate != winner]
    return winner, (tally[winner] - max(rest, default=0)) / sum(tally.values())

# %% repair: min( → max(

# %% wrong [sorted upwards]: without reverse
def decide(tally):
    winner, *others = sorted(tally, key=tally.get)
    second = tally[others[0]] if others else 0
    return winner, (tally[winner] - second) / sum(tally.values())

# %% repair: key=tally.get) → key=tally.get, reverse=True)

# %% wrong [alphabet, and the margin with it]: max of the names
def decide(tally):
    winner = max(tally)
    rest = [votes for candidate, votes in tally.items() if candidate != winner]
    return winner, (tally[winner] - max(rest, default=0)) / sum(tally.values())

# %% repair: max(tally) → max(tally, key=tally.get)

# %% wrong [sorted by name]: without key
def decide(tally):
    winner, *others = sorted(tally, reverse=True)
    second = tally[others[0]] if others else 0
    return winner, (tally[winner] - second) / sum(tally.values())

# %% repair: sorted(tally, → sorted(tally, key=tally.get,

# %% wrong [not sorted]: the dict as it is
def decide(tally):
    winner, *others = tally
    second = tally[others[0]] if others else 0
    return winner, (tally[winner] - second) / sum(tally.values())

# %% repair: others = tally → others = sorted(tally, key=tally.get)

# %% repair: key=tally.get) → key=tally.get, reverse=True)

# %% wrong [third instead of second]: counts from 1
def decide(tally):
    votes = sorted([*tally.values(), 0, 0], reverse=True)
    return max(tally, key=tally.get), (votes[0] - votes[2 if len(tally) > 2 else 1]) / sum(votes)

# %% repair: votes[2 if len(tally) > 2 else 1] → votes[1]

# %% wrong [runner-up]: the second name
def decide(tally):
    ranking = sorted(tally, key=tally.get)
    votes = sorted([*tally.values(), 0])
    return ranking[max(0, len(tally) - 2)], (votes[-1] - votes[-2]) / sum(votes)

# %% repair: max(0, len(tally) - 2) → -1

# %% wrong [of the winner's votes]: a share of the winner's votes
def decide(tally):
    names = sorted(tally, key=tally.get, reverse=True)
    votes = [tally[name] for name in names] + [0]
    return names[0], (votes[0] - votes[1]) / votes[0]

# %% repair: / votes[0] → / sum(votes)

# %% wrong [of the others' votes]: takes the winner out before it adds up
def decide(tally):
    rest = dict(tally)
    winner = max(rest, key=rest.get)
    first = rest.pop(winner)
    if not rest:
        return winner, 1.0
    return winner, (first - max(rest.values())) / sum(rest.values())

# %% repair: sum(rest.values()) → sum(tally.values())
