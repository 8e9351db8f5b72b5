"""Where a change comes from: its drivers, volume, rate and mix, and the few segments that carry it; parts add up."""

from zhanggui.methods.decomposition.identity import product_effects
from zhanggui.methods.decomposition.localisation import Carrier, Carriers, carriers
from zhanggui.methods.decomposition.mix import RateMix, VolumeRateMix, rate_and_mix, volume_rate_and_mix
from zhanggui.methods.decomposition.rounding import whole_parts

__all__ = [
    "Carrier",
    "Carriers",
    "RateMix",
    "VolumeRateMix",
    "carriers",
    "product_effects",
    "rate_and_mix",
    "volume_rate_and_mix",
    "whole_parts",
]
