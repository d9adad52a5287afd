# Each job has one command. README, CONTRIBUTING and .ci/run use the same.
TOOL = go tool -modfile=tools/go.mod

build:  ; CGO_ENABLED=0 go build -trimpath -o bin/dateline ./cmd/dateline
test:   ; go test ./...
check:  ; go mod tidy -diff && test -z "$$(gofmt -l .)" && go vet ./... && $(TOOL) golangci-lint run && go test -race ./...
golden: ; UPDATE=1 go test ./... -run Golden
sample: ; UPDATE=1 go test ./cmd/dateline/demo
fuzz:   ; ./tools/fuzz.sh 60s
vuln:   ; ./tools/vuln.sh
bench:  ; go run ./internal/bench $(PAGES)
grow:   ; go run ./internal/grow
crash:  ; go run ./internal/crash -rounds 30
benchstat: ; ./tools/bench.sh main
man:    ; go run ./cmd/dateline man -dir bin/man
dist:   ; ./tools/dist.sh
peers:  ; ./tools/peers.sh
e2e:    ; cd e2e && go test -count=1 ./...
axe:     ; cd e2e && AXE=$$(../tools/axe.sh $$(mktemp -d)) go test -count=1 -tags axe -run TestAxe ./...
cluster: ; cd e2e/cluster && go test -count=1 -tags opensearch ./...
.PHONY: build test check golden sample fuzz vuln bench grow crash benchstat man dist peers e2e axe cluster
