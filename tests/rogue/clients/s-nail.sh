# s-nail as a mail command with its own SMTP; -v shows the session.
export MAILRC=/dev/null
set -- -n -S DEAD=/dev/null -S v15-compat -S "sendwait" -r "$ROGUE_FROM" -S hostname=client.example -S smtp-hostname= -S "tls-ca-file=$ROGUE_CA" -S tls-verify=strict
case "$ROGUE_TLS" in
  implicit) scheme=smtps ;;
  starttls) scheme=smtp; set -- "$@" -S smtp-use-starttls ;;
  none) scheme=smtp ;;
esac
case "$ROGUE_AUTH" in
  password) set -- "$@" -S smtp-auth=plain; login="$(echo "$ROGUE_USER" | sed 's/@/%40/'):$ROGUE_PASSWORD@" ;;
  token) set -- "$@" -S smtp-auth=oauthbearer; login="$(echo "$ROGUE_USER" | sed 's/@/%40/'):$ROGUE_PASSWORD@" ;;
  *) set -- "$@" -S smtp-auth=none; login="sender@" ;;
esac
[ "$ROGUE_DEBUG" = yes ] && set -- "$@" -v -v
echo "Hello." | exec s-nail "$@" -S "mta=$scheme://$login$ROGUE_HOST:$ROGUE_PORT" -s "A test" $(echo "$ROGUE_TO" | tr , ' ')
