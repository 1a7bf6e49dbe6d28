#!/bin/sh
# Measures Moat beside Californium over DTLS and TCP in one run, and prints a table.
#
#   benchmarks/transports.sh [ROUNDS [SECONDS [TASK...]]]
#
# Servers run on processor 0, the load on processor 1: do nothing else meanwhile.
# Tasks: coaps_16 coaps_256 handshakes tcp_16 tcp_256 (default: all).
set -eu
cd "$(dirname "$0")/.."
if [ "$(nproc)" -lt 2 ] || ! command -v taskset >/dev/null; then
  echo "this needs two processors and taskset (package util-linux)" >&2
  exit 2
fi
mvn -q -B -ntp -Pquick -pl benchmarks -am test-compile \
  dependency:build-classpath -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=runtime >&2
exec taskset -c 1 java \
  -cp "$PWD/benchmarks/target/quick/classes:$(cat benchmarks/target/classpath.txt)" \
  dev.moat.benchmarks.transports.TransportComparison "$@"
