"""Networks that others trained: ``backbones.load("efficientnet_lite0")``. See :mod:`course_lib.backbones.backbone`."""

from course_lib.backbones.backbone import RESNET50_WEIGHTS, Backbone, BackboneUnavailable, compiled, load

__all__ = ["RESNET50_WEIGHTS", "Backbone", "BackboneUnavailable", "compiled", "load"]
