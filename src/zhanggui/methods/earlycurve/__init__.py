"""What the first days of a count tell of the days after."""

from zhanggui.methods.earlycurve.early import BackTest, EarlyCurve, back_test, early_curve

__all__ = ["BackTest", "EarlyCurve", "back_test", "early_curve"]
