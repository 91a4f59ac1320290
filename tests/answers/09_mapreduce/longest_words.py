"""Exercise `longest_words`: what students hand in."""

# %% right: reduceByKey with min
def longest_words(lines):
    def longer(a, b):
        return min(a, b, key=lambda word: (-len(word), word))

    return lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0])).reduceByKey(longer)

# %% right: keyBy, and an if
def longest_words(lines):
    def choose(a, b):
        if len(a) != len(b):
            return a if len(a) > len(b) else b
        return a if a < b else b

    return lines.flatMap(word_pairs).keys().keyBy(lambda word: word[0]).reduceByKey(choose)

# %% right: groupByKey
def longest_words(lines):
    words = lines.flatMap(lambda line: [(word[0], word) for word, _ in word_pairs(line)])
    return words.groupByKey().mapValues(lambda group: sorted(group, key=lambda word: (-len(word), word))[0])

# %% right: maximum over alphabetical order
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: pair[0]).distinct()
    return words.groupBy(lambda word: word[0]).mapValues(lambda group: max(sorted(group), key=len))

# %% right: aggregateByKey
def longest_words(lines):
    def better(a, b):
        return sorted([a, b], key=lambda w: (-len(w), w))[0]

    words = lines.flatMap(word_pairs).map(lambda p: (p[0][0], p[0]))
    return words.aggregateByKey("", better, better)

# %% wrong [ties by order]: keeps the first to come
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.reduceByKey(lambda a, b: a if len(a) >= len(b) else b)

# %% wrong [ties by order]: keeps the last to come
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.reduceByKey(lambda a, b: a if len(a) > len(b) else b)

# %% wrong [ties to the last]: the last in the alphabet
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.reduceByKey(lambda a, b: max(a, b, key=lambda word: (len(word), word)))

# %% wrong [shortest]: the shortest words
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.reduceByKey(lambda a, b: min(a, b, key=lambda word: (len(word), word)))

# %% wrong [alphabet only]: min
def longest_words(lines):
    return lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0])).reduceByKey(min)

# %% wrong [last in alphabet]: max
def longest_words(lines):
    return lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0])).reduceByKey(max)

# %% wrong [lengths]: lengths instead of words
def longest_words(lines):
    return lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], len(pair[0]))).reduceByKey(max)

# %% wrong [returns None]: forgets the return
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    words.reduceByKey(lambda a, b: min(a, b, key=lambda word: (-len(word), word)))

# %% wrong [keyed by word]: the word is still the key
def longest_words(lines):
    return lines.flatMap(word_pairs).reduceByKey(max)

# %% wrong [no RDD]: collected, as a dict
def longest_words(lines):
    pairs = lines.flatMap(word_pairs).map(lambda p: (p[0][0], (-len(p[0]), p[0])))
    return pairs.reduceByKey(min).mapValues(lambda value: value[1]).collectAsMap()

# %% wrong [no RDD]: collected, as a list
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.reduceByKey(lambda a, b: min(a, b, key=lambda word: (-len(word), word))).collect()

# %% wrong [an initial several times]: never reduced
def longest_words(lines):
    return lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))

# %% wrong [words alone]: the values without their keys
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.reduceByKey(lambda a, b: min(a, b, key=lambda word: (-len(word), word))).values()

# %% wrong [shortest]: the shortest words, the last of equals
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.reduceByKey(lambda a, b: max(a, b, key=lambda word: (-len(word), word)))

# %% wrong [the start value wins]: the smaller of two, from an empty word
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.aggregateByKey("", min, min)
