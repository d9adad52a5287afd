#!/usr/bin/env bash
# Builds what a release holds into dist/: static programs, a list of what each is made of
# (CycloneDX), deb and rpm packages for Linux, and the checksums of all.
#
#   PLATFORMS  systems and processors, "linux/amd64 darwin/arm64"; all six if not set
#   VERSION    of the packages; told by git if not set
set -euo pipefail
cd "$(dirname "$0")/.."
PLATFORMS=${PLATFORMS:-linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64}
VERSION=${VERSION:-$(git describe --tags --always --dirty 2>/dev/null || echo devel)}
SBOM=github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
NFPM=github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.48.0

rm -rf dist
mkdir -p dist/parts
go run ./cmd/dateline man -dir dist/parts/man
gzip -9n dist/parts/man/*.1
for shell in bash zsh fish; do go run ./cmd/dateline completion "$shell" >"dist/parts/dateline.$shell"; done

for platform in $PLATFORMS; do
	os=${platform%/*} arch=${platform#*/}
	name=dateline-$VERSION-$os-$arch
	[ "$os" = windows ] && file=$name.exe || file=$name
	echo "$file"
	CGO_ENABLED=0 GOOS=$os GOARCH=$arch go build -trimpath -ldflags='-s -w' -o "dist/$file" ./cmd/dateline
	go run "$SBOM" bin -json -output "dist/$name.cdx.json" "dist/$file"
	[ "$os" = linux ] || continue
	# Packages want a version that begins with a digit.
	export ARCH=$arch BINARY=dist/$file PACKAGE_VERSION=${VERSION#v}
	[[ $PACKAGE_VERSION =~ ^[0-9]+\.[0-9]+ ]] || PACKAGE_VERSION=0.0.0~$PACKAGE_VERSION
	for kind in deb rpm; do go run "$NFPM" package -f tools/nfpm.yaml -p "$kind" -t dist/; done
done
rm -rf dist/parts
(cd dist && sha256sum -- * >SHA256SUMS)
