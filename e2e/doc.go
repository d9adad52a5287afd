// Package e2e tests the program as its users meet it: it builds the binary,
// lets it serve its demo, and reads the pages in headless Chromium.
package e2e
