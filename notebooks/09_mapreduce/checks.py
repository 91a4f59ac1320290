"""The exercises of lesson 9."""

import re
from collections import Counter, defaultdict
from functools import reduce
from itertools import permutations
from math import prod
from statistics import fmean, median

import numpy as np

from course_lib import spark
from course_lib.check import Exercise, beside, raises, unfit, when


@beside
def listed(mapper, record):
    """All that a mapper gives, also where it is a generator; what is no collection stays as it is."""
    given = mapper(record)
    return list(given) if hasattr(given, "__iter__") else given


def map_reduce(records, mapper, reducer):
    """The job as the lesson writes it; `mapper` is the student's."""
    groups = defaultdict(list)
    for record in records:
        for key, value in listed(mapper, record):
            groups[key].append(value)
    return {key: reduce(reducer, values) for key, values in groups.items()}


def is_pair(item):
    """Whether `map_reduce` can take it for a key and a value."""
    return isinstance(item, (tuple, list)) and len(item) == 2 and isinstance(item[0], (str, int))


class ShiftAndMultiply(Exercise):
    """Add `shift` to every number, then multiply."""

    name = "shift_and_multiply"

    def examples(self):
        yield ([1, 2, 3, 4, 5], 2), 2520
        yield ([10], -3), 7
        yield ([3, -2, 5], 2), 0  # a 0 is a factor like any other
        yield ([], 2), 1

    def hidden(self, rng):
        for n in (2, 3, 5):
            numbers, shift = rng.integers(1, 10, n).tolist(), int(rng.integers(3, 7))
            yield (numbers, shift), prod(number + shift for number in numbers)
        yield ([-1, 1], 0), -1
        yield ([4, 0, -6], 6), 0
        yield ([], 7), 1

    def hidden_inputs(self, draw):
        numbers, shift = draw.items(lambda: draw.whole(-20, 20), 0, 8), draw.whole(-9, 9)
        return (numbers, shift), self.reference(numbers, shift)

    @staticmethod
    def reference(numbers, shift):
        return prod(number + shift for number in numbers)

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
        "multiplied by the shift": (
            lambda xs, s: prod(x * s for x in xs),
            "You multiply each number by `shift`. Add it.",
        ),
        "last result only": (
            lambda xs, s: prod(x + s for x in xs[-1:]),
            "Only the last number counts. Each step must keep the product so far: `product *= …`.",
        ),
        "always 2": (
            lambda xs, s: prod(x + 2 for x in xs),
            "You add 2 whatever `shift` says. Use the argument.",
        ),
        "empty list": (
            raises("TypeError", "of empty (iterable|sequence) with no initial value"),
            "An empty list has no first value. Give `reduce` a third argument: what to start from.",
        ),
    }


