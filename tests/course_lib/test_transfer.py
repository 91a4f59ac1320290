"""The recipes of lesson 08: folds are fair, photos are read alike, what should be frozen stays frozen."""

import numpy as np
import pytest
from PIL import Image

from course_lib import backbones, transfer


def test_each_position_is_tested_once_and_every_class_has_its_share():
    labels = np.repeat([0, 1, 2], [50, 25, 10])
    folds = transfer.folds(labels)
    assert sorted(np.concatenate([test for _, test in folds])) == list(range(85))
    for train, test in folds:
        assert not set(train) & set(test) and len(train) + len(test) == 85
        assert np.bincount(labels[test]).tolist() == [10, 5, 2]


def test_photos_are_read_from_folders(tmp_path):
    for part in ("train", "validation"):
        for name, color in {"cats": "red", "dogs": "blue"}.items():
            folder = tmp_path / part / name
            folder.mkdir(parents=True)
            for i in range(3):
                Image.new("RGB", (40, 20 + 10 * i), color).save(folder / f"{i}.png")
    photos = transfer.read_photos(tmp_path, size=16)
    assert photos.images.shape == (12, 16, 16, 3) and photos.images.dtype == np.uint8
    assert photos.names == ["cats", "dogs"] and photos.labels.tolist() == [0] * 6 + [1] * 6
    assert photos.images[0, 0, 0].tolist() == [255, 0, 0]
    assert len(transfer.read_photos(tmp_path, 16, per_class=2).images) == 4
    assert [photos.files[i].parts[-3:] for i in photos.in_part("validation")[[0, -1]]] == [
        ("validation", "cats", "0.png"),
        ("validation", "dogs", "2.png"),
    ]


@pytest.fixture(scope="module")
def lite0():
    return backbones.load("efficientnet_lite0")


def test_the_two_parts_of_a_backbone_make_the_whole(lite0):
    images = np.random.default_rng(0).integers(0, 256, (2, 64, 64, 3), dtype=np.uint8)
    lower, upper = transfer.split(lite0)
    np.testing.assert_allclose(upper(lower(lite0.preprocess(images))), lite0.features(images), rtol=1e-3, atol=1e-4)


def test_an_opened_block_trains_and_its_batchnorm_and_the_original_do_not(lite0):
    import keras

    lite0.model.trainable = False
    _, block = transfer.split(lite0)
    before = [weight.copy() for weight in block.get_weights()]
    copy = transfer.opened(block)
    maps, labels = np.random.default_rng(1).random((8, 2, 2, 192), dtype="float32"), np.arange(8) % 2
    model = keras.Sequential([keras.Input((2, 2, 192)), copy, transfer.new_head(1280, 2)])
    transfer.Repeated(model).train(model.get_weights(), maps, labels, epochs=1)
    for old, new in zip(block.layers, copy.layers, strict=True):
        same = all(np.array_equal(a, b) for a, b in zip(old.get_weights(), new.get_weights(), strict=True))
        trained = bool(old.weights) and not isinstance(old, keras.layers.BatchNormalization)
        assert same != trained, old.name
    assert all(np.array_equal(a, b) for a, b in zip(before, block.get_weights(), strict=True))


def test_a_network_that_is_trained_again_begins_anew():
    import keras

    x, y = np.random.default_rng(2).random((64, 5), dtype="float32"), np.arange(64) % 3

    def network():
        return transfer.Repeated(keras.Sequential([keras.Input((5,)), keras.layers.Dense(3, activation="softmax")]))

    start = network().model.get_weights()
    repeated, trained = network(), []
    for each in (repeated, repeated, network()):
        keras.utils.set_random_seed(3)
        trained.append(each.train(start, x, y, epochs=2).get_weights()[0])
    assert np.abs(trained[0] - start[0]).max() > 1e-4
    np.testing.assert_allclose(trained[1], trained[0], atol=1e-6)
    np.testing.assert_allclose(trained[2], trained[0], atol=1e-6)


def test_the_table_counts_what_is_done_once():
    rows = {"frozen": [(0.9, 1.0)] * 5}
    deck, deck_seconds, frozen, frozen_seconds = transfer.table(rows, {"frozen": 10.0}).splitlines()
    assert "mean 0.820" in deck and "16,889.1 s" in deck_seconds
    assert "mean 0.900" in frozen and "3.0 s a fold, 5,630 × faster" in frozen_seconds
