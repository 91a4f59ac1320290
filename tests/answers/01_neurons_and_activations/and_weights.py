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

# %% repair: -10 → -30

# %% wrong [always off]: the bias too strong
def and_weights():
    return 10, 10, -40

# %% repair: 10, 10 → 30, 30

# %% wrong [always on]: no bias
def and_weights():
    return 20, 20, 10

# %% repair: 10 → -30

# %% wrong [NAND]: all signs turned
def and_weights():
    return -20, -20, 30

# %% repair: -20, -20, 30 → 20, 20, -30

# %% wrong [too flat]: the weights of a step function
def and_weights():
    return 1, 1, -1.5

# %% repair: 1, 1, -1.5 → 10, 10, -15

# %% wrong [noise]: steep enough for clean inputs only
def and_weights():
    return 7, 7, -10.5

# %% repair: 7, 7, -10.5 → 14, 14, -21

# %% wrong [three numbers]: the bias forgotten
def and_weights():
    return 20, 20

# %% repair: 20, 20 → 20, 20, -20

# %% repair: -20 → -30

# %% wrong [NOR]: on when both are off
def and_weights():
    return -20, -20, 10

# %% repair: -20, -20, 10 → 20, 20, -10

# %% repair: -10 → -30

# %% wrong [first input only]: a weight forgotten
def and_weights():
    return 20, 0, -10

# %% repair: 20, 0, → 20, 20,

# %% repair: -10 → -30

# %% wrong [returns None]: printed
def and_weights():
    print(20, 20, -30)

# %% repair: print(20, 20, -30) → return 20, 20, -30

# %% wrong [second input only]: the first weight forgotten
def and_weights():
    return 0, 20, -10

# %% repair: return 0 → return 20

# %% repair: -10 → -25

# %% repair: -25 → -30

# %% wrong [three numbers]: a weight for each corner
def and_weights():
    return [0, 0, 0, 1]

# %% repair: [0, 0, 0, 1] → [1, 1, -1]

# %% repair: 1, 1, -1 → 1, 1, -1.5

# %% repair: 1, 1, -1.5 → 10, 10, -15

# %% wrong [three numbers]: one number
def and_weights():
    return 20

# %% repair: 20 → 20.0, 20.0, -10.0

# %% repair: -10.0 → -30.0

# %% wrong [off for (1, 0) alone]: the bias first
def and_weights():
    return -30, 20, 20

# %% repair: -30, 20, 20 → 20, 20, -30

# %% wrong [another input is on]: the bias of one weight
def and_weights():
    return 20, 20, -20

# %% repair: -20 → -30

# %% wrong [(1, 1) is not on]: the bias of both weights
def and_weights():
    return 20, 20, -40

# %% repair: 20, 20 → 30, 30

# %% wrong [noise at (1, 1)]: the border near (1, 1)
def and_weights():
    return 20, 20, -36

# %% repair: -36 → -30

# %% wrong [noise at another corner]: the border near the others
def and_weights():
    return 20, 20, -24

# %% repair: -24 → -30

# %% wrong [signs]: a negative weight
def and_weights():
    return 20, -20, -10

# %% repair: -20 → 20

# %% repair: -10 → -30

# %% wrong [three numbers]: text
def and_weights():
    return "20", "20", "-30"

# %% repair: "20", "20", "-30" → 20, 20, -30
