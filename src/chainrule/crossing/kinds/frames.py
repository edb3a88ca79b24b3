"""pandas' values: frames, series, indexes, categories, times. It is imported where one crosses, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

import numpy as np

from chainrule.crossing.kinds import NotPlain

_NULLABLE: Final = frozenset(
    {"Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64", "Float32", "Float64", "boolean"}
)


def _pd() -> Any:
    import pandas

    return pandas


@cache
def forms() -> dict[type, tuple[str, Callable[[Any], Any]]]:
    """How values of each type are taken apart."""
    pd = _pd()
    return {
        pd.DataFrame: ("DataFrame", _frame_apart),
        pd.Series: ("Series", lambda v: (_column_apart(v.array), v.index, v.name)),
        **dict.fromkeys((pd.Index, pd.DatetimeIndex, pd.TimedeltaIndex, pd.PeriodIndex, pd.IntervalIndex), _INDEX),
        pd.CategoricalIndex: _INDEX,
        pd.RangeIndex: ("RangeIndex", lambda v: (v.start, v.stop, v.step, v.name)),
        pd.MultiIndex: ("MultiIndex", lambda v: (list(v.levels), [np.asarray(c) for c in v.codes], list(v.names))),
        pd.Categorical: ("column", _column_apart),
        **dict.fromkeys((pd.arrays.StringArray, pd.arrays.IntegerArray, pd.arrays.FloatingArray), _COLUMN),
        **dict.fromkeys((pd.arrays.BooleanArray, pd.arrays.DatetimeArray, pd.arrays.TimedeltaArray), _COLUMN),
        **dict.fromkeys((pd.arrays.PeriodArray, pd.arrays.IntervalArray), _COLUMN),
        pd.Timestamp: ("Timestamp", _timestamp_apart),
        pd.Timedelta: ("Timedelta", lambda v: v.to_timedelta64()),
        pd.Period: ("Period", lambda v: (v.ordinal, v.freqstr)),
        pd.Interval: ("Interval", lambda v: (v.left, v.right, v.closed)),
        type(pd.NaT): ("single", lambda v: "NaT"),
        type(pd.NA): ("single", lambda v: "NA"),
        **dict.fromkeys((pd.CategoricalDtype, pd.DatetimeTZDtype, pd.StringDtype), _DTYPE),
        **dict.fromkeys((pd.Int64Dtype, pd.Float64Dtype, pd.BooleanDtype, pd.PeriodDtype), _DTYPE),
    }


def _frame_apart(frame: Any) -> Any:
    kinds = set(frame.dtypes.tolist())
    if len(kinds) == 1 and isinstance(kind := kinds.pop(), np.dtype) and kind.kind in "biufc":
        return frame.to_numpy(), frame.columns, frame.index
    return [_column_apart(frame.iloc[:, place].array) for place in range(frame.shape[1])], frame.columns, frame.index


def _column_apart(values: Any) -> Any:
    """The values of a column: an array as it is, the rest as the name of its form and its parts."""
    pd = _pd()
    if isinstance(values.dtype, pd.StringDtype):
        texts = [None if missing else text for text, missing in zip(values, values.isna(), strict=True)]
        return "texts", texts, values.dtype.na_value is pd.NA
    if isinstance(values, pd.arrays.NumpyExtensionArray):
        return values.to_numpy()
    if isinstance(values, pd.Categorical):
        return "category", np.asarray(values.codes), values.categories, bool(values.ordered)
    if isinstance(values, pd.arrays.DatetimeArray):
        zone = _zone_apart(values.tz)
        return "times", values.tz_convert(None).to_numpy() if zone else values.to_numpy(), zone
    if isinstance(values, pd.arrays.TimedeltaArray):
        return "times", values.to_numpy(), ""
    if isinstance(values, pd.arrays.PeriodArray):
        return "periods", np.asarray(values.asi8), values.freqstr
    if isinstance(values, pd.arrays.IntervalArray):
        return "intervals", values.left, values.right, values.closed
    name = str(values.dtype)
    if name in _NULLABLE:
        missing = np.asarray(values.isna(), dtype=bool)
        plain = "bool" if name == "boolean" else name.lower()
        return "nullable", values.to_numpy(dtype=plain, na_value=0), missing, name
    raise NotPlain(f"no column of {name}")


def _column(state: Any) -> Any:
    pd = _pd()
    if type(state) is np.ndarray:
        return state
    form, *parts = state
    if form == "category":
        codes, categories, ordered = parts
        return pd.Categorical.from_codes(codes, categories, ordered=ordered)
    if form == "times":
        values, zone = parts
        if values.dtype.kind not in "mM":
            raise NotPlain("no times")
        built = pd.array(values)
        return built.tz_localize("UTC").tz_convert(_zone(zone)) if zone else built
    if form == "periods":
        return pd.PeriodIndex.from_ordinals(parts[0], freq=_text(parts[1])).array
    if form == "intervals":
        return pd.arrays.IntervalArray.from_arrays(*parts[:2], closed=_text(parts[2]))
    if form == "texts":
        if any(text is not None and type(text) is not str for text in parts[0]):
            raise NotPlain("no texts")
        return pd.array(parts[0], dtype=_text_dtype(parts[1]))
    values, missing, name = parts
    if form != "nullable" or name not in _NULLABLE:
        raise NotPlain("no column")
    built = pd.array(values, dtype=name)
    built[missing] = pd.NA
    return built


def _text_dtype(with_na: Any) -> Any:
    pd = _pd()
    return pd.StringDtype("python") if with_na is True else pd.StringDtype("python", na_value=np.nan)


def _text(state: Any) -> str:
    if type(state) is not str or len(state) > 100:
        raise NotPlain("no text")
    return state


def _zone_apart(zone: Any) -> str:
    return "" if zone is None else str(zone)


def _zone(name: Any) -> str:
    if not all(letter.isalnum() or letter in "_+-/:" for letter in _text(name)) or ".." in name:
        raise NotPlain("no zone")
    return str(name)


def _frame(state: Any) -> Any:
    pd = _pd()
    columns, labels, index = state
    if type(columns) is np.ndarray:
        return pd.DataFrame(columns, index=_index_of(index), columns=_index_of(labels))
    if len(columns) != len(labels):
        raise NotPlain("no frame")
    built = pd.DataFrame({n: _series((c, index, None)) for n, c in enumerate(columns)}, index=_index_of(index))
    built.columns = _index_of(labels)
    return built


def _series(state: Any) -> Any:
    values, index, name = state
    column = _column(values)
    if len(column) != len(_index_of(index)):
        raise NotPlain("no series")
    return _pd().Series(column, index=index, name=name, dtype=column.dtype)


def _index_of(value: Any) -> Any:
    if not isinstance(value, _pd().Index):
        raise NotPlain("no index")
    return value


def _index_apart(index: Any) -> Any:
    return _column_apart(index.array), index.name, getattr(index, "freqstr", None) or ""


def _index(state: Any) -> Any:
    values, name, rhythm = state
    column = _column(values)
    built = _pd().Index(column, name=name, dtype=column.dtype)
    if rhythm and hasattr(built, "freq") and built.freq is None:
        built.freq = _text(rhythm)
    return built


def _multi_index(state: Any) -> Any:
    levels, codes, names = state
    return _pd().MultiIndex(levels=[_index_of(level) for level in levels], codes=codes, names=names)


def _range_index(state: Any) -> Any:
    start, stop, step, name = state
    return _pd().RangeIndex(start, stop, step, name=name)


def _timestamp_apart(value: Any) -> Any:
    zone = _zone_apart(value.tz)
    return (value.tz_convert(None) if zone else value).to_datetime64(), zone


def _timestamp(state: Any) -> Any:
    moment, zone = state
    if type(moment) is not np.datetime64:
        raise NotPlain("no moment")
    built = _pd().Timestamp(moment)
    return built.tz_localize("UTC").tz_convert(_zone(zone)) if zone else built


def _timedelta(state: Any) -> Any:
    if type(state) is not np.timedelta64:
        raise NotPlain("no span")
    return _pd().Timedelta(state)


def _dtype_apart(dtype: Any) -> Any:
    pd = _pd()
    if isinstance(dtype, pd.CategoricalDtype):
        return "category", dtype.categories, dtype.ordered
    if isinstance(dtype, pd.StringDtype):
        return "texts", dtype.na_value is pd.NA
    if isinstance(dtype, pd.DatetimeTZDtype):
        return "times", dtype.unit, _zone_apart(dtype.tz)
    if str(dtype) in _NULLABLE:
        return "nullable", str(dtype)
    raise NotPlain("no such dtype")


def _dtype(state: Any) -> Any:
    pd = _pd()
    form, *parts = state
    if form == "category":
        return pd.CategoricalDtype(*parts)
    if form == "texts":
        return _text_dtype(parts[0])
    if form == "times":
        return pd.DatetimeTZDtype(_text(parts[0]), _zone(parts[1]))
    if form == "nullable" and parts[0] in _NULLABLE:
        return pd.api.types.pandas_dtype(parts[0])
    raise NotPlain("no dtype")


_INDEX: Final = ("Index", _index_apart)
_COLUMN: Final = ("column", _column_apart)
_DTYPE: Final = ("dtype", _dtype_apart)

BUILD: Final[dict[str, Callable[[Any], Any]]] = {
    "DataFrame": _frame,
    "Series": _series,
    "Index": _index,
    "RangeIndex": _range_index,
    "MultiIndex": _multi_index,
    "column": _column,
    "dtype": _dtype,
    "Timestamp": _timestamp,
    "Timedelta": _timedelta,
    "Period": lambda state: _pd().Period(ordinal=state[0], freq=_text(state[1])),
    "Interval": lambda state: _pd().Interval(state[0], state[1], _text(state[2])),
    "single": lambda state: {"NaT": _pd().NaT, "NA": _pd().NA}[state],
}
"""How a value of each kind is built from its state."""
