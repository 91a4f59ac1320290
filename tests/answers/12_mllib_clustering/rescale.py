"""Exercise `rescale`: what students hand in."""

# %% right: where
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return (new - train.mean(axis=0)) / np.where(deviation > 0, deviation, 1)

# %% right: column by column
def rescale(new, train):
    scaled = np.zeros(new.shape)
    for j in range(new.shape[1]):
        deviation = np.std(train[:, j], ddof=1)
        if deviation == 0:
            deviation = 1
        scaled[:, j] = (new[:, j] - train[:, j].mean()) / deviation
    return scaled

# %% right: the formula, returns lists
def rescale(new, train):
    n = len(train)
    mean = train.sum(axis=0) / n
    deviation = np.sqrt(((train - mean) ** 2).sum(axis=0) / (n - 1))
    deviation[deviation == 0] = 1
    return ((new - mean) / deviation).tolist()

# %% right: pandas
def rescale(new, train):
    import pandas as pd

    old = pd.DataFrame(train)
    return ((pd.DataFrame(new) - old.mean()) / old.std().replace(0, 1)).to_numpy()


# %% right: a column never changes where its lowest is its highest
def rescale(new, train):
    changes = train.max(axis=0) > train.min(axis=0)
    return (new - train.mean(axis=0)) / np.where(changes, train.std(axis=0, ddof=1), 1)


# %% wrong [the colleague's code]: unchanged
def rescale(new, train):
    return (new - new.mean()) / new.std()

# %% repair
def rescale(new, train):
    return (new - train.mean(axis=0)) / train.std(axis=0)

# %% repair: train.std(axis=0) → train.std(axis=0, ddof=1)

# %% repair
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    deviation[deviation == 0] = 1
    return (new - train.mean(axis=0)) / deviation

# %% wrong [scaled by itself]: axis and ddof right, data wrong
def rescale(new, train):
    deviation = new.std(axis=0, ddof=1)
    return (new - new.mean(axis=0)) / np.where(deviation == 0, 1, deviation)

# %% repair
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return (new - train.mean(axis=0)) / np.where(deviation == 0, 1, deviation)

# %% wrong [scaled by itself, n below]: only the axis mended
def rescale(new, train):
    deviation = new.std(axis=0)
    return (new - new.mean(axis=0)) / np.where(deviation == 0, 1, deviation)

# %% repair
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return (new - train.mean(axis=0)) / np.where(deviation == 0, 1, deviation)

# %% wrong [one mean for all]: no axis
def rescale(new, train):
    return (new - train.mean()) / train.std(ddof=1)

# %% repair
def rescale(new, train):
    return (new - train.mean(axis=0)) / train.std(axis=0, ddof=1)

# %% repair
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return (new - train.mean(axis=0)) / np.where(deviation == 0, 1, deviation)

# %% wrong [one mean for all, n below]: only train put in
def rescale(new, train):
    return (new - train.mean()) / train.std()

# %% repair
def rescale(new, train):
    return (new - train.mean(axis=0)) / train.std(axis=0)

# %% repair: std(axis=0) → std(axis=0, ddof=1)

# %% repair
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return (new - train.mean(axis=0)) / np.where(deviation == 0, 1, deviation)

# %% wrong [one deviation, a mean for each column, n below]: only the mean for each column
def rescale(new, train):
    return (new - train.mean(axis=0)) / train.std()

# %% repair: std() → std(axis=0)

# %% repair: std(axis=0) → std(axis=0, ddof=1)

# %% repair
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return (new - train.mean(axis=0)) / np.where(deviation == 0, 1, deviation)

# %% wrong [n below the line]: no ddof
def rescale(new, train):
    deviation = train.std(axis=0)
    return (new - train.mean(axis=0)) / np.where(deviation == 0, 1, deviation)

# %% repair: std(axis=0) → std(axis=0, ddof=1)

# %% wrong [not centred]: divides only
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return new / np.where(deviation == 0, 1, deviation)

# %% repair: return new → return (new - train.mean(axis=0))

