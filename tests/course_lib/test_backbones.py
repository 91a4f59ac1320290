"""Pretrained networks: the weights arrive whole, real photos are recognised, a hostile file runs nothing."""

import pickle
from types import SimpleNamespace

import numpy as np
import pytest
from skimage import data

from course_lib import backbones
from course_lib.backbones import efficientnet, torch_pickle
from course_lib.transfer import middle_square

CATS = {"tabby", "tiger cat", "Persian cat", "Siamese cat", "Egyptian cat"}


@pytest.fixture(scope="module")
def lite0():
    return backbones.load("efficientnet_lite0")


@pytest.fixture(scope="module")
def tensors():
    return efficientnet.pretrained()


# ------------------------------------------------------------------------------------------ the file of weights


def test_the_file_holds_the_weights_of_lite0(tensors):
    assert len(tensors) == 296
    assert tensors["_conv_stem.weight"].shape == (32, 3, 3, 3)
    assert tensors["_fc.weight"].shape == (1000, 1280)
    numbers = sum(t.size for name, t in tensors.items() if name.endswith(("weight", "bias")))
    assert numbers == 4_652_008  # as the paper's table: 4.7 million parameters
    assert all(np.isfinite(tensor).all() for tensor in tensors.values())


def test_strides_are_followed(tmp_path):
    """A transposed view is stored as it lies in memory; the reader must give it back as it was meant."""
    path = tmp_path / "old.pth"
    flat = np.arange(6, dtype="<f4")
    write_old_form(path, {"w": ((3, 2), (1, 3), flat)})
    assert torch_pickle.read(path)["w"].tolist() == flat.reshape(2, 3).T.tolist()


def test_a_tensor_that_reaches_outside_its_storage_is_refused(tmp_path):
    path = tmp_path / "outside.pth"
    write_old_form(path, {"w": ((1000, 1000), (1000, 1), np.zeros(6, "<f4"))})
    with pytest.raises(pickle.UnpicklingError, match="outside"):
        torch_pickle.read(path)


def test_a_file_that_asks_for_code_runs_nothing(tmp_path):
    class Trap:
        def __reduce__(self):
            return (open, (str(tmp_path / "sprung"), "w"))

    path = tmp_path / "trap.pth"
    path.write_bytes(pickle.dumps(torch_pickle.MAGIC) + pickle.dumps(torch_pickle.PROTOCOL) + pickle.dumps(Trap()))
    with pytest.raises(pickle.UnpicklingError, match=r"open"):
        torch_pickle.read(path)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip", pickle.dumps({"a": 1}) * 5])
def test_another_file_is_refused(tmp_path, content):
    path = tmp_path / "other.pth"
    path.write_bytes(content)
    with pytest.raises(pickle.UnpicklingError):
        torch_pickle.read(path)


def write_old_form(path, tensors):
    """Write name → (shape, strides, numbers) as PyTorch before 1.6 did."""

    class Pickler(pickle._Pickler):
        def persistent_id(self, item):
            if isinstance(item, SimpleNamespace):
                return ("storage", FloatStorage, item.key, "cpu", len(item.numbers), None)
            return None

        def save_global(self, item, name=None):
            module = {"FloatStorage": "torch", "_rebuild_tensor_v2": "torch._utils"}[item.__name__]
            self.write(pickle.GLOBAL + f"{module}\n{item.__name__}\n".encode())

        dispatch = {**pickle._Pickler.dispatch, type(lambda: 0): save_global, type: save_global}  # noqa: RUF012

    class FloatStorage: ...

    class Tensor:
        def __init__(self, key, shape, strides, numbers):
            self.parts = SimpleNamespace(key=key, numbers=numbers), 0, shape, strides, False, None

        def __reduce__(self):
            return _rebuild_tensor_v2, self.parts

    def _rebuild_tensor_v2(*parts): ...

    content = {name: Tensor(name, *parts) for name, parts in tensors.items()}
    with path.open("wb") as file:
        for item in (torch_pickle.MAGIC, torch_pickle.PROTOCOL, {}, content, list(tensors)):
            Pickler(file, 2).dump(item)
        for *_, numbers in tensors.values():
            file.write(len(numbers).to_bytes(8, "little") + numbers.tobytes())


# ------------------------------------------------------------------------------------------ EfficientNet-Lite0


def test_every_weight_is_used_exactly_once(tensors):
    network = efficientnet.build()
    efficientnet.load_weights(network, tensors)
    used = np.sort(np.concatenate([weight.numpy().ravel() for weight in network.weights]))
    counters = [name for name in tensors if name.endswith("num_batches_tracked")]
    given = np.sort(np.concatenate([t.ravel() for name, t in tensors.items() if name not in counters]))
    np.testing.assert_array_equal(used, given)
    with pytest.raises(KeyError):
        efficientnet.load_weights(network, {k: v for k, v in tensors.items() if k != "_blocks.7._bn1.bias"})
    with pytest.raises(ValueError, match="one_too_many"):
        efficientnet.load_weights(network, {**tensors, "one_too_many": np.zeros(3)})


