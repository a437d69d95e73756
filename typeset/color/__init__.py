"""Colors: on screens, in pictures, on the press.

- ``contrast`` measures how well one color stands out from another;
- ``srgb`` converts a picture that has a color profile to sRGB;
- ``press_profiles`` finds and judges the color profile of a press.
"""

__all__ = ()
