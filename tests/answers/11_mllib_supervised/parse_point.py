"""Exercise `parse_point`: what students hand in."""

# %% right: split twice
def parse_point(line):
    label, features = line.split(",")
    return float(label), [float(x) for x in features.split()]

# %% right: the slides' way
from pyspark.mllib.regression import LabeledPoint

def parse_point(line):
    values = [float(x) for x in line.replace(",", " ").split()]
    return LabeledPoint(values[0], values[1:])

# %% right: NumPy
def parse_point(line):
    values = np.array(line.replace(",", " ").split(), dtype=float)
    return values[0], values[1:]

# %% right: a list and float32
def parse_point(line):
    comma = line.index(",")
    features = line[comma + 1 :].split()
    return [np.float64(line[:comma]), np.array(features, dtype="float32")]

# %% right: map and a regular expression
def parse_point(line):
    import re

    label, *features = map(float, re.split(r"[,\s]+", line.strip()))
    return label, features

# %% wrong [strings]: forgets float
def parse_point(line):
    label, features = line.split(",")
    return label, features.split()

# %% repair: return label, features.split() → return float(label), [float(x) for x in features.split()]

# %% wrong [label is a string]: only the features
def parse_point(line):
    label, features = line.split(",")
    return label, [float(x) for x in features.split()]

# %% repair: return label → return float(label)

# %% wrong [one list]: no pair
def parse_point(line):
    return [float(x) for x in line.replace(",", " ").split()]

# %% repair
def parse_point(line):
    values = [float(x) for x in line.replace(",", " ").split()]
    return values[0], values[1:]

# %% wrong [label among the features]: forgets to cut it off
def parse_point(line):
    values = [float(x) for x in line.replace(",", " ").split()]
    return values[0], values

# %% repair: values[0], values → values[0], values[1:]

# %% wrong [label last]: as in many CSV files
def parse_point(line):
    values = [float(x) for x in line.replace(",", " ").split()]
    return values[-1], values[:-1]

# %% repair: values[-1], values[:-1] → values[0], values[1:]

# %% wrong [the other way round]: features first
def parse_point(line):
    values = [float(x) for x in line.replace(",", " ").split()]
    return values[1:], values[0]

# %% repair: values[1:], values[0] → values[0], values[1:]

# %% wrong [an empty piece]: split(" ") and two spaces
def parse_point(line):
    values = [float(x) for x in line.replace(",", " ").split(" ")]
    return values[0], values[1:]

# %% repair: split(" ") → split()

# %% wrong [more than one number]: commas only
def parse_point(line):
    values = [float(x) for x in line.split(",")]
    return values[0], values[1:]

# %% repair: line.split(",") → line.replace(",", " ").split()

# %% wrong [returns None]: prints
def parse_point(line):
    print(line.split(","))

# %% repair: print(line.split(",")) → return line.split(",")

# %% repair
def parse_point(line):
    label, features = line.split(",")
    return float(label), [float(x) for x in features.split()]

# %% wrong [eight features only]: as many as in the file
def parse_point(line):
    values = [float(x) for x in line.replace(",", " ").split()]
    return values[0], values[1:9]

# %% repair: values[1:9] → values[1:]

# %% wrong [letter by letter]: a loop over a text
def parse_point(line):
    label, features = line.split(",")
    return float(label), [float(x) for x in features]

# %% repair: in features → in features.split()

# %% wrong [whole numbers]: int of float
def parse_point(line):
    values = [int(float(x)) for x in line.replace(",", " ").split()]
    return values[0], values[1:]

# %% repair: int(float(x)) → float(x)

# %% right: partition
def parse_point(line):
    label, _, features = line.partition(",")
    return (float(label), list(map(float, features.split())))

# %% right: one or more spaces, by a regular expression
def parse_point(line):
    label, features = line.split(",")
    return float(label), [float(x) for x in re.split(" +", features)]
