# swaks shows the session as it is; --quiet is not for people, so the usual mode hides the message alone.
set -- --server "$ROGUE_HOST" --port "$ROGUE_PORT" --timeout "$ROGUE_TIMEOUT" --helo client.example \
  --from "$ROGUE_FROM" --to "$ROGUE_TO" --data "@$ROGUE_MESSAGE" --tls-verify --tls-ca-path "$ROGUE_CA"
case "$ROGUE_TLS" in
  implicit) set -- "$@" --tls-on-connect ;;
  starttls) set -- "$@" --tls ;;
esac
[ "$ROGUE_AUTH" = password ] && set -- "$@" --auth --auth-user "$ROGUE_USER" --auth-password "$ROGUE_PASSWORD"
[ "$ROGUE_DEBUG" = yes ] || set -- "$@" --silent 1 --suppress-data
exec swaks "$@"