class LetterPairs(Exercise):
    """A mapper: (letter, 1) for every letter a to z."""

    name = "letter_pairs"

    def look(self, letter_pairs, line):
        """The count of each letter, by a job with this mapper."""
        pairs = listed(letter_pairs, line)
        if pairs is None:
            return None
        if not isinstance(pairs, list) or not all(is_pair(item) for item in pairs):
            return unfit(pairs)
        return map_reduce([line], lambda line: pairs, lambda a, b: a + b)

    def examples(self):
        yield ("Abba!",), {"a": 2, "b": 2}
        yield ("I [see] 3 bees",), {"i": 1, "s": 2, "e": 4, "b": 1}
        yield ("a Café",), {"a": 2, "c": 1, "f": 1}

    def hidden(self, rng):
        yield ("Señor Zoo",), {"s": 1, "e": 1, "o": 3, "r": 1, "z": 1}
        yield ("1790 -- ...",), {}
        yield ("",), {}
        yield ("XxX",), {"x": 3}
        line = "".join(rng.choice(list("abcxyzABCXYZ 0189.,-_[^éñß"), 60).tolist())
        yield (line,), Counter(re.findall("[a-z]", line.lower()))

    def hidden_inputs(self, draw):
        line = "".join(draw.items(lambda: draw.one_of(*"abcxyzABCXYZ 019.,-_[]^`'éñßÄ\t"), 0, 30))
        return (line,), Counter(re.findall("[a-z]", line.lower()))

    kinds = {
        "the line has capitals": lambda line: line != line.lower(),
        "a letter comes several times": lambda line: len(set(line)) < len(line),
    }

    mistakes = {
        "capitals": (
            when(lambda got, expected: has_capitals(got) and lower(got) == expected),
            "`A` and `a` are the same letter here. Try `line.lower()`.",
        ),
        "capitals left out": (
            lambda line: Counter(c for c in line if "a" <= c <= "z"),
            "Capitals are lost. Make the whole line small letters first.",
        ),
        "only capitals": (
            lambda line: Counter(c.lower() for c in line if "A" <= c <= "Z"),
            'Only capitals are found. Make the whole line small letters first, then compare with "a" and "z".',
        ),
        "the first letter alone": (
            lambda line: dict.fromkeys(re.findall("[a-z]", line.lower())[:1], 1),
            "Only the first letter comes back: `return` in the loop ends it. Collect the pairs, and return them after "
            "the loop.",
        ),
        "not only letters": (
            when(lambda got, expected: is_more(got, expected, lambda c: not c.isalpha())),
            "Signs that are no letters are counted too. Keep the letters a to z.",
        ),
        "letters beyond z": (
            when(lambda got, expected: is_more(got, expected, str.isalpha)),
            'Letters such as é count too. If you use `isalpha`: it says yes to them. Compare with "a" and with "z".',
        ),
        "everything that is no blank": (
            lambda line: Counter(line.lower().replace(" ", "")),
            "Only the blanks are left out. Keep the letters a to z.",
        ),
        "everything in small letters": (
            lambda line: Counter(line.lower()),
            "Spaces, digits, signs and é are counted too. Keep the letters a to z.",
        ),
        "everything as it is": (
            lambda line: Counter(line),
            "Make the line small letters, and keep only a to z.",
        ),
        "capitals, and letters beyond z": (
            lambda line: Counter(c for c in line if c.isalpha()),
            "Capitals stay capitals, and é counts too. Make the line small letters, and keep only a to z.",
        ),
        "each letter once": (
            lambda line: dict.fromkeys((c for c in line.lower() if "a" <= c <= "z"), 1),
            "A letter that comes twice gives two pairs. Yours is counted once.",
        ),
        "another number than 1": (
            when(lambda got, expected: is_multiple(got, expected)),
            "The letters are right, their counts are not. Give one pair for each letter of the line, with a 1 in it.",
        ),
        "number first": (
            when(lambda got: got and not any(isinstance(key, str) for key in got)),
            "The letter is the key, so it comes first: (letter, 1).",
        ),
        "one pair": (
            when(lambda got: is_pair(got) and got[1] == 1),
            "You give one pair alone. Give a list, one pair for each letter: `return` in the loop ends it.",
        ),
        "keys without values": (
            when(
                lambda got: (
                    isinstance(got, list)
                    and 1 not in got
                    and any(isinstance(item, str) for item in got)
                )
            ),
            "`map_reduce` takes pairs. A dict hands out its keys alone, a string its characters: give `(letter, 1)`.",
        ),
        "one number": (
            when(lambda got: isinstance(got, int)),
            "You give a number. Give a list of pairs, one for each letter.",
        ),
    }


def lower(counts):
    """The counts of the letters a to z, without a difference between capitals and small letters."""
    merged = Counter()
    for letter, count in counts.items():
        merged[letter.lower()] += count
    return merged


def has_capitals(counts):
    return any(letter.isupper() for letter in counts)


def is_more(got, expected, holds):
    """Whether all that is expected is there, and besides only what `holds`."""
    more = [letter for letter in got if letter not in expected]
    return (
        bool(more) and all(holds(c) for c in more) and got == expected | {c: got[c] for c in more}
    )


