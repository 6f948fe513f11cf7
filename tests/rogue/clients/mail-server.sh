# A mail server that relays through a smarthost, each in a root of its own (tests/servers).
# build | unpack KIND | version KIND | relay KIND
program="$ROGUE_CACHE/portolan-servers"
export PORTOLAN_CACHE="${ROGUE_CACHE%/*}"
if [ "$1" = build ]; then
  folder="${CARGO_TARGET_DIR:-$PWD/../../../target}"
  cargo build --quiet --package portolan-servers --target-dir "$folder" || exit 1
  # By a new name first: another run may hold the old one.
  cp "$folder/debug/portolan-servers" "$program.$$" && exec mv "$program.$$" "$program"
fi
exec "$program" "$@"
