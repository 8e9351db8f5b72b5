"""Who buys again, how often and for how much: models of buying until an unseen end (catalogue M-CUST-05)."""

from zhanggui.methods.lifetime.backtest import BackTest, Drift, PastForecasts, Tried, back_test, drift, past_forecasts
from zhanggui.methods.lifetime.fitting import MODELS, Fit, fit
from zhanggui.methods.lifetime.forecast import Range, discounted_purchases, forecast_range
from zhanggui.methods.lifetime.geometric import BgNbd, MbgNbd
from zhanggui.methods.lifetime.histories import Histories, HistoryError, grouped, histories
from zhanggui.methods.lifetime.occasions import Occasions, Window, occasions, window
from zhanggui.methods.lifetime.pareto import ParetoNbd
from zhanggui.methods.lifetime.scoring import Score, Tenths, ranking, score, tenths
from zhanggui.methods.lifetime.searching import NoFitError
from zhanggui.methods.lifetime.spending import DrawnMean, GammaGamma, fit_drawn_mean, fit_gamma_gamma

__all__ = [
    "MODELS",
    "BackTest",
    "BgNbd",
    "DrawnMean",
    "Drift",
    "Fit",
    "GammaGamma",
    "Histories",
    "HistoryError",
    "MbgNbd",
    "NoFitError",
    "Occasions",
    "ParetoNbd",
    "PastForecasts",
    "Range",
    "Score",
    "Tenths",
    "Tried",
    "Window",
    "back_test",
    "discounted_purchases",
    "drift",
    "fit",
    "fit_drawn_mean",
    "fit_gamma_gamma",
    "forecast_range",
    "grouped",
    "histories",
    "occasions",
    "past_forecasts",
    "ranking",
    "score",
    "tenths",
    "window",
]
