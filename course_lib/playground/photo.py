"""Playground: a photo of your own, the classes that a pretrained network sees in it, and where it sees them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib import plots
from course_lib.backbones import Backbone
from course_lib.playground import view
from course_lib.transfer import Photo, middle_square


@dataclass(frozen=True)
class Look:
    """One photo as a network sees it.

    Attributes:
        image: its middle square, RGB (size, size, 3).
        top: the likeliest classes, (name, probability), likeliest first.
    """

    backbone: Backbone
    image: np.ndarray
    top: list[tuple[str, float]]

    @classmethod
    def at(cls, backbone: Backbone, photo: Photo) -> Look:
        """Look at a path, an open file or an array (height, width, 3).

        Raises:
            OSError: where it is no photo.
        """
        image = middle_square(photo, backbone.size)
        return cls(backbone, image, backbone.top(image))

    def heat(self, name: str) -> np.ndarray:
        """Class-activation map (h, w) of a class."""
        return self.backbone.heat_map(self.image, self.backbone.kernel[:, self.backbone.labels.index(name)])

    def describe(self, name: str) -> str:
        """The picture in words."""
        bars = ", ".join(f"{label} {probability:.0%}" for label, probability in self.top)
        heat = self.heat(name)
        row, column = np.unravel_index(heat.argmax(), heat.shape)
        across = ("left", "middle", "right")[3 * column // heat.shape[1]]
        down = ("top", "middle", "bottom")[3 * row // heat.shape[0]]
        return f"A photo, its likeliest classes ({bars}), and a map of what speaks for {name}: most at {down} {across}."

    def html(self, name: str) -> str:
        """Photo, bars of the likeliest classes, and the heat map of one of them."""
        import matplotlib.pyplot as plt

        plots.style()
        fig, (photo, bars, map_) = plt.subplots(1, 3, figsize=(10.5, 3.3), layout="constrained")
        plt.close(fig)
        photo.imshow(self.image)
        photo.set(title="The photo", xticks=[], yticks=[])
        photo.grid(visible=False)
        names, probabilities = zip(*reversed(self.top), strict=True)
        colors = [plots.COLORS[1] if label == name else plots.COLORS[0] for label in names]
        bars.barh(names, probabilities, color=colors)
        bars.set(title="What the network says", xlabel="probability", xlim=(0, 1))
        plots.heat_over(map_, self.image, self.heat(name))
        map_.set_title(f"Where: {name}" if len(name) < 25 else f"Where: {name[:24]}…")
        return plots.img(plots.quick_png(fig), self.describe(name))


def photo(backbone: Backbone, start: Photo) -> None:
    """Show the playground: choose a photo from your disk, then one of its likeliest classes.

    Args:
        backbone: the network that looks.
        start: the first photo, an array (height, width, 3) or a path; it stands alone where there are no widgets.
    """
    import ipywidgets as widgets

    look = Look.at(backbone, start)
    chooser = widgets.FileUpload(accept="image/*", multiple=False, description="Your photo")
    names = widgets.Dropdown(options=[name for name, _ in look.top], description="show")
    picture, message = widgets.HTML(look.html(names.value)), widgets.HTML()

    def load(change: dict[str, Any]) -> None:
        nonlocal look
        if not change["new"]:
            return
        try:
            look = Look.at(backbone, io.BytesIO(change["new"][0]["content"]))
        except Exception:  # Pillow raises many kinds for files that are no photos
            message.value = "That file is no photo that can be read here. Try a JPEG or PNG."
            return
        message.value = ""
        names.options = [name for name, _ in look.top]  # also chooses the first, which draws
        draw()

    def draw(_change: object = None) -> None:
        if names.value:
            picture.value = look.html(names.value)

    chooser.observe(load, names="value")
    names.observe(draw, names="value")
    view.show(widgets.VBox([widgets.HBox([chooser, names]), message, picture]), look.html(look.top[0][0]))
