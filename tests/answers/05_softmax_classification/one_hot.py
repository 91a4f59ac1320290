"""Exercise `one_hot`: what students hand in."""


# %% right: rows of the identity matrix
def one_hot(labels, classes):
    return np.eye(classes)[labels]


# %% right: zeros, then ones
def one_hot(labels, classes):
    rows = np.zeros((len(labels), classes), dtype=int)
    rows[np.arange(len(labels)), labels] = 1
    return rows


# %% right: a comparison, booleans
def one_hot(labels, classes):
    return labels[:, None] == np.arange(classes)


# %% right: lists
def one_hot(labels, classes):
    return [[1 if c == label else 0 for c in range(classes)] for label in labels]


# %% right: Keras
def one_hot(labels, classes):
    import keras

    return keras.utils.to_categorical(labels, num_classes=classes)


# %% wrong [counted from 1]: off by one
def one_hot(labels, classes):
    return np.eye(classes)[labels - 1]

# %% repair: labels - 1 → labels

# %% wrong [transposed]: one column per label
def one_hot(labels, classes):
    rows = np.zeros((classes, len(labels)))
    rows[labels, np.arange(len(labels))] = 1
    return rows

# %% repair: rows and columns the other way round
def one_hot(labels, classes):
    rows = np.zeros((len(labels), classes))
    rows[np.arange(len(labels)), labels] = 1
    return rows

# %% wrong [classes from the labels]: as many columns as the largest label needs
def one_hot(labels, classes):
    return np.eye(max(labels) + 1)[labels]

# %% repair: max(labels) + 1 → classes

# %% wrong [label in place of 1]: the value itself
def one_hot(labels, classes):
    rows = np.zeros((len(labels), classes))
    rows[np.arange(len(labels)), labels] = labels
    return rows

# %% repair: = labels → = 1

# %% wrong [every label in every row]: whole columns
def one_hot(labels, classes):
    rows = np.zeros((len(labels), classes))
    rows[:, labels] = 1
    return rows

# %% repair: rows[:, labels] → rows[np.arange(len(labels)), labels]

# %% wrong [rows by position]: the loop variable in the wrong place
def one_hot(labels, classes):
    rows = np.zeros((len(labels), classes))
    for i in range(len(labels)):
        rows[i, i] = 1
    return rows

# %% repair: rows[i, i] → rows[i, labels[i]]

# %% wrong [one place too far right]: plus one
def one_hot(labels, classes):
    return np.eye(classes)[(labels + 1) % classes]

# %% repair: (labels + 1) % classes → labels

# %% wrong [label 0 lost]: 0 taken for empty
def one_hot(labels, classes):
    rows = np.zeros((len(labels), classes))
    for i, label in enumerate(labels):
        if label:
            rows[i, label] = 1
    return rows

# %% repair: without that if
def one_hot(labels, classes):
    rows = np.zeros((len(labels), classes))
    for i, label in enumerate(labels):
        rows[i, label] = 1
    return rows

# %% wrong [all but the label]: not equal
def one_hot(labels, classes):
    return labels[:, None] != np.arange(classes)

# %% repair: != → ==
