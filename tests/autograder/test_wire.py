"""What goes over the judge's wire comes back as it was, and what is no message of ours is refused in one way."""

import enum
import json
import random
import socket
import threading

import numpy as np
import pytest

from autograder.kernels import wire
from autograder.kernels.wire import HEAD, Channel, Packer, Unpacker, WireError, packed_error, read_error
from course_lib.check.outcome import Outcome, Raised
from course_lib.check.plain import Foreign


@pytest.fixture
def ends():
    one, two = socket.socketpair()
    with one, two:
        yield one, two


def there_and_back(value):
    """A value after it has crossed the wire, through a real socket."""
    one, two = socket.socketpair()
    with one, two:
        packer = Packer()
        message = {"gave": packer.pack(value)}
        sender = threading.Thread(target=Channel(one).send, args=(message, packer.blobs))
        sender.start()
        arrived, blobs = Channel(two).receive()
        sender.join()
    return Unpacker(blobs).unpack(arrived["gave"])


def read(part, blobs=b""):
    return Unpacker(blobs).unpack(part)


def same(one, two):
    if isinstance(one, np.ndarray):
        return type(two) is np.ndarray and (one.dtype, one.shape) == (two.dtype, two.shape) and bytes(one) == bytes(two)
    if isinstance(one, (list, tuple)):
        return type(one) is type(two) and len(one) == len(two) and all(map(same, one, two))
    if isinstance(one, (set, frozenset)):
        return type(one) is type(two) and one == two
    return type(one) is type(two) and repr(one) == repr(two)


# ------------------------------------------------------------------------------------------------ there and back


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        -5,
        2**62,
        2**63,
        -(2**70),
        10**4000,
        0.1,
        -0.0,
        float("inf"),
        float("nan"),
        1 + 2j,
        complex("nan"),
        "",
        "a ✓ 😀 \0 \n",
        b"",
        b"\xff\0",
        [],
        (),
        set(),
        frozenset(),
        {},
        [1, (2.0, [None, {"a": (b"x",)}])],
        {1, 2, ("a", frozenset({3}))},
        {("a", 1): [1], None: {2: {3: "x"}}, 2.5: True},
    ],
    ids=lambda value: type(value).__name__,
)
def test_plain_values_come_back_with_their_types(value):
    assert same(there_and_back(value), value)


DTYPES = "? i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16 S3 U3 >i4 >f8 >U2"


@pytest.mark.parametrize("dtype", DTYPES.split())
def test_arrays_come_back_with_dtype_and_shape(dtype):
    for array in (
        np.arange(6).reshape(2, 3).astype(dtype),
        np.arange(6).reshape(2, 3).astype(dtype).T[::-1],
        np.array(1).astype(dtype),
        np.empty((0, 3), dtype),
        np.empty((2, 0, 4), dtype),
    ):
        back = there_and_back(array)
        assert type(back) is np.ndarray and back.dtype == array.dtype and back.shape == array.shape
        assert (back == array).all()
        assert back.flags.writeable


@pytest.mark.parametrize(
    "value", [np.float32(0.1), np.int8(-3), np.bool_(True), np.complex64(1j), np.str_("é"), np.uint64(2**64 - 1)]
)
def test_a_scalar_of_numpy_stays_one(value):
    assert same(there_and_back(value), value)


def test_numbers_that_are_not_finite_stand_in_arrays_as_well():
    back = there_and_back(np.array([np.nan, np.inf, -np.inf, -0.0]))
    assert np.isnan(back[0]) and back[1] == np.inf and back[2] == -np.inf and np.signbit(back[3])


def test_several_arrays_share_a_frame():
    arrays = [np.arange(n, dtype=float) for n in range(5)]
    assert same(there_and_back({"all": arrays})["all"], arrays)


def test_a_frame_larger_than_the_sockets_buffer_arrives_whole():
    array = np.random.default_rng(0).normal(size=300_000)
    assert same(there_and_back([array, "x" * 300_000]), [array, "x" * 300_000])


