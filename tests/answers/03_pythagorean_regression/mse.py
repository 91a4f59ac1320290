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

# %% wrong [each with each]: as it stands
def mse(predicted, z):
    return np.mean((predicted - z) ** 2)

# %% wrong [each row's own mean]: along one axis
def mse(predicted, z):
    return np.mean((predicted - z) ** 2, axis=0)

# %% wrong [root]: RMSE
def mse(predicted, z):
    return np.sqrt(np.mean((predicted.ravel() - z) ** 2))

# %% wrong [sum]: not divided
def mse(predicted, z):
    return np.sum((predicted.ravel() - z) ** 2)

# %% wrong [distances]: absolute errors
def mse(predicted, z):
    return np.abs(predicted.ravel() - z).mean()

# %% wrong [square of the mean]: in the wrong order
def mse(predicted, z):
    return np.mean(predicted.ravel() - z) ** 2

# %% wrong [half]: with the factor of some books
def mse(predicted, z):
    return ((predicted.ravel() - z) ** 2).mean() / 2

# %% wrong [one for each row]: no mean
def mse(predicted, z):
    return (predicted.ravel() - z) ** 2

# %% wrong [a column only]: the first column
def mse(predicted, z):
    return np.mean((predicted[:, 0] - z) ** 2)
