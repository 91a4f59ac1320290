"""Exercise `predict_rating`: what students hand in."""

# %% right: NumPy
def predict_rating(user, movie, users, movies, mean):
    if user in users and movie in movies:
        return np.clip(np.dot(users[user], movies[movie]), 1, 5)
    return mean

# %% right: a loop
def predict_rating(user, movie, users, movies, mean):
    if user not in users:
        return mean
    if movie not in movies:
        return mean
    guess = 0
    for i in range(len(users[user])):
        guess += users[user][i] * movies[movie][i]
    if guess < 1:
        return 1
    if guess > 5:
        return 5
    return guess

# %% right: asks for forgiveness
def predict_rating(user, movie, users, movies, mean):
    try:
        guess = np.array(users[user]) @ np.array(movies[movie])
    except KeyError:
        return mean
    return float(min(5, max(1, guess)))

# %% right: get
def predict_rating(user, movie, users, movies, mean):
    u, m = users.get(user), movies.get(movie)
    if u is None or m is None:
        return mean
    return sorted([1.0, sum(a * b for a, b in zip(u, m)), 5.0])[1]

# %% wrong [not clipped]: leaves the scale
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    return np.dot(users[user], movies[movie])

# %% repair: np.dot(users[user], movies[movie]) → np.clip(np.dot(users[user], movies[movie]), 1, 5)

# %% wrong [only the top]: min only
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    return min(5, np.dot(users[user], movies[movie]))

# %% repair: min(5, np.dot(users[user], movies[movie])) → max(1, min(5, np.dot(users[user], movies[movie])))

# %% wrong [only the bottom]: max only
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    return max(1, np.dot(users[user], movies[movie]))

# %% repair: max(1, np.dot(users[user], movies[movie])) → min(5, max(1, np.dot(users[user], movies[movie])))

# %% wrong [starts at 0]: 0 to 5
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    return np.clip(np.dot(users[user], movies[movie]), 0, 5)

# %% repair: , 0, 5) → , 1, 5)

# %% wrong [unknown]: no look
def predict_rating(user, movie, users, movies, mean):
    return np.clip(np.dot(users[user], movies[movie]), 1, 5)

# %% repair
def predict_rating(user, movie, users, movies, mean):
    if user not in users:
        return mean
    if movie not in movies:
        return mean
    return np.clip(np.dot(users[user], movies[movie]), 1, 5)

# %% wrong [unknown gives None]: get without a look
def predict_rating(user, movie, users, movies, mean):
    return min(5, max(1, sum(a * b for a, b in zip(users.get(user), movies.get(movie)))))

# %% repair
def predict_rating(user, movie, users, movies, mean):
    if users.get(user) is None or movies.get(movie) is None:
        return mean
    return min(5, max(1, sum(a * b for a, b in zip(users.get(user), movies.get(movie)))))

# %% wrong [unknown gets 0]: zero
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return 0
    return np.clip(np.dot(users[user], movies[movie]), 1, 5)

# %% repair: return 0 → return mean

# %% wrong [unknown gets 1]: zero factors, then clipped
def predict_rating(user, movie, users, movies, mean):
    return np.clip(np.dot(users.get(user, [0, 0]), movies.get(movie, [0, 0])), 1, 5)

# %% repair
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    return np.clip(np.dot(users.get(user, [0, 0]), movies.get(movie, [0, 0])), 1, 5)

# %% wrong [products not added]: elementwise
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    return [a * b for a, b in zip(users[user], movies[movie])]

# %% repair: [a * b for a, b in zip(users[user], movies[movie])] → sum(a * b for a, b in zip(users[user], movies[movie]))

# %% repair: sum(a * b for a, b in zip(users[user], movies[movie])) → min(5, max(1, sum(a * b for a, b in zip(users[user], movies[movie]))))

# %% wrong [factors added]: sums
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    return min(5, max(1, sum(users[user]) + sum(movies[movie])))

# %% repair: sum(users[user]) + sum(movies[movie]) → sum(a * b for a, b in zip(users[user], movies[movie]))

# %% wrong [number 0]: user 0 counts as unknown
def predict_rating(user, movie, users, movies, mean):
    if not (user and movie):
        return mean
    if user not in users or movie not in movies:
        return mean
    return np.clip(np.dot(users[user], movies[movie]), 1, 5)

# %% repair
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    return np.clip(np.dot(users[user], movies[movie]), 1, 5)

# %% wrong [another end of the scale]: 0 for 1
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    u, m = users[user], movies[movie]
    guess = np.dot(u, m)
    return 0 if guess < 1 else min(5, guess)

# %% repair: return 0 if → return 1 if

# %% wrong [two factors only]: as many as in the example
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    u, m = users[user], movies[movie]
    guess = u[0] * m[0] + u[1] * m[1]
    return min(5, max(1, guess))

# %% repair: u[0] * m[0] + u[1] * m[1] → sum(a * b for a, b in zip(u, m))

# %% wrong [first factors only]: no sum
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    u, m = users[user], movies[movie]
    guess = u[0] * m[0]
    return min(5, max(1, guess))

# %% repair: u[0] * m[0] → sum(a * b for a, b in zip(u, m))

# %% wrong [last factors only]: = instead of +=
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    for a, b in zip(users[user], movies[movie]):
        guess = a * b
    return min(5, max(1, guess))

# %% repair
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    u, m = users[user], movies[movie]
    guess = 0
    for a, b in zip(users[user], movies[movie]):
        guess += a * b
    return min(5, max(1, guess))

# %% wrong [mean of the products]: mean for sum
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    u, m = users[user], movies[movie]
    guess = np.mean(np.multiply(u, m))
    return min(5, max(1, guess))

# %% repair: np.mean → np.sum

# %% wrong [another end of the scale]: clips at 4
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    u, m = users[user], movies[movie]
    guess = np.dot(u, m)
    return min(4, max(1, guess))

# %% repair: min(4 → min(5

# %% wrong [another end of the scale]: clips at 6
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    u, m = users[user], movies[movie]
    return np.clip(np.dot(u, m), 1, 6)

# %% repair: 1, 6 → 1, 5

# %% wrong [ends exchanged]: the wrong way
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    u, m = users[user], movies[movie]
    guess = np.dot(u, m)
    return 5 if guess < 1 else 1 if guess > 5 else guess

# %% repair: 5 if guess < 1 else 1 if guess > 5 → 1 if guess < 1 else 5 if guess > 5

# %% wrong [film not used]: the user alone
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    u, m = users[user], movies[movie]
    guess = sum(u)
    return min(5, max(1, guess))

# %% repair: sum(u) → sum(a * b for a, b in zip(u, m))

# %% wrong [user not used]: the film alone
def predict_rating(user, movie, users, movies, mean):
    if user not in users or movie not in movies:
        return mean
    u, m = users[user], movies[movie]
    guess = sum(m)
    return min(5, max(1, guess))

# %% repair: sum(m) → sum(a * b for a, b in zip(u, m))