def test_a_subclass_comes_back_as_its_base_type_whatever_its_methods_say():
    class Text(str):
        def __str__(self):
            return "lie"

    class Number(int):
        def __int__(self):
            return 7

        __index__ = __abs__ = __int__

    class Real(float):
        def __float__(self):
            return 7.0

    class Row(list):
        def __iter__(self):
            return iter([7])

    class Table(dict):
        def items(self):
            return [(7, 7)]

    class Data(bytes):
        def __bytes__(self):
            return b"lie"

    class Own(np.ndarray):
        pass

    class Color(enum.IntEnum):
        RED = 2

    given = [Text("a"), Number(1), Real(0.5), Row([1]), Table({1: 2}), Data(b"d"), Color.RED]
    assert same(there_and_back(given), ["a", 1, 0.5, [1], {1: 2}, b"d", 2])
    assert same(there_and_back(np.arange(3).view(Own)), np.arange(3))
    assert same(there_and_back(np.ma.masked_array([1, 2], [0, 1])), np.array([1, 2]))


def test_an_array_of_objects_comes_back_as_a_list():
    assert same(there_and_back(np.array([1, "a", None], dtype=object)), [1, "a", None])


def test_half_a_character_becomes_a_mark():
    half = "a\ud800b"
    assert "\ud800" not in there_and_back(half) and there_and_back(half)[0] + there_and_back(half)[-1] == "ab"
    assert there_and_back(np.array([half])).tolist() == ["a\ufffdb"]
    read({"foreign": half}).says.encode()
    read(half).encode()
    raised = read_error([[half], half, half])
    "".join([*raised.kinds, raised.text, raised.line]).encode()


@pytest.mark.slow
def test_tensors_and_tables_come_back_as_arrays():
    import pandas as pd
    import tensorflow as tf

    assert same(there_and_back(tf.constant([[1.0, 2.0]])), np.array([[1, 2]], "float32"))
    (back,) = there_and_back([tf.Variable(3)])
    assert back == 3 and back.dtype == "int32"
    assert same(there_and_back(pd.Series([1.0, 2.0])), np.array([1.0, 2.0]))
    assert same(there_and_back(pd.DataFrame({"a": [1], "b": [2]})), np.array([[1, 2]]))


# ------------------------------------------------------------------------------------------- what is no plain data


