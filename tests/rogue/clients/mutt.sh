# mutt as a command, with its own SMTP; -d writes a file that shows the session.
set -- -n -F /dev/null -e "set from=$ROGUE_FROM hostname=client.example use_envelope_from=yes copy=no" \
  -e "set certificate_file=/dev/null ssl_ca_certificates_file=$ROGUE_CA" \
  -e "set connect_timeout=$ROGUE_TIMEOUT smtp_pass=$ROGUE_PASSWORD"
scheme=smtp
case "$ROGUE_TLS" in
  implicit) scheme=smtps ;;
  starttls) set -- "$@" -e "set ssl_starttls=yes ssl_force_tls=yes" ;;
  none) set -- "$@" -e "set ssl_starttls=no ssl_force_tls=no" ;;
esac
case "$ROGUE_AUTH" in
  password) set -- "$@" -e "set smtp_authenticators='plain:login'"; user="$(echo "$ROGUE_USER" | sed 's/@/%40/')@" ;;
  *) user="" ;;
esac
rm -f "$HOME/.muttdebug0"
[ "$ROGUE_DEBUG" = yes ] && set -- "$@" -d 2
echo "Hello." | mutt "$@" -e "set smtp_url=$scheme://$user$ROGUE_HOST:$ROGUE_PORT" -s "A test" -- $(echo "$ROGUE_TO" | tr , ' ')
status=$?
[ -f "$HOME/.muttdebug0" ] && cat "$HOME/.muttdebug0"
exit $status
