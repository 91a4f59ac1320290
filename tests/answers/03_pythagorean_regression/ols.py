"""Exercise `ols`: what students hand in."""

# %% right: normal equations
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return np.linalg.solve(A.T @ A, A.T @ z)

# %% right: lstsq
def ols(features, z):
    A = np.c_[np.ones(len(z)), features]
    beta, _, _, _ = np.linalg.lstsq(A, z, rcond=None)
    return beta

# %% right: the inverse, as a list
def ols(features, z):
    A = np.hstack([np.ones((features.shape[0], 1)), features])
    return list(np.linalg.inv(A.T.dot(A)).dot(A.T).dot(z))

# %% right: scikit-learn
def ols(features, z):
    fit = LinearRegression().fit(features, z)
    return np.concatenate([[fit.intercept_], fit.coef_])

# %% right: pinv
def ols(features, z):
    return np.linalg.pinv(np.insert(features, 0, 1, axis=1)) @ z

# %% wrong [no intercept]: features only
def ols(features, z):
    return np.linalg.solve(features.T @ features, features.T @ z)

# %% wrong [intercept last]: ones behind
def ols(features, z):
    A = np.column_stack([features, np.ones(len(features))])
    return np.linalg.solve(A.T @ A, A.T @ z)

# %% wrong [predictions]: one step too far
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return A @ np.linalg.solve(A.T @ A, A.T @ z)

# %% wrong [slopes only]: coef_
def ols(features, z):
    return LinearRegression().fit(features, z).coef_

# %% wrong [lstsq gives four things]: all of them
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return np.linalg.lstsq(A, z, rcond=None)

# %% wrong [inverse forgotten]: half the equation
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return A.T @ z

# %% wrong [elementwise product]: star for at
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return np.linalg.inv(A.T * A) @ A.T @ z

# %% wrong [not square]: solve without transposing
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return np.linalg.solve(A, z)

# %% wrong [a column]: z as a column
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return np.linalg.solve(A.T @ A, A.T @ z.reshape(-1, 1))

# %% wrong [shapes of a product]: A and its transpose swapped
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return np.linalg.solve(A @ A.T, A.T @ z)

# %% wrong [a row for a matrix]: the arguments of solve swapped
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return np.linalg.solve(A.T @ z, A.T @ A)

# %% wrong [columns that depend on each other]: ones on both sides
def ols(features, z):
    one = np.ones(len(features))
    A = np.column_stack([one, features, one])
    return np.linalg.inv(A.T @ A) @ A.T @ z

# %% wrong [zeros for ones]: the wrong column
def ols(features, z):
    A = np.column_stack([np.zeros(len(features)), features])
    return np.linalg.lstsq(A, z, rcond=None)[0]

# %% wrong [a fixed number of features]: two of them
def ols(features, z):
    A = np.column_stack([np.ones(len(z)), features[:, 0], features[:, 1]])
    return np.linalg.solve(A.T @ A, A.T @ z)

# %% wrong [one feature only]: a line
def ols(features, z):
    slope, intercept = np.polyfit(features[:, 0], z, 1)
    return np.array([intercept, slope])
