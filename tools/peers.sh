#!/usr/bin/env bash
# Asks a served demo with programs of others: schemathesis walks what /openapi.json describes,
# and the Python client of the Model Context Protocol asks over both transports. They are
# installed from PyPI into a folder of their own; where they cannot be, nothing is asked.
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$dir"' EXIT

python=${PYTHON:-$dir/venv/bin/python}
if [ -z "${PYTHON:-}" ] && ! { python3 -m venv "$dir/venv" && "$python" -m pip -q install 'schemathesis==4.32.5' 'mcp==2.3.0'; } >"$dir/pip" 2>&1; then
	tail -n 1 "$dir/pip"
	echo "schemathesis and mcp cannot be installed here: nothing was asked"
	exit 0
fi

program=${DATELINE:-$dir/dateline}
[ -n "${DATELINE:-}" ] || go build -o "$program" ./cmd/dateline
"$program" demo -keep "$dir/demo" -open=false -addr 127.0.0.1:0 >"$dir/out" 2>"$dir/err" &
server=$!
for _ in $(seq 300); do grep -q '^http' "$dir/out" && break || sleep 0.2; done
site=$(grep -m 1 '^http' "$dir/out")

"$python" tools/peers.py "$program" "$dir/demo" "${site}mcp"
"$python" -m schemathesis.cli run "${site}openapi.json" --max-examples "${EXAMPLES:-20}" \
	--checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance
