#!/bin/sh
# Compares the benchmarks of the work tree with those of a branch (default
# main): ten runs of each, side by side by benchstat.
set -eu
branch=${1:-main}
dir=$(mktemp -d)
trap 'git worktree remove --force "$dir/old" >/dev/null 2>&1; rm -rf "$dir"' EXIT
git worktree add --detach "$dir/old" "$branch" >/dev/null
(cd "$dir/old" && go test ./... -run '^$' -bench . -benchmem -count 10) >"$dir/old.txt"
go test ./... -run '^$' -bench . -benchmem -count 10 >"$dir/new.txt"
go tool -modfile=tools/go.mod benchstat "$dir/old.txt" "$dir/new.txt"
