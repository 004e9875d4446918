#!/usr/bin/env bash
# Runs Email Monitor on this machine: an embedded Redis, simulated mailboxes, the monitor and two workers.
# Needs a JDK (17 or newer) and Maven, nothing else.   ./demo.sh --help tells the options.
set -euo pipefail
cd "$(dirname "$0")"

die() { echo "demo.sh: $*" >&2; exit 1; }

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || die "no 'java' found: install a JDK, 17 or newer, or set JAVA_HOME"
version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -1)
[ "${version:-0}" -ge 17 ] || die "'$java' is Java ${version:-unknown}: 17 or newer is needed (set JAVA_HOME)"

jars=(monitor-service/target/monitor-service.jar queue-worker/target/queue-worker.jar demo/target/demo.jar)
stale() {
  local jar
  for jar in "${jars[@]}"; do
    [ -f "$jar" ] || return 0
  done
  [ -n "$(find pom.xml config.yml worker.yml ./*/pom.xml ./*/src/main -newer demo/target/demo.jar -print -quit)" ]
}
if stale; then
  command -v mvn >/dev/null || die "no 'mvn' found: install Maven 3.8 or newer"
  echo "Building (the first time takes some minutes, most of them for downloads) ..."
  mvn -B -q -DskipTests package
fi
[ -t 1 ] && terminal=true || terminal=false
exec "$java" -XX:+UseSerialGC -Xmx256m -Ddemo.terminal=$terminal -jar demo/target/demo.jar "$@"
