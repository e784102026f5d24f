"""Pictures in the sizes and formats that pages show."""

from clinicsite.core.pictures.shapes import (
    SHAPES,
    SHARED,
    PictureShape,
    fallback_of,
    filter_of,
    filters_of,
    front_shape,
)

__all__ = ["SHAPES", "SHARED", "PictureShape", "fallback_of", "filter_of", "filters_of", "front_shape"]
