"""sympy's expressions, as trees of names and arguments. Nothing is parsed, and sums and powers are not worked out."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from chainrule.crossing.kinds import NotPlain

_UNEVALUATED: Final = frozenset((
    "Add", "Mul", "Pow", "exp", "log", "sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan", "atan2",
    "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "Abs", "sign", "factorial", "binomial", "gamma", "erf", "erfc",
    "floor", "ceiling", "Heaviside", "DiracDelta", "conjugate", "re", "im", "arg", "Max", "Min", "LambertW",
))  # fmt: skip
_OTHERS: Final = frozenset((
    "Eq", "Ne", "Lt", "Le", "Gt", "Ge", "Equality", "Unequality", "StrictLessThan", "LessThan", "StrictGreaterThan",
    "GreaterThan", "And", "Or", "Not", "Tuple", "Integral", "Derivative", "Limit", "Sum", "Product", "Piecewise",
    "FiniteSet", "Interval", "Union", "Intersection", "Complement", "Lambda", "Subs", "ConditionSet", "ImageSet",
))  # fmt: skip
_CONSTANTS: Final = (
    "pi", "E", "I", "oo", "zoo", "nan", "true", "false", "GoldenRatio", "EulerGamma", "EmptySet", "Reals", "Integers",
    "Naturals", "Naturals0", "Rationals",
)  # fmt: skip
_MATRICES: Final = ("ImmutableDenseMatrix", "MutableDenseMatrix")


@cache
def forms() -> dict[type, tuple[str, Callable[[Any], Any]]]:
    """How values of each type are taken apart."""
    import sympy

    names = (*_UNEVALUATED, *_OTHERS, *_MATRICES, "Symbol", "Integer", "Rational", "Float")
    kinds: list[Any] = [getattr(sympy, name) for name in names]
    kinds += [type(sympy.S(number)) for number in (0, 1, -1)] + [type(sympy.S.Half), *map(type, _constants().values())]
    kinds += [sympy.functions.elementary.piecewise.ExprCondPair]
    return {kind: ("formula", _apart) for kind in kinds}


@cache
def _constants() -> dict[str, Any]:
    import sympy

    found = {name: getattr(sympy, name, None) or getattr(sympy.S, name) for name in _CONSTANTS}
    return {**found, "-oo": -sympy.oo, "true": sympy.true, "false": sympy.false, "EmptySet": sympy.EmptySet}


def _apart(value: Any) -> Any:
    import sympy

    for name, constant in _constants().items():
        if value is constant:
            return name
    if type(value) is sympy.Symbol:
        return "Symbol", value.name, dict(value._assumptions_orig)
    if isinstance(value, sympy.Rational):
        return "Rational", int(value.p), int(value.q)
    if isinstance(value, sympy.Float):
        return "Float", tuple(map(int, value._mpf_)), int(value._prec)
    name = type(value).__name__
    if name in _MATRICES:
        return name, *map(int, value.shape), [_apart(item) for item in value.flat()]
    if isinstance(value, sympy.core.function.AppliedUndef):
        return "Function", value.func.__name__, [_apart(part) for part in value.args]
    if name not in _UNEVALUATED and name not in _OTHERS and name != "ExprCondPair":
        raise NotPlain(f"no formula of {name}")
    return name, *(_apart(part) for part in value.args)


def _build(state: Any) -> Any:
    import sympy

    if type(state) is str:
        return _constants()[state]
    name, *parts = state
    if name == "Symbol":
        return sympy.Symbol(_word(parts[0]), **{_word(key): value is True for key, value in parts[1].items()})
    if name == "Rational":
        return sympy.Rational(*(part for part in parts if type(part) is int))
    if name == "Float":
        return sympy.Float._new(tuple(parts[0]), parts[1])
    if name == "Function":
        return sympy.Function(_word(parts[0]))(*map(_build, parts[1]))
    if name in _MATRICES:
        return getattr(sympy, name)(parts[0], parts[1], [_build(part) for part in parts[2]])
    if name == "ExprCondPair":
        return sympy.functions.elementary.piecewise.ExprCondPair(*map(_build, parts))
    if name in _UNEVALUATED:
        return getattr(sympy, name)(*map(_build, parts), evaluate=False)
    if name in _OTHERS:
        return getattr(sympy, name)(*map(_build, parts))
    raise NotPlain("no formula")


def _word(text: Any) -> str:
    if type(text) is not str or len(text) > 200 or not re.fullmatch(r"[^\s'\"()]+", text):
        raise NotPlain("no word")
    return text


BUILD: Final[dict[str, Callable[[Any], Any]]] = {"formula": _build}
"""How a value of each kind is built from its state."""
