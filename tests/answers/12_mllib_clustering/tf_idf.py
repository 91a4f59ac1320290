"""Exercise `tf_idf`: what students hand in."""

# %% right: Counter
def tf_idf(words, corpus):
    from collections import Counter

    documents = Counter(word for document in corpus for word in set(document))
    m = len(corpus)
    return {word: n * np.log((m + 1) / (documents[word] + 1)) for word, n in Counter(words).items()}

# %% right: loops and math.log
def tf_idf(words, corpus):
    import math

    weights = {}
    for word in words:
        d = 0
        for document in corpus:
            if word in document:
                d += 1
        weights[word] = weights.get(word, 0) + math.log((len(corpus) + 1) / (d + 1))
    return weights

# %% right: difference of logarithms
def tf_idf(words, corpus):
    sets = [set(document) for document in corpus]
    return {
        w: words.count(w) * (np.log(len(corpus) + 1) - np.log(1 + sum(w in s for s in sets))) for w in set(words)
    }

# %% right: NumPy arrays
def tf_idf(words, corpus):
    terms, counts = np.unique(np.array(words, dtype=str), return_counts=True)
    d = np.array([sum(t in document for document in corpus) for t in terms])
    return {str(t): w for t, w in zip(terms, counts * np.log((len(corpus) + 1) / (d + 1)))}

# %% wrong [nothing added]: m / d
def tf_idf(words, corpus):
    return {w: words.count(w) * np.log(len(corpus) / sum(w in d for d in corpus)) for w in set(words)}

# %% repair: len(corpus) / sum(w in d for d in corpus) → (len(corpus) + 1) / (sum(w in d for d in corpus) + 1)

# %% wrong [one added above only]: (m + 1) / d
def tf_idf(words, corpus):
    return {w: words.count(w) * np.log((len(corpus) + 1) / sum(w in d for d in corpus)) for w in set(words)}

# %% repair: / sum(w in d for d in corpus) → / (sum(w in d for d in corpus) + 1)

# %% wrong [share of the document]: count / length
def tf_idf(words, corpus):
    return {
        w: words.count(w) / len(words) * np.log((len(corpus) + 1) / (sum(w in d for d in corpus) + 1))
        for w in set(words)
    }

# %% repair: words.count(w) / len(words) → words.count(w)

# %% wrong [counts once]: no count
def tf_idf(words, corpus):
    return {w: np.log((len(corpus) + 1) / (sum(w in d for d in corpus) + 1)) for w in words}

# %% repair: {w: np.log → {w: words.count(w) * np.log

# %% wrong [occurrences, not documents]: counts every occurrence
def tf_idf(words, corpus):
    return {
        w: words.count(w) * np.log((len(corpus) + 1) / (sum(d.count(w) for d in corpus) + 1)) for w in set(words)
    }

# %% repair: d.count(w) for → (w in d) for

# %% wrong [logarithm to base 10]: log10
def tf_idf(words, corpus):
    return {w: words.count(w) * np.log10((len(corpus) + 1) / (sum(w in d for d in corpus) + 1)) for w in set(words)}

# %% repair: np.log10 → np.log

# %% wrong [logarithm to base 2]: log2
def tf_idf(words, corpus):
    return {w: words.count(w) * np.log2((len(corpus) + 1) / (sum(w in d for d in corpus) + 1)) for w in set(words)}

# %% repair: np.log2 → np.log

# %% wrong [no logarithm]: the bare ratio
def tf_idf(words, corpus):
    return {w: words.count(w) * (len(corpus) + 1) / (sum(w in d for d in corpus) + 1) for w in set(words)}

# %% repair: (len(corpus) + 1) / (sum(w in d for d in corpus) + 1) → np.log((len(corpus) + 1) / (sum(w in d for d in corpus) + 1))

# %% wrong [upside down]: d over m
def tf_idf(words, corpus):
    return {w: words.count(w) * np.log((sum(w in d for d in corpus) + 1) / (len(corpus) + 1)) for w in set(words)}

# %% repair: (sum(w in d for d in corpus) + 1) / (len(corpus) + 1) → (len(corpus) + 1) / (sum(w in d for d in corpus) + 1)

# %% wrong [one added above only]: m / d in plain Python
def tf_idf(words, corpus):
    import math

    return {w: words.count(w) * math.log((len(corpus) + 1) / sum(w in d for d in corpus)) for w in set(words)}

# %% repair: / sum(w in d for d in corpus) → / (sum(w in d for d in corpus) + 1)

# %% wrong [unknown word]: a dict of the words of the corpus
def tf_idf(words, corpus):
    documents = {}
    for document in corpus:
        for word in set(document):
            documents[word] = documents.get(word, 0) + 1
    return {w: words.count(w) * np.log((len(corpus) + 1) / (documents[w] + 1)) for w in words}