# %% wrong [variance]: var for std
def rescale(new, train):
    variance = train.var(axis=0, ddof=1)
    return (new - train.mean(axis=0)) / np.where(variance == 0, 1, variance)

# %% repair: train.var(axis=0, ddof=1) → np.sqrt(train.var(axis=0, ddof=1))

# %% wrong [constant column]: divides by 0
def rescale(new, train):
    return (new - train.mean(axis=0)) / train.std(axis=0, ddof=1)

# %% repair
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    deviation[deviation == 0] = 1
    return (new - train.mean(axis=0)) / deviation

# %% wrong [constant column to 0]: zeros
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    scaled = (new - train.mean(axis=0)) / np.where(deviation == 0, 1, deviation)
    scaled[:, deviation == 0] = 0
    return scaled

# %% repair: scaled[:, deviation == 0] = 0 →

# %% wrong [mean added]: plus
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return (new + train.mean(axis=0)) / np.where(deviation == 0, 1, deviation)

# %% repair: new + → new -

# %% wrong [sum taken away]: sum for mean
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return (new - train.sum(axis=0)) / np.where(deviation == 0, 1, deviation)

# %% repair: train.sum → train.mean

# %% wrong [one mean, a deviation for each column]: axis in one place
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return (new - train.mean()) / np.where(deviation == 0, 1, deviation)

# %% repair: train.mean() → train.mean(axis=0)

# %% wrong [one deviation, a mean for each column]: axis in the other place
def rescale(new, train):
    deviation = train.std(ddof=1)
    return (new - train.mean(axis=0)) / deviation

# %% repair: std(ddof=1) → std(axis=0, ddof=1)

# %% repair: / deviation → / np.where(deviation == 0, 1, deviation)

# %% wrong [train scaled]: train for new
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return (train - train.mean(axis=0)) / np.where(deviation == 0, 1, deviation)

# %% repair: return (train → return (new

# %% wrong [centred only]: not divided
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return new - train.mean(axis=0)

# %% repair: return new - train.mean(axis=0) → return (new - train.mean(axis=0)) / deviation

# %% repair: / deviation → / np.where(deviation == 0, 1, deviation)

# %% wrong [whole numbers]: a copy of whole numbers
def rescale(new, train):
    scaled = new.copy()
    for j in range(new.shape[1]):
        deviation = train[:, j].std(ddof=1)
        scaled[:, j] = (new[:, j] - train[:, j].mean()) / (deviation if deviation else 1)
    return scaled

# %% repair: new.copy() → np.zeros(new.shape)

# %% wrong [small deviations left out]: at least 1
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return (new - train.mean(axis=0)) / np.maximum(deviation, 1)

# %% repair: np.maximum(deviation, 1) → np.where(deviation == 0, 1, deviation)

# %% wrong [multiplied]: times for divided
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return (new - train.mean(axis=0)) * np.where(deviation == 0, 1, deviation)

# %% repair: ) * np → ) / np

# %% wrong [rounded down]: whole numbers only
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    return (new - train.mean(axis=0)) // np.where(deviation == 0, 1, deviation)

# %% repair: // → /

# %% wrong [brackets]: the brackets are forgotten
def rescale(new, train):
    deviation = train.std(axis=0, ddof=1)
    deviation[deviation == 0] = 1
    return new - train.mean(axis=0) / deviation

# %% repair: new - train.mean(axis=0) / deviation → (new - train.mean(axis=0)) / deviation

# %% wrong [constant column as it was]: only the columns that change
def rescale(new, train):
    mean, deviation = train.mean(axis=0), train.std(axis=0, ddof=1)
    scaled = np.array(new, dtype=float)
    for column in range(train.shape[1]):
        if deviation[column] > 0:
            scaled[:, column] = (new[:, column] - mean[column]) / deviation[column]
    return scaled

# %% repair: the division alone is left out
def rescale(new, train):
    mean, deviation = train.mean(axis=0), train.std(axis=0, ddof=1)
    scaled = np.array(new, dtype=float) - mean
    for column in range(train.shape[1]):
        if deviation[column] > 0:
            scaled[:, column] = scaled[:, column] / deviation[column]
    return scaled