class Liar:
    __class__ = int  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (object(), "an object of type object"),
        (np.tanh, "the function tanh"),
        ((n for n in "ab"), "an object of type generator"),
        (Liar(), "an object of type Liar"),
        (np.zeros(2, "M8[s]"), "an array of datetime64[s]"),
        (np.zeros((10**9, 0)), "an empty array of shape (1000000000, 0)"),
        (np.zeros(2, [("a", int)]), "an array of [('a', '<i8')]"),
        (10**20_000, "a number of more than ten thousand digits"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_is_no_plain_data_becomes_words(value, says):
    assert there_and_back(value).says == says
    inner = there_and_back([1, {"a": (value,)}])
    assert inner[1]["a"][0].says == says


@pytest.mark.parametrize(
    "value", [object(), [object()], {"a": {1: np.tanh}}, np.zeros(1, "M8[s]"), {Liar(): 1}, range(3)]
)
def test_a_student_reads_the_same_words_in_both_processes(value):
    here, there = Outcome(value), Outcome(there_and_back(value))
    assert here.problem and there.problem == here.problem


def test_what_has_no_hash_at_the_other_end_is_no_key():
    class Key(list):
        __hash__ = object.__hash__  # type: ignore[assignment]

    for value in ({Key(): 1}, {Key()}, {(1, Key()): 2}):
        assert Outcome(there_and_back(value)).problem.endswith("as a key")


def test_a_function_travels_as_its_number_where_it_may():
    functions: list = []
    packed = Packer(functions).pack([np.sin, {"f": len}])
    assert functions == [np.sin, len]
    back = Unpacker(b"", lambda number: f"function {number}").unpack(packed)
    assert back == ["function 0", {"f": "function 1"}]
    with pytest.raises(WireError):
        read(packed)


def test_what_is_too_deep_or_endless_ends_in_words():
    endless: list = []
    endless.append(endless)
    back = there_and_back(endless)
    for _ in range(wire.DEEPEST + 1):
        (back,) = back
    assert back.says == "nested too deeply"


def test_more_than_a_million_parts_end_in_words(monkeypatch):
    monkeypatch.setattr(wire, "MOST_PARTS", 10)
    back = there_and_back(list(range(15)))
    assert back[:9] == list(range(9)) and back[9].says == "more than a million parts"


def test_an_exception_comes_back():
    raised = Raised(("KeyError", "LookupError", "Exception"), "'a'", "d['a']")
    assert read_error(json.loads(json.dumps(packed_error(raised)))) == raised


# -------------------------------------------------------------------------------------------- a strict reader

FOUR = b"\0\0\x80\x3f"

MALFORMED = {
    "a bare list": ([1], b""),
    "an empty dict": ({}, b""),
    "two kinds": ({"list": [], "tuple": []}, b""),
    "an unknown kind": ({"pickle": "gASV"}, b""),
    "a function where none may come": ({"function": 0}, b""),
    "a list that is text": ({"list": "ab"}, b""),
    "a dict that is a dict": ({"dict": {"a": 1}}, b""),
    "a pair of three": ({"dict": [[1, 2, 3]]}, b""),
    "a pair that is text": ({"dict": ["ab", 3]}, b""),
    "a list as a key": ({"dict": [[{"list": []}, 1]]}, b""),
    "a dict in a set": ({"set": [{"dict": []}]}, b""),
    "an array in a frozenset": ({"frozenset": [{"array": ["<f4", [1], 4]}]}, FOUR),
    "a number that is a word": ({"int": "word"}, b""),
    "a number that is a number": ({"int": 5}, b""),
    "a number without end": ({"int": "0x" + "f" * 20_000}, b""),
    "half a complex number": ({"complex": [1.0]}, b""),
    "a complex number of words": ({"complex": ["1", "2"]}, b""),
    "a complex number of truth": ({"complex": [True, False]}, b""),
    "a complex number that is text": ({"complex": "12"}, b""),
    "bytes that are a number": ({"bytes": 5}, b""),
    "bytes that are not base64": ({"bytes": "é!"}, b""),
    "words that are a list": ({"foreign": ["a"]}, b""),
    "a scalar of five": ({"scalar": 5}, b""),
    "a scalar that is a list": ({"scalar": {"list": []}}, b""),
    "a scalar that is a row": ({"scalar": {"array": ["<f4", [1], 4]}}, FOUR),
    "an array of two parts": ({"array": ["<f4", [1]]}, FOUR),
    "an array that is text": ({"array": "abc"}, FOUR),
    "an array of objects": ({"array": ["|O", [1], 8]}, b"\0" * 8),
    "an array of objects in disguise": ({"array": ["<O8", [1], 8]}, b"\0" * 8),
    "an array of records": ({"array": ["i4,i4", [1], 8]}, b"\0" * 8),
    "an array of voids": ({"array": ["|V4", [1], 4]}, FOUR),
    "an array of dates": ({"array": ["<M8[s]", [1], 8]}, b"\0" * 8),
    "a dtype that is none": ({"array": ["<f3", [1], 3]}, b"\0" * 3),
    "a dtype that is a list": ({"array": [["<f4"], [1], 4]}, FOUR),
    "a size too small": ({"array": ["<f4", [2], 4]}, FOUR),
    "a size too large": ({"array": ["<f4", [1], 8]}, b"\0" * 8),
    "a size below zero": ({"array": ["<f4", [1], -4]}, FOUR),
    "a size that is text": ({"array": ["<f4", [1], "4"]}, FOUR),
    "a size that is true": ({"array": ["|i1", [1], True]}, b"\0"),
    "more than there is": ({"array": ["<f4", [2], 8]}, FOUR),
    "bytes that are used already": ({"list": [{"array": ["<f4", [1], 4]}, {"array": ["<f4", [1], 4]}]}, FOUR),
    "a shape below zero": ({"array": ["<f4", [-1], 4]}, FOUR),
    "a shape below zero twice": ({"array": ["<f4", [-1, -1], 4]}, FOUR),
    "a shape of true": ({"array": ["<f4", [True], 4]}, FOUR),
    "a shape of halves": ({"array": ["<f4", [1.0], 4]}, FOUR),
    "a shape that is a number": ({"array": ["<f4", 1, 4]}, FOUR),
    "a shape of 33 dimensions": ({"array": ["<f4", [1] * 33, 4]}, FOUR),
    "a huge shape without size": ({"array": ["<U0", [10**9], 0]}, b""),
    "a shape with a thousand million rows of nothing": ({"array": ["<f4", [10**9, 0], 0]}, b""),
    "a shape with as many, in two axes": ({"array": ["<U1", [10**5, 0, 10**4], 0]}, b""),
    "an empty shape beyond all bounds": ({"array": ["<f4", [0, 2**70], 0]}, b""),
    "booleans that are neither": ({"array": ["|b1", [1], 1]}, b"\x02"),
    "characters that are none": ({"array": ["<U1", [1], 4]}, b"\xff\xff\xff\xff"),
    "characters that are none, the other way round": ({"array": [">U1", [1], 4]}, b"\xff\0\0\0"),
}


@pytest.mark.parametrize(("part", "blobs"), MALFORMED.values(), ids=MALFORMED)
def test_a_value_of_another_form_is_refused(part, blobs):
    with pytest.raises(WireError):
        read(part, blobs)


def test_what_is_too_deep_or_has_too_many_parts_is_refused(monkeypatch):
    deep: object = None
    for _ in range(3 * wire.DEEPEST):
        deep = {"list": [deep]}
    with pytest.raises(WireError):
        read(deep)
    monkeypatch.setattr(wire, "MOST_PARTS", 10)
    with pytest.raises(WireError):
        read({"list": [None] * 30})


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        "abc",
        [[], "a", "b"],
        [["A"] * 21, "a", "b"],
        [[1], "a", "b"],
        [["A"], 1, "b"],
        [["A"], "a"],
        ["A", "a", "b"],
    ],
)
def test_an_exception_of_another_form_is_refused(given):
    with pytest.raises(WireError):
        read_error(given)


