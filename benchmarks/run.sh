#!/bin/sh
# Measures Moat beside a bare Netty echo and Californium in one run, and prints two tables.
#
#   benchmarks/run.sh [ROUNDS [SECONDS [KIND...]]]
#
# Servers run on processor 0, the load on processor 1: do nothing else meanwhile.
# Kinds: echo transport moat californium californium-peers libcoap (default: all but transport and libcoap).
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
  dev.moat.benchmarks.Comparison "$@"
