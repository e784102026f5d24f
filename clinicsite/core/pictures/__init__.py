"""Pictures in the sizes and formats that pages show."""

from clinicsite.core.pictures.shapes import SHAPES, PictureShape, filters_of, front_shape

__all__ = ["SHAPES", "PictureShape", "filters_of", "front_shape"]