def test_an_exception_is_cut_to_a_length():
    raised = read_error([["K" * 1000], "t" * 10_000, "l" * 1000])
    assert len(raised.kind) <= 60 and len(raised.text) <= 400 and len(raised.line) <= 200


def frame(text: bytes, rest: bytes = b"") -> bytes:
    return HEAD.pack(len(text), len(rest)) + text + rest


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"abc",
        b"GET / HTTP/1.1\r\n\r\n",
        HEAD.pack(wire.MOST_TEXT + 1, 0),
        HEAD.pack(2, wire.MOST_BYTES + 1),
        HEAD.pack(2**64 - 1, 2**64 - 1),
        frame(b"{}", b"12345")[:-1],
        frame(b'{"a": 1}')[:-1],
        frame(b""),
        frame(b"{"),
        frame(b"\xff\xfe\xff"),
        frame(b"[" * 100_000),
        frame(b'{"a": ' * 5_000),
        frame(b"1" * 5000),
        frame(b"[1]"),
        frame(b"null"),
        frame(b'"done"'),
    ],
    ids=lambda sent: repr(sent[:24]),
)
def test_a_frame_of_another_form_is_refused(ends, sent):
    ends[0].sendall(sent)
    ends[0].close()
    with pytest.raises(WireError):
        Channel(ends[1]).receive()


def test_what_is_announced_takes_no_memory_before_it_comes(ends):
    import tracemalloc

    ends[0].sendall(HEAD.pack(wire.MOST_TEXT, wire.MOST_BYTES) + b"{")
    ends[0].close()
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            Channel(ends[1]).receive()
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_nothing_too_large_is_sent(ends):
    with pytest.raises(WireError):
        Channel(ends[0]).send({"a": "x" * (wire.MOST_TEXT + 1)})
    with pytest.raises(WireError):
        Channel(ends[0]).send({}, [bytes(wire.MOST_BYTES + 1)])


def test_sending_to_nobody_is_refused_in_the_same_way(ends):
    ends[1].close()
    with pytest.raises(WireError):
        for _ in range(3):
            Channel(ends[0]).send({"a": 1})


def test_an_interrupt_loses_nothing_of_a_frame(ends):
    class Interrupted:
        """A connection that gives three bytes, then an interrupt, and so on."""

        turn = 0

        def recv(self, size):
            self.turn += 1
            if self.turn % 2 == 0:
                raise KeyboardInterrupt
            return ends[1].recv(min(size, 3))

    packer = Packer()
    Channel(ends[0]).send({"gave": packer.pack([np.arange(3), "text"])}, packer.blobs)
    Channel(ends[0]).send({"done": True})
    channel = Channel(Interrupted())  # type: ignore[arg-type]
    received: list = []
    while len(received) < 2:
        try:
            received.append(channel.receive())
        except KeyboardInterrupt:
            continue
    message, blobs = received[0]
    assert same(read(message["gave"], blobs), [np.arange(3), "text"])
    assert received[1] == ({"done": True}, b"")


