"""Exercise `celsius`: what students hand in."""

# %% right: Series arithmetic
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return (fahrenheit - 32) * 5 / 9

# %% right: a lambda, wrapped later
def to_celsius(f: pd.Series) -> pd.Series:
    return f.sub(32).mul(5).div(9)


celsius = F.pandas_udf(to_celsius, "double")

# %% right: element by element inside the batch
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return fahrenheit.apply(lambda f: (f - 32) / 1.8)

# %% right: an iterator of batches
from collections.abc import Iterator


@F.pandas_udf("double")
def celsius(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
    for fahrenheit in batches:
        yield (fahrenheit - 32) * (5 / 9)

# %% wrong [no UDF]: no decorator
def celsius(fahrenheit):
    return (fahrenheit - 32) * 5 / 9

# %% repair
@F.pandas_udf("double")
def celsius(fahrenheit):
    return (fahrenheit - 32) * 5 / 9

# %% wrong [another kind of UDF]: a plain UDF
@F.udf("double")
def celsius(fahrenheit):
    return None if fahrenheit is None else (fahrenheit - 32) * 5 / 9

# %% repair
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return None if fahrenheit is None else (fahrenheit - 32) * 5 / 9

# %% wrong [32 taken last]: no brackets
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return fahrenheit * 5 / 9 - 32

# %% repair: fahrenheit * 5 / 9 - 32 → (fahrenheit - 32) * 5 / 9

# %% wrong [9/5]: upside down
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return (fahrenheit - 32) * 9 / 5

# %% repair: 9 / 5 → 5 / 9

# %% wrong [back to Fahrenheit]: the other way
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return fahrenheit * 9 / 5 + 32

# %% repair: fahrenheit * 9 / 5 + 32 → fahrenheit * 5 / 9 - 32

# %% repair: fahrenheit * 5 / 9 - 32 → (fahrenheit - 32) * 5 / 9

# %% wrong [missing taken for zero]: fillna first
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return (fahrenheit.fillna(0) - 32) * 5 / 9

# %% repair: fahrenheit.fillna(0) → fahrenheit

# %% wrong [missing made zero]: fillna last
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return ((fahrenheit - 32) * 5 / 9).fillna(0)

# %% repair: .fillna(0) →

# %% wrong [rounded]: floor division
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return (fahrenheit - 32) * 5 // 9

# %% repair: // → /

# %% wrong [32 left out]: the factor alone
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return fahrenheit * 5 / 9

# %% repair: fahrenheit * → (fahrenheit - 32) *

# %% wrong [32 added]: plus
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return (fahrenheit + 32) * 5 / 9

# %% repair: + 32 → - 32

# %% wrong [turned round]: 32 minus
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return (32 - fahrenheit) * 5 / 9

# %% repair: 32 - fahrenheit → fahrenheit - 32

# %% wrong [off by a constant]: 30 for 32
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return (fahrenheit - 30) * 5 / 9

# %% repair: fahrenheit - 30 → fahrenheit - 32

# %% wrong [another factor]: halves, as in the kitchen
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return (fahrenheit - 32) / 2

# %% repair: / 2 → * 5 / 9

# %% wrong [whole numbers]: a UDF of type int
@F.pandas_udf("int")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return ((fahrenheit - 32) * 5 / 9).fillna(0).astype("int32").where(fahrenheit.notna())

# %% repair
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return (fahrenheit - 32) * 5 / 9

# %% wrong [batch mean]: one number for the batch
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return pd.Series([((fahrenheit - 32) * 5 / 9).mean()] * len(fahrenheit))

# %% repair: pd.Series([((fahrenheit - 32) * 5 / 9).mean()] * len(fahrenheit)) → (fahrenheit - 32) * 5 / 9

# %% wrong [no brackets]: multiplies first
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return fahrenheit - 32 * 5 / 9

# %% repair: fahrenheit - 32 * 5 / 9 → (fahrenheit - 32) * 5 / 9

# %% wrong [zero taken for missing]: asks whether there is something
@F.pandas_udf("double")
def celsius(fahrenheit: pd.Series) -> pd.Series:
    return fahrenheit.apply(lambda f: (f - 32) * 5 / 9 if f else None)

# %% repair: if f else None → if not pd.isna(f) else None