# %% repair: documents[w] + → documents.get(w, 0) +

# %% wrong [one added below only]: m / (d + 1)
def tf_idf(words, corpus):
    weights = {}
    for word in set(words):
        n, m, d = words.count(word), len(corpus), sum(word in document for document in corpus)
        weights[word] = n * np.log(m / (d + 1))
    return weights

# %% repair: m / (d + 1) → (m + 1) / (d + 1)

# %% wrong [two added below]: d begins at 1
def tf_idf(words, corpus):
    weights = {}
    for word in set(words):
        n, m, d = words.count(word), len(corpus), sum(word in document for document in corpus)
        weights[word] = n * np.log((m + 1) / (d + 2))
    return weights

# %% repair: d + 2 → d + 1

# %% wrong [rounded down]: whole numbers
def tf_idf(words, corpus):
    weights = {}
    for word in set(words):
        n, m, d = words.count(word), len(corpus), sum(word in document for document in corpus)
        weights[word] = n * np.log((m + 1) // (d + 1))
    return weights

# %% repair: // → /

# %% wrong [multiplied]: times for divided
def tf_idf(words, corpus):
    weights = {}
    for word in set(words):
        n, m, d = words.count(word), len(corpus), sum(word in document for document in corpus)
        weights[word] = n * np.log((m + 1) * (d + 1))
    return weights

# %% repair: (m + 1) * (d + 1) → (m + 1) / (d + 1)

# %% wrong [count alone]: frequency only
def tf_idf(words, corpus):
    weights = {}
    for word in set(words):
        n, m, d = words.count(word), len(corpus), sum(word in document for document in corpus)
        weights[word] = n
    return weights

# %% repair: weights[word] = n → weights[word] = n * np.log((m + 1) / (d + 1))

# %% wrong [count added]: plus for times
def tf_idf(words, corpus):
    weights = {}
    for word in set(words):
        n, m, d = words.count(word), len(corpus), sum(word in document for document in corpus)
        weights[word] = n + np.log((m + 1) / (d + 1))
    return weights

# %% repair: n + np → n * np

# %% wrong [d is missing]: documents that have it forgotten
def tf_idf(words, corpus):
    weights = {}
    for word in set(words):
        n, m, d = words.count(word), len(corpus), sum(word in document for document in corpus)
        weights[word] = n * np.log(m + 1)
    return weights

# %% repair: np.log(m + 1) → np.log((m + 1) / (d + 1))

# %% wrong [m is missing]: all documents forgotten
def tf_idf(words, corpus):
    weights = {}
    for word in set(words):
        n, m, d = words.count(word), len(corpus), sum(word in document for document in corpus)
        weights[word] = n * np.log(d + 1)
    return weights

# %% repair: np.log(d + 1) → np.log((m + 1) / (d + 1))

# %% wrong [documents without the word]: not in
def tf_idf(words, corpus):
    return {
        w: words.count(w) * np.log((len(corpus) + 1) / (sum(w not in d for d in corpus) + 1)) for w in set(words)
    }

# %% repair: not in d → in d

# %% wrong [parts of words]: documents as texts
def tf_idf(words, corpus):
    texts = [" ".join(document) for document in corpus]
    return {w: words.count(w) * np.log((len(corpus) + 1) / (sum(w in t for t in texts) + 1)) for w in set(words)}

# %% repair
def tf_idf(words, corpus):
    return {w: words.count(w) * np.log((len(corpus) + 1) / (sum(w in d for d in corpus) + 1)) for w in set(words)}

# %% wrong [parts of words, counted]: all as texts
def tf_idf(words, corpus):
    texts, own = [" ".join(document) for document in corpus], " ".join(words)
    return {w: own.count(w) * np.log((len(corpus) + 1) / (sum(w in t for t in texts) + 1)) for w in set(words)}

# %% repair: own.count → words.count

# %% repair
def tf_idf(words, corpus):
    return {w: words.count(w) * np.log((len(corpus) + 1) / (sum(w in d for d in corpus) + 1)) for w in set(words)}

# %% wrong [parts of words, in the count alone]: the document as a text
def tf_idf(words, corpus):
    own = " ".join(words)
    return {w: own.count(w) * np.log((len(corpus) + 1) / (sum(w in d for d in corpus) + 1)) for w in set(words)}

# %% repair: own.count → words.count

# %% wrong [one added to the logarithm]: scikit-learn's formula
def tf_idf(words, corpus):
    weights = {}
    for word in set(words):
        documents = sum(word in document for document in corpus)
        weights[word] = words.count(word) * (np.log((len(corpus) + 1) / (documents + 1)) + 1)
    return weights

# %% repair: (np.log((len(corpus) + 1) / (documents + 1)) + 1) → np.log((len(corpus) + 1) / (documents + 1))
