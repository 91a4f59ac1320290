"""The exercises of lesson 9."""

import re
from collections import Counter, defaultdict
from functools import reduce
from itertools import permutations
from math import prod

import numpy as np

from course_lib import spark
from course_lib.check import Exercise, beside, raises, when


@beside
def listed(mapper, record):
    """All that a mapper gives, also where it is a generator."""
    return list(mapper(record))


def map_reduce(records, mapper, reducer):
    """The job as the lesson writes it; `mapper` is the student's."""
    groups = defaultdict(list)
    for record in records:
        for key, value in listed(mapper, record):
            groups[key].append(value)
    return {key: reduce(reducer, values) for key, values in groups.items()}


class ShiftAndMultiply(Exercise):
    """Add `shift` to every number, then multiply."""

    name = "shift_and_multiply"

    def examples(self):
        yield ([1, 2, 3, 4, 5], 2), 2520
        yield ([10], -3), 7
        yield ([], 2), 1

    def hidden(self, rng):
        for n in (2, 3, 5):
            numbers, shift = rng.integers(1, 10, n).tolist(), int(rng.integers(3, 7))
            yield (numbers, shift), prod(number + shift for number in numbers)
        yield ([-1, 1], 0), -1
        yield ([], 7), 1

    mistakes = {
        "map after reduce": (
            lambda xs, s: prod(xs) + s,
            "You multiply first and add once. Add to every number, then multiply.",
        ),
        "sum": (
            lambda xs, s: sum(x + s for x in xs),
            "You add the results up. This reducer multiplies.",
        ),
        "starts at zero": (lambda xs, s: 0, "Anything times 0 is 0. A product starts at 1."),
        "no shift": (
            lambda xs, s: prod(xs),
            "You multiply the numbers as they came. Add `shift` to each first.",
        ),
        "always 2": (
            lambda xs, s: prod(x + 2 for x in xs),
            "You add 2 whatever `shift` says. Use the argument.",
        ),
        "empty list": (
            raises("TypeError", ""),
            "An empty list has no first value. Give `reduce` a third argument: what to start from.",
        ),
    }


class LetterPairs(Exercise):
    """A mapper: (letter, 1) for every letter a to z."""

    name = "letter_pairs"

    def look(self, letter_pairs, line):
        """The count of each letter, by a job with this mapper."""
        return map_reduce([line], letter_pairs, lambda a, b: a + b)

    def examples(self):
        yield ("Abba!",), {"a": 2, "b": 2}
        yield ("I see 3 bees",), {"i": 1, "s": 2, "e": 4, "b": 1}

    def hidden(self, rng):
        yield ("Café Zoo",), {"c": 1, "a": 1, "f": 1, "z": 1, "o": 2}
        yield ("1790 -- ...",), {}
        yield ("",), {}
        yield ("XxX",), {"x": 3}
        line = "".join(rng.choice(list("abcxyzABCXYZ 0189.,-éñß"), 60).tolist())
        yield (line,), Counter(re.findall("[a-z]", line.lower()))

    mistakes = {
        "capitals": (
            lambda line: Counter(c for c in line if c.isalpha()),
            "`A` and `a` are the same letter here. Try `line.lower()`.",
        ),
        "capitals left out": (
            lambda line: Counter(c for c in line if "a" <= c <= "z"),
            "Capitals are lost. Make the whole line small letters first.",
        ),
        "only capitals": (
            lambda line: Counter(c.lower() for c in line if "A" <= c <= "Z"),
            "Only capitals are found. Make the whole line small letters first, then compare.",
        ),
        "not only letters": (
            lambda line: Counter(line.lower()),
            "Spaces, digits and signs are counted too. Keep the letters a to z.",
        ),
        "everything as it is": (
            lambda line: Counter(line),
            "Make the line small letters, and keep only a to z.",
        ),
        "each letter once": (
            lambda line: Counter(c for c in set(line.lower()) if "a" <= c <= "z"),
            "A letter that comes twice gives two pairs. A set forgets the second.",
        ),
        "keys without values": (
            raises("ValueError", ""),
            "`map_reduce` takes pairs. A dict hands out its keys alone, a string its characters: give `(letter, 1)`.",
        ),
        "no pairs": (
            raises("TypeError", ""),
            "`map_reduce` loops over what you return, and takes two things from each item. Return a list of pairs.",
        ),
    }
    hidden_mistakes = {
        "letters beyond z": (
            lambda line: Counter(c for c in line.lower() if c.isalpha()),
            '`isalpha` also says yes to é and ñ. Compare with "a" and "z" instead.',
        ),
    }


