#!/bin/sh
# Looks for known vulnerabilities in what the program calls. The data is that of the
# module golang.org/x/vulndb: nothing but modules is asked for.
set -eu
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
module=$(go mod download -json golang.org/x/vulndb@latest | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
go run golang.org/x/vulndb/cmd/indexdb@latest -vulns "$module/data/osv" -out "$data"
go run golang.org/x/vuln/cmd/govulncheck@latest -db "file://$data" ./...
