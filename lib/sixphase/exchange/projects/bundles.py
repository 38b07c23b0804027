"""The tables of a study as Parquet files in one folder: readable from R, Julia, DuckDB and pandas, with no pickled objects in them."""

import io
import json

import pandas as pd

from .leaving import Leaving
from .sheets_out import codings_table


def write(told: Leaving) -> dict[str, bytes]:
    """The files of the bundle by name: a Parquet file a table, and about.json."""
    tables = {"codings": codings_table(told), "codes": told.codes.drop(columns="history"), "themes": told.themes[["theme_id", "name", "status", "parent", "concept", "codes"]],
              "sources": told.sources[["source_id", "participants", "occasion"]].assign(text=told.sources["source_id"].map(told.texts)), "participants": told.people}
    if len(told.memos):
        tables["memos"] = told.memos
    about = {"title": told.title, "synthetic": told.synthetic, "offsets": "Unicode code points, half-open", "said": told.said_there, "rows": {name: len(t) for name, t in tables.items()}}
    return {**{f"{name}.parquet": _parquet(table) for name, table in tables.items()}, "about.json": (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode("utf-8")}


def _parquet(table: pd.DataFrame) -> bytes:
    import pyarrow
    import pyarrow.parquet

    out = io.BytesIO()
    lists = {name: pyarrow.list_(pyarrow.string()) for name in table if table[name].map(lambda value: isinstance(value, list)).any()}
    columns = {name: pyarrow.array([None if not isinstance(v, list) and pd.isna(v) else v for v in table[name].astype(object)], type=lists.get(name) or _type(table[name])) for name in table}
    pyarrow.parquet.write_table(pyarrow.table(columns), out)
    return out.getvalue()


def _type(column: pd.Series):
    import pyarrow

    return pyarrow.int64() if pd.api.types.is_integer_dtype(column) else pyarrow.bool_() if pd.api.types.is_bool_dtype(column) else pyarrow.string()