def test_an_error_of_the_wire_is_no_error_of_an_answer():
    assert not issubclass(WireError, Exception)


# ------------------------------------------------------------------------------------------------ at random

SAMPLES = [
    [np.arange(6.0).reshape(2, 3), np.array(["ab", "é"]), np.array([True, False]), np.float32(1.5), 3 + 4j],
    {"a": (1, 2.5, None, True), ("k", 2): {1, frozenset({"x"})}, 5: [b"bytes", 2**80, "text ✓"]},
    [[[[["deep"]]]], {"f": object()}, np.empty((0, 2), "S4"), np.array(7, "u1")],
]
WORDS = [
    None,
    True,
    -1,
    0,
    2**70,
    1.5,
    "",
    "<f4",
    "|O",
    "<U1",
    "|b1",
    [],
    [1],
    [-1],
    {},
    {"list": []},
    {"array": 1},
    "0x1",
]


def is_plain(value):
    if isinstance(value, (list, tuple, set, frozenset)):
        return all(map(is_plain, value))
    if isinstance(value, dict):
        return all(is_plain(key) and is_plain(item) for key, item in value.items())
    if isinstance(value, np.ndarray):
        return value.dtype.kind in wire.KINDS and value.nbytes < 100_000
    known = (bool, int, float, complex, str, bytes, Foreign)
    return value is None or type(value) in known or (isinstance(value, np.generic) and value.dtype.kind in wire.KINDS)


def changed(part, chance):
    """A packed value with some piece of it replaced, dropped, doubled or renamed."""
    if chance.random() < 0.08:
        return chance.choice(WORDS)
    if isinstance(part, list):
        items = [changed(item, chance) for item in part]
        if items and chance.random() < 0.08:
            items.insert(0, items[-1]) if chance.random() < 0.5 else items.pop()
        return items
    if isinstance(part, dict):
        kinds = [
            "array",
            "scalar",
            "list",
            "tuple",
            "set",
            "frozenset",
            "dict",
            "int",
            "complex",
            "bytes",
            "foreign",
            "x",
        ]
        return {
            chance.choice(kinds) if chance.random() < 0.08 else key: changed(item, chance) for key, item in part.items()
        }
    if isinstance(part, int) and chance.random() < 0.1:
        return part + chance.choice([-1, 1, 4, 2**40])
    return part


def test_whatever_arrives_is_a_plain_value_or_refused():
    chance, refused = random.Random(1), 0
    for turn in range(4000):
        packer = Packer()
        packed, blobs = packer.pack(SAMPLES[turn % 3]), bytearray(b"".join(packer.blobs))
        packed = changed(packed, chance)
        for _ in range(chance.randrange(4)):
            if blobs:
                blobs[chance.randrange(len(blobs))] = chance.randrange(256)
        try:
            value = read(packed, bytes(blobs[: chance.choice([None, None, -1])]))
        except WireError:
            refused += 1
        else:
            assert is_plain(value), packed
            Outcome(value)
            json.dumps(Packer().pack(value))
    assert 1000 < refused < 3900  # both happen


def test_whatever_bytes_arrive_are_a_message_or_refused():
    chance, refused = random.Random(2), 0
    for turn in range(2000):
        packer = Packer()
        text = json.dumps({"gave": packer.pack(SAMPLES[turn % 3])}).encode()
        sent = bytearray(frame(text, b"".join(packer.blobs)))
        for _ in range(chance.randrange(1, 5)):
            sent[chance.randrange(8 if chance.random() < 0.1 else 0, len(sent))] = chance.randrange(256)
        one, two = socket.socketpair()
        with one, two:
            one.sendall(sent[: chance.choice([len(sent), len(sent), chance.randrange(len(sent))])])
            one.close()
            try:
                message, blobs = Channel(two).receive()
                value = read(message.get("gave"), blobs)
            except WireError:
                refused += 1
            else:
                assert is_plain(value)
    assert 500 < refused < 1990
