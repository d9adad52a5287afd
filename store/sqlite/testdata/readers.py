"""Opens archive.db by the programs that people have, and asks each view.

    readers.py NAME ARCHIVE.DB QUESTIONS.SQL   status 77 if the program is missing, or too old
"""
import sys

VIEWS = ["article", "capture", "date", "event", "mention", "statement", "story", "version"]


def sqlite3(path, questions):
    import sqlite3 as db

    if db.sqlite_version_info < (3, 40):
        print("SQLite", db.sqlite_version)
        sys.exit(77)
    con = db.connect(f"file:{path}?mode=ro", uri=True)
    for view in VIEWS:
        assert con.execute(f"select count(*) from {view}").fetchone()[0] > 0, view
    for question in questions:
        assert con.execute(question).fetchall(), question


def datasette(path, questions):
    import asyncio
    import sqlite3 as db

    from datasette.app import Datasette

    if db.sqlite_version_info < (3, 40):
        print("SQLite", db.sqlite_version)
        sys.exit(77)

    async def ask():
        served = Datasette([path])
        await served.invoke_startup()
        for view in VIEWS:
            answer = await served.client.get(f"/archive/{view}.json?_shape=array")
            assert answer.status_code == 200 and answer.json(), (view, answer.text)
        for question in questions:
            for address in ("/archive/-/query.json", "/archive.json"):  # Datasette 1 and before
                answer = await served.client.get(address, params={"sql": question, "_shape": "array"})
                if answer.status_code == 200:
                    break
            assert answer.status_code == 200, (question, answer.text)

    asyncio.run(ask())


try:
    name, path, questions = sys.argv[1:4]
    {"sqlite3": sqlite3, "datasette": datasette}[name](path, [q for q in open(questions, encoding="utf-8").read().split(";\n") if q.strip()])
except ModuleNotFoundError as missing:
    print(missing)
    sys.exit(77)