@pytest.mark.parametrize(
    ("photo", "expected"),
    [("chelsea", CATS), ("coffee", {"espresso", "cup"}), ("camera", {"tripod"}), ("stereo_motorcycle", {"moped"})],
)
def test_real_photos_are_recognised(lite0, photo, expected):
    image = getattr(data, photo)()
    image = image[0] if isinstance(image, tuple) else image
    assert lite0.top(middle_square(image, 224))[0][0] in expected


def test_three_of_the_first_three_are_cats(lite0):
    assert {name for name, _ in lite0.top(middle_square(data.chelsea(), 224), 3)} <= CATS


def test_a_backbone_knows_itself(lite0):
    images = np.random.default_rng(0).integers(0, 256, (3, 64, 96, 3), dtype=np.uint8)
    features = lite0.features(images, batch_size=2)
    assert features.shape == (3, lite0.feature_size) == (3, 1280)
    maps = lite0.feature_map(lite0.preprocess(images))
    np.testing.assert_allclose(np.mean(maps, axis=(1, 2)), features, rtol=1e-4, atol=1e-5)
    assert lite0.kernel.shape == (1280, 1000) and len(lite0.labels) == 1000
    assert images.dtype == np.uint8, "preprocess leaves its argument alone"


def test_the_mean_of_a_heat_map_is_the_logit(lite0):
    image = middle_square(data.chelsea(), 224)
    heat = lite0.heat_map(image, lite0.kernel[:, 282])
    assert heat.shape == (7, 7)
    assert heat.mean() == pytest.approx(lite0.features(image[None])[0] @ lite0.kernel[:, 282], rel=1e-3)


def test_random_weights_recognise_nothing():
    assert backbones.load("efficientnet_lite0", pretrained=False).top(middle_square(data.chelsea(), 224))[0][1] < 0.1


def test_an_unknown_name_is_told_the_known_ones():
    with pytest.raises(ValueError, match="efficientnet_lite0, resnet50"):
        backbones.load("resnet51")


# ------------------------------------------------------------------------------------------ ResNet50


@pytest.mark.slow
def test_resnet50_from_a_local_file(tmp_path, monkeypatch):
    import keras

    keras.utils.set_random_seed(1)
    whole = keras.applications.ResNet50(weights=None)
    path = tmp_path / "resnet50.weights.h5"
    whole.save_weights(path)
    monkeypatch.setenv(backbones.RESNET50_WEIGHTS, str(path))
    resnet = backbones.load("resnet50")
    image = middle_square(data.chelsea(), 224)
    expected = whole.predict(keras.applications.resnet50.preprocess_input(image[None].astype("float32")), verbose=0)[0]
    top = resnet.top(image, k=3)
    assert [resnet.labels.index(name) for name, _ in top] == np.argsort(-expected)[:3].tolist()
    np.testing.assert_allclose([p for _, p in top], np.sort(expected)[::-1][:3], rtol=1e-3)
    assert resnet.feature_size == 2048 and resnet.heat_map(image, resnet.kernel[:, 0]).shape == (7, 7)
    from course_lib.transfer import split

    lower, upper = split(resnet)
    maps = lower(resnet.preprocess(image[None]))
    np.testing.assert_allclose(upper(maps), resnet.features(image[None]), rtol=1e-3, atol=1e-4)


def test_resnet50_says_what_is_wrong_with_a_file(tmp_path):
    with pytest.raises(backbones.BackboneUnavailable, match="no file"):
        backbones.load("resnet50", weights=tmp_path / "absent.h5")
    (tmp_path / "broken.weights.h5").write_bytes(b"not a file of weights")
    with pytest.raises(backbones.BackboneUnavailable, match="does not hold"):
        backbones.load("resnet50", weights=tmp_path / "broken.weights.h5")


def test_resnet50_without_a_network_says_what_to_do(monkeypatch):
    import keras

    real = keras.applications.ResNet50

    def offline(weights, **settings):
        if weights == "imagenet":
            raise Exception("URL fetch failure")  # what Keras raises
        return real(weights=weights, **settings)

    monkeypatch.delenv(backbones.RESNET50_WEIGHTS, raising=False)
    monkeypatch.setattr(keras.applications, "ResNet50", offline)
    with pytest.raises(backbones.BackboneUnavailable, match="COURSE_RESNET50_WEIGHTS"):
        backbones.load("resnet50")
