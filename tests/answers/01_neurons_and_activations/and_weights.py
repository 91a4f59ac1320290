"""Exercise `and_weights`: what students hand in."""

# %% right: half-way, steep
def and_weights():
    return 20, 20, -30

# %% right: steeper, unequal weights
def and_weights():
    w1 = 60.0
    w2 = 50.0
    b = -82.0
    return w1, w2, b

# %% right: a weight vector and a bias
def and_weights():
    return np.array([100.0, 100.0]), -150.0

# %% right: a list of three
def and_weights():
    return [30.0, 30.0, -45.0]

# %% right: found by search
def and_weights():
    w = 1.0
    while w * 0.3 < 5:
        w = w * 2
    return w, w, -1.5 * w

# %% wrong [OR]: one input is enough
def and_weights():
    return 20, 20, -10

# %% wrong [always off]: the bias too strong
def and_weights():
    return 10, 10, -40

# %% wrong [always on]: no bias
def and_weights():
    return 20, 20, 10

# %% wrong [NAND]: all signs turned
def and_weights():
    return -20, -20, 30

# %% wrong [undecided]: the weights of a step function
def and_weights():
    return 1, 1, -1.5

# %% wrong [noise]: steep enough for clean inputs only
def and_weights():
    return 7, 7, -10.5

# %% wrong [three numbers]: the bias forgotten
def and_weights():
    return 20, 20

# %% wrong [NOR]: on when both are off
def and_weights():
    return -20, -20, 10

# %% wrong [first input only]: a weight forgotten
def and_weights():
    return 20, 0, -10

# %% wrong [returns None]: printed
def and_weights():
    print(20, 20, -30)

# %% wrong [second input only]: the first weight forgotten
def and_weights():
    return 0, 20, -10

# %% wrong [three numbers]: a weight for each corner
def and_weights():
    return [0, 0, 0, 1]

# %% wrong [three numbers]: one number
def and_weights():
    return 20

# %% wrong [off for (1, 0) alone]: the bias first
def and_weights():
    return -30, 20, 20
