# git send-email of one patch; --smtp-debug shows the session.
export GIT_COMMITTER_NAME=Sender GIT_COMMITTER_EMAIL="$ROGUE_FROM" GIT_AUTHOR_NAME=Sender GIT_AUTHOR_EMAIL="$ROGUE_FROM"
patch="${ROGUE_MESSAGE%.eml}.patch"
printf 'From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\nFrom: Sender <%s>\nSubject: [PATCH] A test\n\nHello.\n---\n 0 files changed\n' \
  "$ROGUE_FROM" >"$patch"
set -- --from="$ROGUE_FROM" --confirm=never --suppress-cc=all --no-validate --smtp-domain=client.example \
  --smtp-server="$ROGUE_HOST" --smtp-server-port="$ROGUE_PORT" --smtp-ssl-cert-path="$ROGUE_CA"
case "$ROGUE_TLS" in
  implicit) set -- "$@" --smtp-encryption=ssl ;;
  starttls) set -- "$@" --smtp-encryption=tls ;;
esac
[ "$ROGUE_AUTH" = password ] && set -- "$@" --smtp-user="$ROGUE_USER" --smtp-pass="$ROGUE_PASSWORD"
[ "$ROGUE_DEBUG" = yes ] && set -- "$@" --smtp-debug=1
for to in $(echo "$ROGUE_TO" | tr , ' '); do set -- "$@" --to="$to"; done
exec git send-email "$@" "$patch"
