"""Exercise `mse`: what students hand in."""

# %% right: ravel
def mse(predicted, z):
    return np.mean((np.ravel(predicted) - z) ** 2)

# %% right: reshape the other way
def mse(predicted, z):
    return float(np.mean((predicted.reshape(-1, 1) - z.reshape(-1, 1)) ** 2))

# %% right: scikit-learn
def mse(predicted, z):
    return mean_squared_error(z, predicted)

# %% right: a loop
def mse(predicted, z):
    total = 0.0
    for p, target in zip(predicted.flatten(), z):
        total += (p - target) ** 2
    return total / len(z)

# %% right: float32 and a dot product
def mse(predicted, z):
    d = (predicted.reshape(len(z)) - z).astype("float32")
    return d @ d / d.size

# %% wrong [every prediction meets every target]: as it stands
def mse(predicted, z):
    return np.mean((predicted - z) ** 2)

# %% repair: predicted - z) → predicted.ravel() - z)

# %% wrong [each row's own mean]: along one axis
def mse(predicted, z):
    return np.mean((predicted - z) ** 2, axis=0)

# %% repair: predicted - z) → predicted.ravel() - z)

# %% wrong [root]: RMSE
def mse(predicted, z):
    return np.sqrt(np.mean((predicted.ravel() - z) ** 2))

# %% repair: np.sqrt(np.mean((predicted.ravel() - z) ** 2)) → np.mean((predicted.ravel() - z) ** 2)

# %% wrong [sum]: not divided
def mse(predicted, z):
    return np.sum((predicted.ravel() - z) ** 2)

# %% repair: np.sum → np.mean

# %% wrong [distances]: absolute errors
def mse(predicted, z):
    return np.abs(predicted.ravel() - z).mean()

# %% repair: np.abs(predicted.ravel() - z).mean() → (np.abs(predicted.ravel() - z) ** 2).mean()

# %% wrong [square of the mean]: in the wrong order
def mse(predicted, z):
    return np.mean(predicted.ravel() - z) ** 2

# %% repair: np.mean(predicted.ravel() - z) ** 2 → np.mean((predicted.ravel() - z) ** 2)

# %% wrong [half]: with the factor of some books
def mse(predicted, z):
    return ((predicted.ravel() - z) ** 2).mean() / 2

# %% repair: .mean() / 2 → .mean()

# %% wrong [one for each row]: no mean
def mse(predicted, z):
    return (predicted.ravel() - z) ** 2

# %% repair: (predicted.ravel() - z) ** 2 → np.mean((predicted.ravel() - z) ** 2)

# %% wrong [a column only]: the first column
def mse(predicted, z):
    return np.mean((predicted[:, 0] - z) ** 2)

# %% repair: predicted[:, 0] → predicted.reshape(-1)

# %% wrong [a column beside a row]: only one of the two reshaped
def mse(predicted, z):
    return np.mean((predicted.reshape(-1, 1) - z) ** 2)

# %% repair: reshape(-1, 1) → reshape(-1)

# %% wrong [targets as a column]: right for Keras alone
def mse(predicted, z):
    return np.mean((predicted - z[:, None]) ** 2)

# %% repair: z[:, None] → z.reshape(predicted.shape)

# %% wrong [doubled]: one star too few
def mse(predicted, z):
    return np.mean((predicted.ravel() - z) * 2)

# %% repair: * 2) → ** 2)

# %% wrong [not squared]: the mean of the differences
def mse(predicted, z):
    return np.mean(predicted.ravel() - z)

# %% repair: np.mean(predicted.ravel() - z) → np.mean((predicted.ravel() - z) ** 2)

# %% wrong [plus]: added
def mse(predicted, z):
    return np.mean((predicted.ravel() + z) ** 2)

# %% repair: + z → - z

# %% wrong [without the targets]: a mean square
def mse(predicted, z):
    return np.mean(predicted**2)

# %% repair: predicted**2 → (predicted - z) ** 2

# %% repair: predicted - z → predicted.ravel() - z

# %% wrong [without the predictions]: the other one
def mse(predicted, z):
    return np.mean(z**2)

# %% repair: z**2 → (predicted - z) ** 2

# %% repair: predicted - z → predicted.ravel() - z

# %% wrong [a power of two]: the wrong way round
def mse(predicted, z):
    return np.mean(2 ** (predicted.ravel() - z))

# %% repair: 2 ** (predicted.ravel() - z) → (predicted.ravel() - z) ** 2

# %% wrong [only the last row]: not added up
def mse(predicted, z):
    for p, target in zip(predicted.ravel(), z):
        total = (p - target) ** 2
    return total / len(z)

# %% repair
def mse(predicted, z):
    total = 0
    for p, target in zip(predicted.ravel(), z):
        total += (p - target) ** 2
    return total / len(z)

# %% wrong [wrong shape]: an array that holds the number
def mse(predicted, z):
    return np.array([np.mean((predicted.ravel() - z) ** 2)])

# %% repair: np.array([np.mean((predicted.ravel() - z) ** 2)]) → np.mean((predicted.ravel() - z) ** 2)

# %% right: in place, in what it is given
def mse(predicted, z):
    d = predicted.reshape(-1)
    d -= z
    d **= 2
    return d.mean()

# %% wrong [divided by n − 1]: as for a sample
def mse(predicted, z):
    return np.sum((predicted.ravel() - z) ** 2) / (len(z) - 1)

# %% repair: (len(z) - 1) → len(z)

# %% wrong [the variance of the errors]: np.var
def mse(predicted, z):
    return np.var(predicted.ravel() - z)

# %% repair: np.var(predicted.ravel() - z) → np.mean((predicted.ravel() - z) ** 2)

