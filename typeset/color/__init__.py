"""Colors: on screens, in pictures, on the press.

- ``contrast`` says how well a color stands out from another;
- ``srgb`` brings a picture with colors of its own to sRGB;
- ``press_profiles`` finds and judges the color profile of a press.
"""

__all__ = ()
