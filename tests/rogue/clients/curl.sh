# curl; --verbose shows the session.
set -- --silent --show-error --connect-timeout "$ROGUE_TIMEOUT" --max-time "$((ROGUE_TIMEOUT + 1))"
[ "$ROGUE_DEBUG" = yes ] && set -- "$@" --verbose
scheme=smtp
case "$ROGUE_TLS" in
  implicit) scheme=smtps ;;
  starttls) set -- "$@" --ssl-reqd ;;
esac
case "$ROGUE_AUTH" in
  password) set -- "$@" --user "$ROGUE_USER:$ROGUE_PASSWORD" ;;
  token) set -- "$@" --user "$ROGUE_USER" --oauth2-bearer "$ROGUE_PASSWORD" --login-options AUTH=XOAUTH2 ;;
esac
for to in $(echo "$ROGUE_TO" | tr , ' '); do set -- "$@" --mail-rcpt "$to"; done
exec curl "$@" --cacert "$ROGUE_CA" --mail-from "$ROGUE_FROM" --upload-file "$ROGUE_MESSAGE" \
  "$scheme://$ROGUE_HOST:$ROGUE_PORT/client.example"
