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

# %% repair: a if len(a) >= len(b) else b → a if len(a) > len(b) or (len(a) == len(b) and a < b) else b

# %% wrong [ties by order]: keeps the last to come
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.reduceByKey(lambda a, b: a if len(a) > len(b) else b)

# %% repair: a if len(a) > len(b) else b → a if len(a) > len(b) or (len(a) == len(b) and a < b) else b

# %% wrong [ties to the last]: the last in the alphabet
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.reduceByKey(lambda a, b: max(a, b, key=lambda word: (len(word), word)))

# %% repair: max(a, b, key=lambda word: (len(word), word)) → min(a, b, key=lambda word: (-len(word), word))

# %% wrong [shortest]: the shortest words
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.reduceByKey(lambda a, b: min(a, b, key=lambda word: (len(word), word)))

# %% repair: min( → max(

# %% repair: max(a, b, key=lambda word: (len(word), word)) → min(a, b, key=lambda word: (-len(word), word))

# %% wrong [alphabet only]: min
def longest_words(lines):
    return lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0])).reduceByKey(min)

# %% repair: reduceByKey(min) → reduceByKey(lambda a, b: a if len(a) > len(b) else b)

# %% repair: a if len(a) > len(b) else b → a if len(a) > len(b) or (len(a) == len(b) and a < b) else b

# %% wrong [last in alphabet]: max
def longest_words(lines):
    return lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0])).reduceByKey(max)

# %% repair: reduceByKey(max) → reduceByKey(lambda a, b: max(a, b, key=len))

# %% repair: max(a, b, key=len) → min(a, b) if len(a) == len(b) else max(a, b, key=len)

# %% wrong [lengths]: lengths instead of words
def longest_words(lines):
    return lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], len(pair[0]))).reduceByKey(max)

# %% repair: len(pair[0]) → pair[0]

# %% repair: reduceByKey(max) → reduceByKey(lambda a, b: max(a, b, key=len))

# %% repair: max(a, b, key=len) → min(a, b) if len(a) == len(b) else max(a, b, key=len)

# %% wrong [returns None]: forgets the return
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    words.reduceByKey(lambda a, b: min(a, b, key=lambda word: (-len(word), word)))

# %% repair: words.reduceByKey → return words.reduceByKey

# %% wrong [keyed by word]: the word is still the key
def longest_words(lines):
    return lines.flatMap(word_pairs).reduceByKey(max)

# %% repair: .reduceByKey(max) → .map(lambda pair: (pair[0][0], pair[0])).reduceByKey(max)

# %% repair: reduceByKey(max) → reduceByKey(lambda a, b: max(a, b, key=len))

# %% repair: max(a, b, key=len) → min(a, b) if len(a) == len(b) else max(a, b, key=len)

# %% wrong [no RDD]: collected, as a dict
def longest_words(lines):
    pairs = lines.flatMap(word_pairs).map(lambda p: (p[0][0], (-len(p[0]), p[0])))
    return pairs.reduceByKey(min).mapValues(lambda value: value[1]).collectAsMap()

# %% repair: .collectAsMap() →

# %% wrong [no RDD]: collected, as a list
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.reduceByKey(lambda a, b: min(a, b, key=lambda word: (-len(word), word))).collect()

# %% repair: .collect() →

# %% wrong [an initial several times]: never reduced
def longest_words(lines):
    return lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))

# %% repair: (pair[0][0], pair[0])) → (pair[0][0], pair[0])).reduceByKey(lambda a, b: max(a, b, key=len))

# %% repair: max(a, b, key=len) → min(a, b) if len(a) == len(b) else max(a, b, key=len)

# %% wrong [words alone]: the values without their keys
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.reduceByKey(lambda a, b: min(a, b, key=lambda word: (-len(word), word))).values()

# %% repair: .values() →

# %% wrong [shortest]: the shortest words, the last of equals
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.reduceByKey(lambda a, b: max(a, b, key=lambda word: (-len(word), word)))

# %% repair: -len(word) → len(word)

# %% repair: max(a, b, key=lambda word: (len(word), word)) → min(a, b, key=lambda word: (-len(word), word))

# %% wrong [the start value wins]: the smaller of two, from an empty word
def longest_words(lines):
    words = lines.flatMap(word_pairs).map(lambda pair: (pair[0][0], pair[0]))
    return words.aggregateByKey("", min, min)

# %% repair: aggregateByKey("", min, min) → reduceByKey(min)

# %% repair: reduceByKey(min) → reduceByKey(lambda a, b: a if len(a) > len(b) else b)

# %% repair: a if len(a) > len(b) else b → a if len(a) > len(b) or (len(a) == len(b) and a < b) else b

# %% wrong [not the words of word_pairs]: split at spaces
def longest_words(lines):
    words = lines.flatMap(lambda line: line.split()).map(lambda word: (word[0], word))
    return words.reduceByKey(lambda a, b: min(a, b, key=lambda word: (-len(word), word)))

# %% repair: lambda line: line.split()).map(lambda word: (word[0], word)) → word_pairs).map(lambda pair: (pair[0][0], pair[0]))
