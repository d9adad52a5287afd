#!/usr/bin/env bash
# Fetches axe-core, which checks pages for readers who need help to read them, from npm into
# the folder that is named, and prints the path of its file. It fails where npm is not there
# or cannot fetch it.
set -euo pipefail
npm install --silent --no-save --no-package-lock --ignore-scripts --prefix "$1" axe-core@4.14.1 >&2
echo "$1/node_modules/axe-core/axe.min.js"