def is_multiple(got, expected):
    """Whether each pair holds one and the same other whole number."""
    (factor,) = {got[letter] / count for letter, count in expected.items()}
    return got.keys() == expected.keys() and factor == int(factor)


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
        yield ((-9, -2), (-8, -7)), (-9, -2)
        yield (day_of("Oslo", "Norway", 20, 30),), [("Norway", (20, 30))], self.mapped

    def hidden(self, rng):
        lowest, lower, higher, highest = (np.cumsum(rng.integers(1, 30, 4)) - 40).tolist()
        yield ((lowest, higher), (lower, highest)), (lowest, highest)
        yield ((lower, highest), (lowest, higher)), (lowest, highest)
        yield ((lower, higher), (lowest, highest)), (lowest, highest)
        yield (day_of("Lima", "Peru", lower, higher),), [("Peru", (lower, higher))], self.mapped
        yield (day_of("Oslo", "Norway", 0, 9),), [("Norway", (0, 9))], self.mapped

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

    def hidden_inputs(self, draw):
        a, b = (tuple(sorted((draw.whole(-60, 60), draw.whole(-60, 60)))) for _ in range(2))
        return (a, b), self.reference(a, b)

    parts = ("the low", "the high")
    reference = staticmethod(lambda a, b: (min(a[0], b[0]), max(a[1], b[1])))

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
            "One of the two tuples comes back whole, as from `min(a, b)`. Look at the lows and the highs one by one.",
        ),
        "max of the tuples": (
            lambda a, b: max(a, b),
            "One of the two tuples comes back whole, as from `max(a, b)`. Look at the lows and the highs one by one.",
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
        "value before key": (
            lambda day: [((day["low"], day["high"]), day["country"])],
            "The key comes first: (country, (low, high)).",
        ),
        "three things in a pair": (
            lambda day: [(day["country"], day["low"], day["high"])],
            "A pair has two parts: the country, and the tuple (low, high).",
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


def merged(parts, merge, finish):
    """What another merge makes of the parts; a partial result begins as (value, 1)."""
    return finish(reduce(merge, [reduce(merge, [(value, 1) for value in part]) for part in parts]))


def first(partial):
    return partial[0]


def ratio(partial):
    return partial[0] / partial[1]


def size(parts):
    return sum(map(len, parts))


def halving(parts):
    return merged(parts, lambda a, b: ((a[0] + b[0]) / 2, 1), first)


def divided_by_the_count(a, b):
    return (a[0] + b[0]) / (a[1] + b[1]), a[1] + b[1]


MIXED = {
    "sums and counts mixed": lambda a, b: (a[0] + b[1], a[1] + b[1]),
    "sums and counts mixed, in a": lambda a, b: (a[1] + b[0], a[1] + b[1]),
    "sums and counts mixed, count of a": lambda a, b: (a[0] + b[0], a[0] + b[1]),
    "sums and counts mixed, count of b": lambda a, b: (a[0] + b[0], a[1] + b[0]),
    "sums and counts exchanged": lambda a, b: (a[1] + b[1], a[0] + b[0]),
}
"""Merges that take a sum for a count, or the other way round."""
MIXES = "Your merge mixes sums with counts. Of two pairs (sum, count) add `[0]` to `[0]` and `[1]` to `[1]`."


def second_counts_one(a, b):
    return (a[0] * a[1] + b[0]) / (a[1] + b[1]), a[1] + b[1]


class MeanInParts(Exercise):
    """The mean, from partial results that can be merged."""

    name = "mean_in_parts"
    asks = ("mean_start", "mean_merge", "mean_finish")

    def look(self, answer, parts):
        return mean_of_parts(answer, parts)

    def examples(self):
        yield ([[5]],), 5
        yield ([[10, 20], [60]],), 30
        yield ([[2, 2], [3, 4, 8]],), 3.8

    def hidden(self, rng):
        yield ([[-4, 4, 9], [7]],), 4
        yield ([[0, 0], [0], [1]],), 0.25
        for sizes in ((1, 1, 2), (3, 1), (2, 4, 1, 3)):
            parts = [rng.uniform(1, 50, size).round(1).tolist() for size in sizes]
            yield (parts,), np.mean(np.concatenate(parts))

    def hidden_inputs(self, draw):
        parts = draw.items(
            lambda: draw.items(lambda: draw.whole(-99, 99) / draw.one_of(1, 4), 1, 5), 1, 5
        )
        return (parts,), np.mean(np.concatenate(parts))

    kinds = {
        "there is more than one part": lambda parts: len(parts) > 1,
        "a part has more than one value": lambda parts: max(map(len, parts)) > 1,
        "the parts have different numbers of values": lambda parts: len({*map(len, parts)}) > 1,
    }

    mistakes = {
        "mean of means": (
            halving,
            "Each merge still halves, however many values its two sides stand for. Let a partial result be a pair "
            "(sum, count): the merge adds both, and only `mean_finish` divides.",
        ),
        "sum only": (
            lambda parts: sum(map(sum, parts)),
            "That is the sum. Let a partial result be a pair (sum, count): the merge adds the sums *and* the counts, "
            "`mean_finish` divides.",
        ),
        "each value once": (
            lambda parts: fmean({value for part in parts for value in part}),
            "It comes out as if equal values counted once. If you collect them in a set: it holds each value once.",
        ),
        "the median": (
            lambda parts: median(value for part in parts for value in part),
            "That is the median, the value in the middle. Divide the sum by the count.",
        ),
        "rounded down": (
            lambda parts: sum(map(sum, parts)) // size(parts),
            "The fraction is lost. `//` and `int` drop it; divide with `/`.",
        ),
        "counts merges": (
            lambda parts: sum(map(sum, parts)) / max(1, size(parts) - 1),
            "You divide by one too few: one value alone already counts 1.",
        ),
        "counts values and merges": (
            lambda parts: sum(map(sum, parts)) / (2 * size(parts) - 1),
            "You count the values, and each merge once more. A merge adds the two counts, and nothing besides.",
        ),
        "the first value": (
            lambda parts: parts[0][0],
            "The first value comes back, as if the merge lost what `b` holds. If you write `a + b` for two tuples: "
            "`+` joins them, (1, 2) + (3, 4) is (1, 2, 3, 4). Add part by part.",
        ),
        "the last value": (
            lambda parts: parts[-1][-1],
            "The last value comes back, as if the merge lost what `a` holds. Use both.",
        ),
        "one sum is lost": (
            lambda parts: parts[0][0] / size(parts),
            "The count is right, but each merge keeps the sum of `a` alone. Add both sums.",
        ),
        "the other sum is lost": (
            lambda parts: parts[-1][-1] / size(parts),
            "The count is right, but each merge keeps the sum of `b` alone. Add both sums.",
        ),
        "count only": (
            size,
            "That is how many values there are. Divide their sum by it.",
        ),
        "multiplied": (
            lambda parts: sum(map(sum, parts)) * size(parts),
            "Sum and count are right, but you multiply them. Divide the sum by the count.",
        ),
        "upside down": (
            lambda parts: size(parts) / sum(map(sum, parts)),
            "You divide the count by the sum. Divide the sum by the count.",
        ),
        "divides in every merge": (
            lambda parts: merged(parts, divided_by_the_count, first),
            "Your merge divides a sum that was divided before. Let the merges add; only `mean_finish` divides.",
        ),
        "divides in every merge and at the end": (
            lambda parts: merged(parts, divided_by_the_count, ratio),
            "Your merge divides, and `mean_finish` divides once more. Let the merges add; only `mean_finish` divides.",
        ),
        "halved, then divided": (
            lambda parts: merged(parts, lambda a, b: ((a[0] + b[0]) / 2, a[1] + b[1]), ratio),
            "The merge still halves. Add the sums and add the counts; `mean_finish` divides.",
        ),
        "always 1": (
            lambda parts: 1.0,
            "1 comes out, whatever the values are. Is a number divided by itself, or a 1 taken for the value?",
        ),
        "sums and counts mixed": (
            lambda parts: merged(parts, MIXED["sums and counts mixed"], ratio),
            MIXES,
        ),
        "sums and counts mixed, in a": (
            lambda parts: merged(parts, MIXED["sums and counts mixed, in a"], ratio),
            MIXES,
        ),
        "sums and counts mixed, count of a": (
            lambda parts: merged(parts, MIXED["sums and counts mixed, count of a"], ratio),
            MIXES,
        ),
        "sums and counts mixed, count of b": (
            lambda parts: merged(parts, MIXED["sums and counts mixed, count of b"], ratio),
            MIXES,
        ),
        "sums and counts exchanged": (
            lambda parts: merged(parts, MIXED["sums and counts exchanged"], ratio),
            MIXES,
        ),
        "b counts as one value": (
            lambda parts: merged(parts, second_counts_one, first),
            "Your merge takes `b` for one value. It may be the mean of many: weigh it with its count.",
        ),
        "merge counts one": (
            lambda parts: sum(map(sum, parts)) / (len(parts[0]) + len(parts) - 1),
            "A merge adds one to the count, but `b` may stand for many values. Add both counts.",
        ),
        "not divided": (
            lambda parts: (sum(map(sum, parts)), size(parts)),
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


def before_the_next(tally, winner, choose=max):
    """Somebody taken for the winner, and the lead before the best of the others, or another one."""
    others = [votes for name, votes in tally.items() if name != winner]
    return winner, (tally[winner] - choose(others, default=0)) / sum(tally.values())


NAMES = "You name the last in the alphabet. `max` and `sorted` compare names; with `key=tally.get` they compare votes."


class Decide(Exercise):
    """Winner of a district, and the lead as a share of all votes."""

    name = "decide"

    def examples(self):
        tally = {"Perot": 25, "Clinton": 60, "Bush": 100, "Nader": 5, "Brown": 10}
        yield (tally,), ("Bush", 0.2)
        yield ({"Bush": 90, "Gore": 110},), ("Gore", 0.1)
        yield ({"Kerry": 7},), ("Kerry", 1.0)

    def hidden(self, rng):
        yield ({"A": 20, "B": 80, "C": 60, "D": 40},), ("B", 0.1)
        yield ({"Solo": 3},), ("Solo", 1.0)
        yield ({"A": 0, "B": 5},), ("B", 1.0)
        for candidates in ("YZ", "XYZ", "VWXYZ"):
            votes = rng.choice(np.arange(10, 1000), len(candidates), replace=False)
            tally = dict(zip(candidates, votes.tolist(), strict=True))
            yield (tally,), (max(tally, key=tally.get), margin(tally))

    def hidden_inputs(self, draw):
        names = draw.some("Perot", "Clinton", "Bush", "Nader", "Brown")
        tally = {name: draw.whole(0, 999) for name in names}
        tally[draw.one_of(*names)] = draw.whole(1000, 2000)  # one is ahead
        return (tally,), (max(tally, key=tally.get), margin(tally))

    parts = ("the winner", "the lead")

    mistakes = {
        "of two candidates": (
            lambda t: (
                first_two(t)[0],
                margin({c: v for c, v in t.items() if v >= first_two(t)[2]}),
            ),
            "You divide by the votes of the first two. The margin is a share of all votes.",
        ),
        "of the winner's votes": (
            lambda t: (first_two(t)[0], 1 - first_two(t)[2] / first_two(t)[1]),
            "You divide by the winner's votes. The margin is a share of all votes.",
        ),
        "of the others' votes": (
            lambda t: (first_two(t)[0], margin(t) / (1 - first_two(t)[1] / sum(t.values()))),
            "You divide by the votes without the winner's. The margin is a share of all votes.",
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
            NAMES,
        ),
        "loser": (
            lambda t: (min(t, key=t.get), margin(t)),
            "You name the candidate with the fewest votes. Take the most; `reverse=True` sorts them to the front.",
        ),
        "loser, and the margin with it": (
            lambda t: before_the_next(t, min(t, key=t.get)),
            "You name the candidate with the fewest votes, and reckon with those. Take the most.",
        ),
        "sorted upwards": (
            lambda t: before_the_next(t, min(t, key=t.get), min),
            "You sort the fewest votes first. Sort the other way: `reverse=True`.",
        ),
        "alphabet, and the margin with it": (
            lambda t: before_the_next(t, max(t)),
            NAMES,
        ),
        "sorted by name": (
            lambda t: before_the_next(
                t, max(t), lambda _, default: t[sorted(t)[-2]] if len(t) > 1 else default
            ),
            "`sorted(tally)` sorts the names. Sort by votes: `sorted(tally, key=tally.get)`.",
        ),
        "not sorted": (
            lambda t: before_the_next(
                t, next(iter(t)), lambda others, default: [*others, default][0]
            ),
            "You take the first two as they stand in the dict. Sort them by votes first.",
        ),
        "third instead of second": (
            lambda t: (
                first_two(t)[0],
                (first_two(t)[1] - sorted(t.values())[-3]) / sum(t.values()),
            ),
            "You take away the votes of the third. Take away the runner-up's.",
        ),
        "runner-up": (
            lambda t: (sorted(t, key=t.get)[-2], margin(t)),
            "You name the runner-up. The winner has the most votes.",
        ),
        "margin alone": (
            margin,
            "The margin is there. Give the winner as well: a tuple (winner, margin).",
        ),
        "alone, by number": (
            raises("IndexError", "list index out of range"),
            "If this happens with one candidate alone: there is no second one in the list. Count 0 votes for it.",
        ),
        "alone": (
            raises("ValueError", r"not enough values to unpack|(max|min)\(\).* empty"),
            "A candidate may stand alone: then there is no runner-up to look at. Count 0 votes for the missing one.",
        ),
    }


@beside
def collected(longest_words, lines):
    """The pairs of the RDD that the function makes of three partitions; what it is, where it is no RDD."""
    answer = longest_words(spark.start().sparkContext.parallelize(lines, 3))
    if answer is None:
        return None
    return answer.collect() if hasattr(answer, "reduceByKey") else type(answer).__name__


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


def words_in(facts):
    return {key: fact for key, fact in facts.items() if not str(key).startswith("_")}


def lengths_of_words(facts):
    return lengths(words_in(facts))


class LongestWords(Exercise):
    """The longest word for each initial, on Spark."""

    name = "longest_words"

    def look(self, longest_words, lines):
        """The words by initial; besides the lengths of the longest and of the shortest ones."""
        pairs = collected(longest_words, lines)
        if pairs is None:
            return None
        if not isinstance(pairs, list) or not all(is_pair(item) for item in pairs):
            return unfit(pairs)
        words = {key: word for key, word in pairs}
        if len(words) < len(pairs):
            return unfit(pairs)
        shortest = best(lines, lambda word: (len(word), word))
        return words | {"_lengths": lengths(longest(lines)), "_shortest": lengths(shortest)}

    def examples(self):
        lines = ["We the people", "the past, to there", "that were it's"]
        yield (lines,), {"w": "were", "t": "there", "p": "people", "i": "it's"}
        yield (["bee bat", "ant, bug be", "bin"],), {"b": "bat", "a": "ant"}

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
            "Between equally long words you keep the last in the alphabet. The first should win. If you compare by "
            "length and word: `-len(word)` turns the lengths alone round.",
        ),
        "no RDD": (
            when(lambda got: isinstance(got, str)),
            "What comes back is no RDD. Leave the pairs on Spark: `collect` and `collectAsMap` bring them all here.",
        ),
        "an initial several times": (
            when(lambda got: isinstance(got, list) and all(is_pair(item) for item in got)),
            "A key comes several times. Keep one word for each initial: `reduceByKey`.",
        ),
        "words alone": (
            when(lambda got: isinstance(got, list) and all(isinstance(item, str) for item in got)),
            "You give words alone. Give pairs (initial, word).",
        ),
        "the start value wins": (
            when(lambda got: "" in got.values()),
            "An empty word comes out. If it is your start value: every word should beat it. `reduceByKey` needs none.",
        ),
        "not the words of word_pairs": (
            when(
                lambda got: any(re.search("[^a-z']", str(word)) for word in words_in(got).values())
            ),
            "Your words have capitals or signs. `word_pairs` makes small letters and leaves signs out: take its words.",
        ),
        "ties by order": (
            when(lambda got: lengths_of_words(got) == got["_lengths"]),
            "The lengths are right, but of equally long words another one wins. In Spark it is luck which comes first: "
            "where lengths are equal, compare the words.",
        ),
        "keyed by word": (
            lambda lines: dict.fromkeys(words_of(lines), 1),
            "The key is still the word. Make pairs (initial, word) first, with `map`.",
        ),
        "shortest": (
            when(lambda got: lengths_of_words(got) == got["_shortest"]),
            "These are the shortest words. Keep the longer of two.",
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


def one_cut(f, order, at, arranged=list):
    """The answer of one order, cut in two."""
    return f(reduce(f, arranged(order[:at])), reduce(f, arranged(order[at:])))


def cuts(f, order, arranged=list):
    """The answers of one order, cut in two in every place."""
    return [one_cut(f, order, at, arranged) for at in range(1, len(order))]


def commutative(f, values):
    return all(f(a, b) == f(b, a) for a, b in permutations(values, 2))


def associative(f, values):
    return all(f(f(a, b), c) == f(a, f(b, c)) for a, b, c in permutations(values, 3))


SWAPS = "You swap two values, and look no further. Try each order of all values, and cut each in two in every place."
FEW_AT_A_TIME = (
    "You try a few values at a time. Longer parts give results that you never see so: take each order of all values, "
    "cut it in two, reduce both parts, then the two partial results."
)
NO_ANSWER = "nothing to compare"
LOOK_AT_ALL = "Print all answers for this call: True means that they agree, False that some differ."


def written(text, function):
    """A reducer that a message shows as one would type it."""
    function.__name__ = f"lambda {', '.join(function.__code__.co_varnames[:2])}: {text}"
    return function


def same(answers):
    return all(answer == answers[0] for answer in answers)


def same_object(answers):
    return all(answer is answers[0] for answer in answers)


class GivesOneAnswer(Exercise):
    """Whether every order and every cut leads to the same answer."""

    name = "gives_one_answer"

    def examples(self):
        yield (max, [3, 1, 2]), True
        yield (written("count + 1", lambda count, value: count + 1), [1, 1, 1]), False
        yield (written("a - b", lambda a, b: a - b), [1, 2, 4]), False
        yield (written("a + b", lambda a, b: a + b), ["a", "b", "c"]), False
        yield (written("a + b", lambda a, b: a + b), [[1], [1]]), True
        for values in ([1, 2, 4], [1, 3, 1], [1, 1, 1, 3]):
            yield (written("abs(a - b)", lambda a, b: abs(a - b)), values), False
        yield (written("(a + b) / 2", lambda a, b: (a + b) / 2), [0, 4, 16]), False
        yield (written("a * b", lambda a, b: a * b), [2, 3, 5, 7]), True
        yield (written("count + 1", lambda count, value: count + 1), [1, 1, 1, 1]), False
        for values in ([1, 4, 8], [1, 8, 5, 2], [3, 3, 3, 3, 3]):
            yield (written("a % 10 + b", lambda a, b: a % 10 + b), values), False
        yield (max, [1]), True, self.single

    def hidden(self, rng):
        # from 2 on: with a 1 some examples are visible ones
        k, m, n, p = rng.permutation(np.arange(2, 20))[:4].tolist()
        yield (written("a + b + 1", lambda a, b: a + b + 1), [k, 0, m]), True
        yield (written("count + value**2", lambda count, value: count + value**2), [k] * 4), False
        yield (written("count + 2 * value", lambda count, value: count + 2 * value), [m] * 3), False
        yield (written("(a + b) // 2", lambda a, b: (a + b) // 2), [8 * k, 0, 4 * k]), False
        yield (written("a", lambda a, b: a), [k, k, m]), False
        yield (written("abs(a - b)", lambda a, b: abs(a - b)), [k, 3 * k, k]), False
        yield (written("abs(a - b)", lambda a, b: abs(a - b)), [k, k, k, 3 * k]), False
        yield (written("a + b", lambda a, b: a + b), [[k], [m]]), False
        yield (written("a * b % 7", lambda a, b: a * b % 7), [k, m, n, p]), True
        yield (written("a + b", lambda a, b: a + b), ["x", "x", "x"]), True
        # as many True as False: who always says one of them is seen
        yield (max, [k, m, n]), True
        yield (min, [m, n, p]), True
        yield (written("abs(a - b)", lambda a, b: abs(a - b)), [n, p]), True
        yield (written("count + 1", lambda count, value: count + 1), [1] * 5), False
        for digit, same_answer in ((2, True), (4, False)):
            yield (written("a % 10 + b", lambda a, b: a % 10 + b), [digit] * 5), same_answer
        yield (min, [n]), True, self.single
        yield (written("a - b", lambda a, b: a - b), [p]), True, self.single

    def hidden_inputs(self, draw):
        reducers = {
            "a + b": lambda a, b: a + b,
            "a * b % 7": lambda a, b: a * b % 7,
            "a - b": lambda a, b: a - b,
            "abs(a - b)": lambda a, b: abs(a - b),
            "min(a, b)": lambda a, b: min(a, b),
            "b": lambda a, b: b,
            "a + b + 1": lambda a, b: a + b + 1,
            "(a + b) // 2": lambda a, b: (a + b) // 2,
            "a % 10 + b": lambda a, b: a % 10 + b,
        }
        text, values = draw.one_of(*reducers), draw.items(lambda: draw.whole(0, 20), 1, 5)
        reducer = written(text, reducers[text])
        every = [answer for order in permutations(values) for answer in cuts(reducer, order)]
        return (reducer, values), same(every)

    def single(self, gives_one_answer, reducer, values):
        """A single value has a mistake of its own."""
        try:
            given = gives_one_answer(reducer, values)
        except IndexError:
            return NO_ANSWER
        return NO_ANSWER if str(given) == "False" else given  # of NumPy, too

    mistakes = {
        "one order": (
            lambda f, v: same(cuts(f, v)),
            "You try every cut, but only of the order that was given. Take each of "
            "`permutations(values)`: joining strings slips through.",
        ),
        "forwards and backwards": (
            lambda f, v: same([*cuts(f, v), *cuts(f, v[::-1])]),
            "You try the order that was given, and that order backwards. Take each of `permutations(values)`.",
        ),
        "parts are sorted": (
            lambda f, v: same([a for p in permutations(v) for a in cuts(f, p, sorted)]),
            "It comes out as if you sorted each part. Reduce a part in the order in which it stands.",
        ),
        "the same object": (
            lambda f, v: same_object([a for p in permutations(v) for a in cuts(f, p)]),
            "Equal answers count as different, as with `is`: two equal lists are two objects. Compare with `==`.",
        ),
        "no cuts": (
            lambda f, v: same([reduce(f, p) for p in permutations(v)]),
            "You try every order, but always from left to right. Cut each order in two as well: a reducer that "
            "counts, count + 1, slips through.",
        ),
        "within an order": (
            lambda f, v: all(same(cuts(f, p)) for p in permutations(v)),
            "You compare the answers of each order among themselves. Compare those of all orders with each other.",
        ),
        "first cut missing": (
            lambda f, v: same([a for p in permutations(v) for a in cuts(f, p)[1:]]),
            "You never cut after the first value. Cut at 1, 2, … up to one less than the length: `range(1, length)`.",
        ),
        "last cut missing": (
            lambda f, v: same([a for p in permutations(v) for a in cuts(f, p)[:-1]]),
            "You never cut before the last value. `range` leaves out its end: `range(1, length)` gives every cut.",
        ),
        "one cut": (
            lambda f, v: same([one_cut(f, p, len(v) // 2) for p in permutations(v)]),
            "You cut each order in one place alone. Cut it in every place: `range(1, length)`.",
        ),
        "first comparison": (
            lambda f, v: one_cut(f, v, 1) == reduce(f, v),
            "It looks as if the first comparison decided: `return` in a loop ends the loop. Return False at once, but "
            "True only after the last comparison.",
        ),
        "pairs and triples": (lambda f, v: commutative(f, v) and associative(f, v), FEW_AT_A_TIME),
        "triples": (lambda f, v: associative(f, v), FEW_AT_A_TIME),
        "swaps two only": (lambda f, v: f(v[0], v[1]) == f(v[1], v[0]), SWAPS),
        "swaps each two": (lambda f, v: commutative(f, v), SWAPS),
        "True instead of False": (lambda f, v: True, LOOK_AT_ALL),
        "False instead of True": (lambda f, v: False, LOOK_AT_ALL),
        "upside down": (
            lambda f, v: not same([a for p in permutations(v) for a in cuts(f, p)]),
            LOOK_AT_ALL,
        ),
        "one value": (
            when(lambda got: got == NO_ANSWER),
            "With a single value there is nothing to cut and nothing to compare: the answer is True.",
        ),
        "sets of lists": (
            raises("TypeError", "unhashable type: 'list'"),
            "Some answers are lists, and a set cannot hold lists. Keep the answers in a list and compare with ==.",
        ),
        "an empty part": (
            raises("TypeError", "of empty (iterable|sequence) with no initial value"),
            "One part is empty, so it cannot be reduced. Cut at 1, 2, … up to one less than the length: "
            "`range(1, length)`.",
        ),
    }
