# msmtp; --debug shows the session.
set -- --host="$ROGUE_HOST" --port="$ROGUE_PORT" --timeout="$ROGUE_TIMEOUT" --from="$ROGUE_FROM" --domain=client.example
case "$ROGUE_TLS" in
  implicit) set -- "$@" --tls=on --tls-starttls=off --tls-trust-file="$ROGUE_CA" ;;
  starttls) set -- "$@" --tls=on --tls-starttls=on --tls-trust-file="$ROGUE_CA" ;;
  none) set -- "$@" --tls=off ;;
esac
case "$ROGUE_AUTH" in
  password) set -- "$@" --auth=on --user="$ROGUE_USER" --passwordeval="echo $ROGUE_PASSWORD" ;;
  token) set -- "$@" --auth=xoauth2 --user="$ROGUE_USER" --passwordeval="echo $ROGUE_PASSWORD" ;;
esac
[ "$ROGUE_DEBUG" = yes ] && set -- "$@" --debug
exec msmtp "$@" -- $(echo "$ROGUE_TO" | tr , ' ') <"$ROGUE_MESSAGE"
