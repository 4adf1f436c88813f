#!/bin/sh
# Stands for the relay: `--data FOLDER --port PORT [BEHAVIOUR]`. Says its arguments and an address, notes each start in
# its store, and runs until it is told to end.
echo "started with $*"
if [ "$5" = ends-early ]; then
  echo "the port is busy" >&2
  exit 1
fi
mkdir -p "$2/inside"
echo start >> "$2/inside/starts"
trap 'echo ending >&2; exit 7' TERM
port=$4
[ "$port" = 0 ] && port=4321
echo "open http://127.0.0.1:$port/ in a browser"
while :; do
  [ -e "$2/end" ] && exit 3
  sleep 0.01
done
