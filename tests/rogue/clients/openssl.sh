# openssl s_client, as the page of every provider has it: does the port speak TLS, and is the certificate in order?
set -- s_client -connect "$ROGUE_HOST:$ROGUE_PORT" -servername "$ROGUE_HOST" -verify_return_error \
  -verify_hostname "$ROGUE_HOST" -CAfile "$ROGUE_CA"
[ "$ROGUE_TLS" = starttls ] && set -- "$@" -starttls smtp
if [ "$ROGUE_DEBUG" = yes ]; then set -- "$@" -state; else set -- "$@" -brief; fi
exec openssl "$@" </dev/null
