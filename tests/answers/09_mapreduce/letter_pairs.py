"""Exercise `letter_pairs`: what students hand in."""

# %% right: a list comprehension
def letter_pairs(line):
    return [(letter, 1) for letter in line.lower() if "a" <= letter <= "z"]

# %% right: a generator
def letter_pairs(line):
    for letter in line.lower():
        if letter in "abcdefghijklmnopqrstuvwxyz":
            yield letter, 1

# %% right: a regular expression
def letter_pairs(line):
    return [(letter, 1) for letter in re.findall("[a-z]", line.lower())]

# %% right: map and filter, lists as pairs
def letter_pairs(line):
    import string

    return map(lambda letter: [letter, 1], filter(lambda c: c in string.ascii_lowercase, line.lower()))

# %% right: combined in the mapper
def letter_pairs(line):
    return Counter(re.findall("[a-z]", line.lower())).items()

# %% right: a defaultdict, filled in a loop
def letter_pairs(line):
    counts = defaultdict(int)
    for letter in line:
        if letter.isascii() and letter.isalpha():
            counts[letter.lower()] += 1
    return list(counts.items())

# %% right: itertools
def letter_pairs(line):
    from itertools import repeat

    return zip(re.sub("[^a-z]", "", line.lower()), repeat(1))

# %% wrong [capitals, and letters beyond z]: isalpha alone
def letter_pairs(line):
    return [(letter, 1) for letter in line if letter.isalpha()]

# %% repair: line if letter.isalpha() → line.lower() if "a" <= letter <= "z"

# %% wrong [everything in small letters]: everything is counted
def letter_pairs(line):
    return [(letter, 1) for letter in line.lower()]

# %% repair: line.lower() → line.lower() if "a" <= letter <= "z"

# %% wrong [everything as it is]: neither small letters nor a selection
def letter_pairs(line):
    return [(letter, 1) for letter in line]

# %% repair: in line → in line.lower() if "a" <= letter <= "z"

# %% wrong [letters beyond z]: isalpha
def letter_pairs(line):
    return [(letter, 1) for letter in line.lower() if letter.isalpha()]

# %% repair: letter.isalpha() → "a" <= letter <= "z"

# %% wrong [each letter once]: a set
def letter_pairs(line):
    return [(letter, 1) for letter in set(line.lower()) if "a" <= letter <= "z"]

# %% repair: set(line.lower()) → line.lower()

# %% wrong [keys without values]: a dict
def letter_pairs(line):
    return Counter(letter for letter in line.lower() if "a" <= letter <= "z")

# %% repair: pairs of its keys
def letter_pairs(line):
    letters = Counter(letter for letter in line.lower() if "a" <= letter <= "z")
    return [(letter, 1) for letter in letters]

# %% repair: Counter(letter for letter in line.lower() if "a" <= letter <= "z") → [letter for letter in line.lower() if "a" <= letter <= "z"]

# %% wrong [keys without values]: letters alone
def letter_pairs(line):
    return [letter for letter in line.lower() if "a" <= letter <= "z"]

# %% repair: [letter for → [(letter, 1) for

# %% wrong [returns None]: prints
def letter_pairs(line):
    for letter in line.lower():
        if "a" <= letter <= "z":
            print((letter, 1))

# %% repair: print((letter, 1)) → return (letter, 1)

# %% repair
def letter_pairs(line):
    pairs = []
    for letter in line.lower():
        if "a" <= letter <= "z":
            pairs.append((letter, 1))
    return pairs

# %% wrong [only capitals]: looks for capitals in the line as it is
def letter_pairs(line):
    return [(letter.lower(), 1) for letter in line if "A" <= letter <= "Z"]

# %% repair: in line → in line.lower()

# %% repair: "A" <= letter <= "Z" → "a" <= letter <= "z"

# %% wrong [capitals left out]: never makes small letters
def letter_pairs(line):
    return [(letter, 1) for letter in line if "a" <= letter <= "z"]

# %% repair: in line → in line.lower()

# %% wrong [capitals]: capitals stay
def letter_pairs(line):
    return [(letter, 1) for letter in re.findall("[A-Za-z]", line)]

# %% repair: , line) → , line.lower())

# %% wrong [not only letters]: all that is ASCII
def letter_pairs(line):
    return [(letter, 1) for letter in line.lower() if letter.isascii()]

# %% repair: letter.isascii() → "a" <= letter <= "z"

# %% wrong [everything that is no blank]: words, letter by letter
def letter_pairs(line):
    return [(letter, 1) for word in line.lower().split() for letter in word]

# %% repair: in word] → in word if "a" <= letter <= "z"]

# %% wrong [another number than 1]: its place for its number
def letter_pairs(line):
    for letter in line.lower():
        if "a" <= letter <= "z":
            yield letter, 0

# %% repair: yield letter, 0 → yield letter, 1

# %% wrong [number first]: the pair turned round
def letter_pairs(line):
    return [(1, letter) for letter in line.lower() if "a" <= letter <= "z"]

# %% repair: (1, letter) → (letter, 1)

# %% wrong [one number]: counts the letters
def letter_pairs(line):
    return sum("a" <= letter <= "z" for letter in line.lower())

# %% repair: sum("a" <= letter <= "z" for letter in line.lower()) → [(letter, 1) for letter in line.lower() if "a" <= letter <= "z"]

# %% wrong [not only letters]: from A to z, with what stands between Z and a
def letter_pairs(line):
    return [(c.lower(), 1) for c in re.findall("[A-z]", line)]

# %% repair: re.findall("[A-z]", line) → re.findall("[A-Za-z]", line)

# %% wrong [the first letter alone]: returns in the loop
def letter_pairs(line):
    pairs = []
    for letter in line.lower():
        if "a" <= letter <= "z":
            pairs.append((letter, 1))
            return pairs
    return pairs

# %% repair
def letter_pairs(line):
    pairs = []
    for letter in line.lower():
        if "a" <= letter <= "z":
            pairs.append((letter, 1))
    return pairs
