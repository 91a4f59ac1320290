"""Exercise `split_shards`: what students hand in."""

# %% right: array_split
def split_shards(rows, workers):
    ends = np.cumsum([0] + [len(part) for part in np.array_split(np.arange(rows), workers)])
    return list(zip(ends[:-1].tolist(), ends[1:].tolist()))

# %% right: a loop
def split_shards(rows, workers):
    shards, first = [], 0
    for worker in range(workers):
        last = first + rows // workers + (1 if worker < rows % workers else 0)
        shards.append((first, last))
        first = last
    return shards

# %% right: a formula, lists
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    return [[i * size + min(i, rest), (i + 1) * size + min(i + 1, rest)] for i in range(workers)]

# %% right: what is left is shared by who is left
def split_shards(rows, workers):
    shards, first = (), 0
    for left in range(workers, 0, -1):
        last = first - (-(rows - first) // left)
        shards, first = (*shards, (first, last)), last
    return shards

# %% wrong [rows lost]: floor division
def split_shards(rows, workers):
    size = rows // workers
    return [(i * size, (i + 1) * size) for i in range(workers)]

# %% repair: the first ones are longer
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    shards, first = [], 0
    for i in range(workers):
        last = first + size + (i < rest)
        shards.append((first, last))
        first = last
    return shards

# %% wrong [last takes the rest]: the end patched
def split_shards(rows, workers):
    size = rows // workers
    return [(i * size, rows if i == workers - 1 else (i + 1) * size) for i in range(workers)]

# %% repair: the first ones are longer
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    shards, first = [], 0
    for i in range(workers):
        last = first + size + (i < rest)
        shards.append((first, last))
        first = last
    return shards

# %% wrong [rounded up, fewer shards]: ceil
def split_shards(rows, workers):
    size = int(np.ceil(rows / workers))
    return [(first, min(first + size, rows)) for first in range(0, rows, size)]

# %% repair: rounded down
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    shards, first = [], 0
    for i in range(workers):
        last = first + size + (i < rest)
        shards.append((first, last))
        first = last
    return shards

# %% wrong [last row included]: inclusive ends
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    return [(i * size + min(i, rest), (i + 1) * size + min(i + 1, rest) - 1) for i in range(workers)]

# %% repair: min(i + 1, rest) - 1) → min(i + 1, rest))

# %% wrong [sizes]: sizes only
def split_shards(rows, workers):
    return [len(part) for part in np.array_split(np.arange(rows), workers)]

# %% repair: running sums
def split_shards(rows, workers):
    shards, first = [], 0
    for part in np.array_split(np.arange(rows), workers):
        shards.append((first, first + len(part)))
        first += len(part)
    return shards

# %% wrong [longer ones last]: proportional ends
def split_shards(rows, workers):
    return [(i * rows // workers, (i + 1) * rows // workers) for i in range(workers)]

# %% repair: the longer ones first
def split_shards(rows, workers):
    sizes = sorted([(i + 1) * rows // workers - i * rows // workers for i in range(workers)], reverse=True)
    return [(sum(sizes[:i]), sum(sizes[: i + 1])) for i in range(workers)]

# %% wrong [rounded up]: ceil for each worker
def split_shards(rows, workers):
    size = -(-rows // workers)
    return [(min(i * size, rows), min((i + 1) * size, rows)) for i in range(workers)]

# %% repair: rounded down
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    shards, first = [], 0
    for i in range(workers):
        last = first + size + (i < rest)
        shards.append((first, last))
        first = last
    return shards

# %% wrong [an index out of range]: looks at its first row
def split_shards(rows, workers):
    parts = np.array_split(np.arange(rows), workers)
    return [(int(part[0]), int(part[-1]) + 1) for part in parts]

# %% repair: for part in parts] → for part in parts if len(part)]

# %% repair: (int(part[0]), int(part[-1]) + 1) for part in parts if len(part)] → (int(part[0]), int(part[-1]) + 1) if len(part) else (rows, rows) for part in parts]

# %% wrong [empty shards lost]: leaves them out
def split_shards(rows, workers):
    parts = [part for part in np.array_split(np.arange(rows), workers) if len(part)]
    return [(int(part[0]), int(part[-1]) + 1) for part in parts]

# %% repair
def split_shards(rows, workers):
    parts = [part for part in np.array_split(np.arange(rows), workers)]
    return [(int(part[0]), int(part[-1]) + 1) if len(part) else (rows, rows) for part in parts]

# %% wrong [first and length]: as in SQL's LIMIT
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    return [(i * size + min(i, rest), size + (i < rest)) for i in range(workers)]

# %% repair: size + (i < rest)) → (i + 1) * size + min(i + 1, rest))

# %% wrong [counted from 1]: rows 1 to 10
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    return [(i * size + min(i, rest) + 1, (i + 1) * size + min(i + 1, rest) + 1) for i in range(workers)]

# %% repair
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    return [(i * size + min(i, rest), (i + 1) * size + min(i + 1, rest)) for i in range(workers)]

# %% wrong [ends swapped]: last, first
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    return [((i + 1) * size + min(i + 1, rest), i * size + min(i, rest)) for i in range(workers)]

# %% repair
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    return [(i * size + min(i, rest), (i + 1) * size + min(i + 1, rest)) for i in range(workers)]

# %% wrong [gaps]: the rest is jumped over
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    return [(i * (size + 2), i * (size + 2) + size) for i in range(workers)]

# %% repair: (i * (size + 2), i * (size + 2) + size) → (i * size, i * size + size)

# %% repair: the first ones are longer
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    shards, first = [], 0
    for i in range(workers):
        last = first + size + (i < rest)
        shards.append((first, last))
        first = last
    return shards

# %% wrong [overlap]: each begins at 0
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    return [(0, size + (i < rest)) for i in range(workers)]

# %% repair
def split_shards(rows, workers):
    size, rest = divmod(rows, workers)
    shards, first = [], 0
    for i in range(workers):
        last = first + size + (i < rest)
        shards.append((first, last))
        first = last
    return shards

# %% wrong [rows in full]: the rows of each shard
def split_shards(rows, workers):
    return [list(part) for part in np.array_split(np.arange(rows), workers)]

# %% repair: their ends
def split_shards(rows, workers):
    shards, first = [], 0
    for part in np.array_split(np.arange(rows), workers):
        shards.append((first, first + len(part)))
        first += len(part)
    return shards

# %% wrong [fractions of rows]: divided with /
def split_shards(rows, workers):
    size = rows / workers
    return [(i * size, (i + 1) * size) for i in range(workers)]

# %% repair: whole numbers
def split_shards(rows, workers):
    size, more = rows // workers, rows % workers
    edges = [i * size + min(i, more) for i in range(workers + 1)]
    return [(edges[i], edges[i + 1]) for i in range(workers)]
