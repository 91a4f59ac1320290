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

# %% repair
def ols(features, z):
    features = np.column_stack([np.ones(len(features)), features])
    return np.linalg.solve(features.T @ features, features.T @ z)

# %% wrong [intercept last]: ones behind
def ols(features, z):
    A = np.column_stack([features, np.ones(len(features))])
    return np.linalg.solve(A.T @ A, A.T @ z)

# %% repair: [features, np.ones(len(features))] → [np.ones(len(features)), features]

# %% wrong [predictions]: one step too far
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return A @ np.linalg.solve(A.T @ A, A.T @ z)

# %% repair: return A @ → return

# %% wrong [slopes only]: coef_
def ols(features, z):
    return LinearRegression().fit(features, z).coef_

# %% repair
def ols(features, z):
    model = LinearRegression().fit(features, z)
    return np.append(model.intercept_, model.coef_)

# %% wrong [lstsq gives four things]: all of them
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return np.linalg.lstsq(A, z, rcond=None)

# %% repair: rcond=None) → rcond=None)[0]

# %% wrong [inverse forgotten]: half the equation
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return A.T @ z

# %% repair: return A.T @ z → return np.linalg.solve(A.T @ A, A.T @ z)

# %% wrong [elementwise product]: star for at
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return np.linalg.inv(A.T * A) @ A.T @ z

# %% repair: A.T * A → A.T @ A

# %% wrong [not square]: solve without transposing
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return np.linalg.solve(A, z)

# %% repair: solve(A, z) → solve(A.T @ A, z)

# %% repair: A, z) → A, A.T @ z)

# %% wrong [a column]: z as a column
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return np.linalg.solve(A.T @ A, A.T @ z.reshape(-1, 1))

# %% repair: z.reshape(-1, 1)) → z.reshape(-1, 1)).ravel()

# %% wrong [shapes of a product]: A and its transpose swapped
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return np.linalg.solve(A @ A.T, A.T @ z)

# %% repair: A @ A.T → A.T @ A

# %% wrong [a row for a matrix]: the arguments of solve swapped
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return np.linalg.solve(A.T @ z, A.T @ A)

# %% repair: A.T @ z, A.T @ A → A.T @ A, A.T @ z

# %% wrong [columns that depend on each other]: ones on both sides
def ols(features, z):
    one = np.ones(len(features))
    A = np.column_stack([one, features, one])
    return np.linalg.inv(A.T @ A) @ A.T @ z

# %% repair: features, one] → features]

# %% wrong [zeros for ones]: the wrong column
def ols(features, z):
    A = np.column_stack([np.zeros(len(features)), features])
    return np.linalg.lstsq(A, z, rcond=None)[0]

# %% repair: np.zeros → np.ones

# %% wrong [a fixed number of features]: two of them
def ols(features, z):
    A = np.column_stack([np.ones(len(z)), features[:, 0], features[:, 1]])
    return np.linalg.solve(A.T @ A, A.T @ z)

# %% repair: features[:, 0], features[:, 1]] → features]

# %% wrong [one feature only]: a line
def ols(features, z):
    slope, intercept = np.polyfit(features[:, 0], z, 1)
    return np.array([intercept, slope])

# %% repair
def ols(features, z):
    A = np.column_stack([np.ones(len(features)), features])
    return np.linalg.solve(A.T @ A, A.T @ z)