def day_of(city, country, low, high):
    """A record of the weather."""
    place = {"city": city, "country": country, "date": "2016-01-01"}
    return place | {"high": high, "mean": (low + high) // 2, "low": low}


class Extremes(Exercise):
    """A mapper and a reducer for the lowest low and the highest high of each country."""

    name = "extremes"
    asks = ("low_high", "wider")

    def look(self, answer, a, b):
        return answer.wider(a, b)

    def mapped(self, answer, day):
        return listed(answer.low_high, day)

    def job(self, answer, days):
        return map_reduce(days, answer.low_high, answer.wider)

    def examples(self):
        yield ((62, 68), (50, 66)), (50, 68)
        yield ((-3, 10), (-9, 40)), (-9, 40)
        yield ((0, 9), (3, 5)), (0, 9)
        yield (day_of("Oslo", "Norway", 20, 30),), [("Norway", (20, 30))], self.mapped

    def hidden(self, rng):
        lowest, lower, higher, highest = (np.cumsum(rng.integers(1, 30, 4)) - 40).tolist()
        yield ((lowest, higher), (lower, highest)), (lowest, highest)
        yield ((lower, highest), (lowest, higher)), (lowest, highest)
        yield ((lower, higher), (lowest, highest)), (lowest, highest)
        yield (day_of("Lima", "Peru", lower, higher),), [("Peru", (lower, higher))], self.mapped

        days = [
            day_of("Lima", "Peru", higher, highest),
            day_of("Cusco", "Peru", lower, higher),
            day_of("Oslo", "Norway", lowest, lower),
            day_of("Bergen", "Norway", lower, higher),
            day_of("Lima", "Peru", higher, highest + 1),
        ]
        expected = {"Peru": (lower, highest + 1), "Norway": (lowest, higher)}
        yield (days,), expected, self.job
        yield (days[::-1],), expected, self.job

    mistakes = {
        "narrower": (
            lambda a, b: (max(a[0], b[0]), min(a[1], b[1])),
            "You keep what both days share. Take the lower low and the higher high.",
        ),
        "high first": (
            lambda a, b: (max(a[1], b[1]), min(a[0], b[0])),
            "The order is (low, high). Yours is (high, low).",
        ),
        "min of the tuples": (
            lambda a, b: min(a, b),
            "`min(a, b)` picks one of the two tuples whole. Look at the lows and the highs one by one.",
        ),
        "max of the tuples": (
            lambda a, b: max(a, b),
            "`max(a, b)` picks one of the two tuples whole. Look at the lows and the highs one by one.",
        ),
        "mean temperature": (
            lambda day: [(day["country"], day["mean"])],
            "The value is the mean of the day. Give the tuple (low, high).",
        ),
        "by city": (
            lambda day: [(day["city"], (day["low"], day["high"]))],
            "The key is the city. The question asks for countries.",
        ),
        "high before low": (
            lambda day: [(day["country"], (day["high"], day["low"]))],
            "The value is (low, high). Yours is (high, low).",
        ),
        "a pair, not a list": (
            lambda day: [day["country"], (day["low"], day["high"])],
            "A mapper may give many pairs, so it gives a list, even with one pair in it.",
        ),
    }


@beside
def mean_of_parts(answer, parts):
    """What the workers do: each reduces its part; then the partial results are reduced."""
    partials = [
        reduce(answer.mean_merge, [answer.mean_start(value) for value in part]) for part in parts
    ]
    return answer.mean_finish(reduce(answer.mean_merge, partials))


def halving(parts):
    def mean_of_two(a, b):
        return (a + b) / 2

    return reduce(mean_of_two, [reduce(mean_of_two, part) for part in parts])


class MeanInParts(Exercise):
    """The mean, from partial results that can be merged."""

    name = "mean_in_parts"
    asks = ("mean_start", "mean_merge", "mean_finish")

    def look(self, answer, parts):
        return mean_of_parts(answer, parts)

    def examples(self):
        yield ([[10, 20], [60]],), 30
        yield ([[5]],), 5
        yield ([[1, 2], [3, 4, 5, 6]],), 3.5

    def hidden(self, rng):
        yield ([[-4, 4, 9], [7]],), 4
        yield ([[0, 0], [0], [1]],), 0.25
        for sizes in ((1, 1, 2), (3, 1), (2, 4, 1, 3)):
            parts = [rng.uniform(1, 50, size).round(1).tolist() for size in sizes]
            yield (parts,), np.mean(np.concatenate(parts))

    mistakes = {
        "mean of means": (
            halving,
            "The halves are still there: each merge forgets how many values it stands for. Carry the count along.",
        ),
        "sum only": (
            lambda parts: sum(map(sum, parts)),
            "That is the sum. Merge adds the sums *and* the counts; finish divides.",
        ),
        "rounded down": (
            lambda parts: sum(map(sum, parts)) // sum(map(len, parts)),
            "`//` drops the fraction. Divide with `/`.",
        ),
        "counts merges": (
            lambda parts: sum(map(sum, parts)) / max(1, sum(map(len, parts)) - 1),
            "You divide by one too few: one value alone already counts 1.",
        ),
        "joined tuples": (
            lambda parts: parts[0][0],
            "`+` between two tuples joins them: (1, 2) + (3, 4) is (1, 2, 3, 4). Add part by part.",
        ),
        "merge counts one": (
            lambda parts: sum(map(sum, parts)) / (len(parts[0]) + len(parts) - 1),
            "A merge adds one to the count, but `b` may stand for many values. Add both counts.",
        ),
        "not divided": (
            lambda parts: (sum(map(sum, parts)), sum(map(len, parts))),
            "Sum and count are right. `mean_finish` still has to divide them.",
        ),
    }


def first_two(tally):
    """The winner, the votes of the winner, those of the runner-up."""
    ranked = sorted([(votes, name) for name, votes in tally.items()], reverse=True)
    (first, winner), (second, _) = [*ranked, (0, "nobody")][:2]
    return winner, first, second


def margin(tally):
    _, first, second = first_two(tally)
    return (first - second) / sum(tally.values())


class Decide(Exercise):
    """Winner of a district, and the lead as a share of all votes."""

    name = "decide"

    def examples(self):
        yield ({"Nader": 60, "Kerry": 120, "Bush": 20},), ("Kerry", 0.3)
        yield ({"Gore": 90, "Bush": 110},), ("Bush", 0.1)

    def hidden(self, rng):
        yield ({"A": 20, "B": 80, "C": 60, "D": 40},), ("B", 0.1)
        yield ({"Solo": 7},), ("Solo", 1.0)
        for candidates in ("YZ", "XYZ", "VWXYZ"):
            votes = rng.choice(np.arange(10, 1000), len(candidates), replace=False)
            tally = dict(zip(candidates, votes.tolist(), strict=True))
            yield (tally,), (max(tally, key=tally.get), margin(tally))

    mistakes = {
        "of two candidates": (
            lambda t: (
                first_two(t)[0],
                margin({c: v for c, v in t.items() if v >= first_two(t)[2]}),
            ),
            "You divide by the votes of the first two. The margin is a share of all votes.",
        ),
        "votes, not a share": (
            lambda t: (first_two(t)[0], first_two(t)[1] - first_two(t)[2]),
            "That is a number of votes. Divide it by all votes.",
        ),
        "percent": (
            lambda t: (first_two(t)[0], 100 * margin(t)),
            "0.3, not 30: a share, not per cent.",
        ),
        "winner's share": (
            lambda t: (first_two(t)[0], first_two(t)[1] / sum(t.values())),
            "That is the winner's share. Take away the runner-up's votes first.",
        ),
        "lead over the rest": (
            lambda t: (first_two(t)[0], 2 * first_two(t)[1] / sum(t.values()) - 1),
            "You take away the votes of all others. Take away the runner-up's alone.",
        ),
        "alphabet": (
            lambda t: (max(t), margin(t)),
            "`max(tally)` compares names. Compare votes: `max(tally, key=tally.get)`.",
        ),
        "loser": (
            lambda t: (min(t, key=t.get), margin(t)),
            "You name the candidate with the fewest votes. Sort the other way: `reverse=True`.",
        ),
        "margin alone": (
            margin,
            "The margin is there. Give the winner as well: a tuple (winner, margin).",
        ),
        "alone": (
            raises("IndexError", ""),
            "With one candidate there is no runner-up to look at. Count 0 votes for the missing one.",
        ),
    }


@beside
def collected(longest_words, lines):
    """What the function gives for an RDD of three partitions."""
    answer = longest_words(spark.start().sparkContext.parallelize(lines, 3))
    return answer.collect() if hasattr(answer, "collect") else answer


def words_of(lines):
    """As the lesson's `word_pairs` splits them."""
    return re.findall(r"[a-z]+(?:'[a-z]+)*", "\n".join(lines).lower())


def best(lines, rank, choose=min):
    """For each initial the word of the smallest rank."""
    words = words_of(lines)
    return {
        initial: choose([word for word in words if word[0] == initial], key=rank)
        for initial in {word[0] for word in words}
    }


def longest(lines):
    return best(lines, lambda word: (-len(word), word))


def lengths(words):
    return {initial: len(word) for initial, word in words.items()}


class LongestWords(Exercise):
    """The longest word for each initial, on Spark."""

    name = "longest_words"

    def look(self, longest_words, lines):
        """The words by initial; `_lengths` holds the lengths of the right ones."""
        pairs = collected(longest_words, lines)
        if not isinstance(pairs, (list, dict)):
            return pairs
        return {**dict(pairs), "_lengths": lengths(longest(lines))}

    def examples(self):
        lines = ["we the people", "the past, there", "that were"]
        yield (lines,), {"w": "were", "t": "there", "p": "people"}
        yield (["bee bat", "ant bug by", "bin"],), {"b": "bat", "a": "ant"}

    def hidden(self, rng):
        lines = ["Dog deer", "dusk it's do", "Ides dab", "dawn dye ivy isle"]
        yield (lines,), {"d": "dawn", "i": "ides"}

        lines = []
        for initial in rng.choice(list("abcdefgh"), 3, replace=False).tolist():
            start = initial + rng.choice(list("klmnop"))
            # of the three longest words the right one comes neither first nor last
            lines.append(f"{initial}b {start}s {start}r {start}t {initial}z")
        yield (lines,), longest(lines)

    mistakes = {
        "ties to the last": (
            lambda lines: best(lines, lambda word: (len(word), word), max),
            "Between equally long words you keep the last in the alphabet. The first should win.",
        ),
        "ties by order": (
            when(
                lambda got: lengths({k: got[k] for k in got if k != "_lengths"}) == got["_lengths"]
            ),
            "Of equally long words you keep the one that came first or last. In Spark that is luck. Compare the words.",
        ),
        "keyed by word": (
            lambda lines: dict.fromkeys(words_of(lines), 1),
            "The key is still the word. Make pairs (initial, word) first, with `map`.",
        ),
        "shortest": (
            lambda lines: best(lines, lambda word: (len(word), word)),
            "These are the shortest words.",
        ),
        "alphabet only": (
            lambda lines: best(lines, lambda word: word),
            "You compare words by the alphabet alone. Length comes first.",
        ),
        "last in alphabet": (
            lambda lines: best(lines, lambda word: word, max),
            "`max` of two words goes by the alphabet. Length comes first.",
        ),
        "lengths": (
            lambda lines: lengths(longest(lines)),
            "You give the lengths. The words are asked for.",
        ),
    }


def cuts(f, order):
    """The answers of one order, cut in two in every place."""
    return [f(reduce(f, order[:i]), reduce(f, order[i:])) for i in range(1, len(order))]


def same(answers):
    return all(answer == answers[0] for answer in answers)


class GivesOneAnswer(Exercise):
    """Whether every order and every cut leads to the same answer."""

    name = "gives_one_answer"

    def examples(self):
        yield (max, [3, 1, 2]), True
        yield (lambda count, value: count + 1, [1, 1, 1]), False
        yield (lambda a, b: a - b, [1, 2, 4]), False
        yield (lambda a, b: a + b, ["a", "b", "c"]), False
        yield (lambda a, b: a + b, [[1], [1]]), True
        yield (lambda a, b: abs(a - b), [1, 2, 4]), False
        yield (lambda a, b: a * b, [2, 3, 5, 7]), True

    def hidden(self, rng):
        k, m, n, p = rng.permutation(np.arange(1, 20))[:4].tolist()
        yield (lambda a, b: a + b + 1, [k, 0, m]), True
        yield (lambda count, value: count + value**2, [k, k, k, k]), False
        yield (lambda count, value: count + 2 * value, [m, m, m]), False
        yield (lambda a, b: (a + b) // 2, [8 * k, 0, 4 * k]), False
        yield (lambda a, b: a, [k, k, m]), False
        yield (lambda a, b: a + b, [[k], [m]]), False
        yield (lambda a, b: a * b % 7, [k, m, n, p]), True
        yield (lambda a, b: a + b, ["x", "x", "x"]), True
        yield (min, [n]), True, self.hidden_single
        yield (lambda a, b: a - b, [p]), True, self.hidden_single

    def hidden_single(self, gives_one_answer, reducer, values):
        """A single value has a mistake of its own."""
        return gives_one_answer(reducer, values)

    mistakes = {
        "one order": (
            lambda f, v: same(cuts(f, v)),
            "You try every cut, but only the order that was given. Joining strings slips through.",
        ),
        "no cuts": (
            lambda f, v: same([reduce(f, p) for p in permutations(v)]),
            "You try every order, but always from left to right. A reducer that counts, count + 1, slips through.",
        ),
        "swaps two only": (
            lambda f, v: f(v[0], v[1]) == f(v[1], v[0]),
            "Swapping two values tests that order does not matter. With three or more, the cuts matter too.",
        ),
        "always True": (lambda f, v: True, "Your function never says False."),
        "always False": (lambda f, v: False, "Your function never says True."),
        "upside down": (
            lambda f, v: not same([a for p in permutations(v) for a in cuts(f, p)]),
            "True and False are exchanged.",
        ),
        "sets of lists": (
            raises("TypeError", ""),
            "Some answers are lists, and a set cannot hold lists. Keep the answers in a list and compare with ==.",
        ),
    }
    hidden_mistakes = {
        "one value": (
            raises("IndexError", ""),
            "With a single value there is nothing to cut and nothing to compare: the answer is True.",
        ),
    }
