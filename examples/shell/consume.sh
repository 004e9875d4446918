#!/bin/sh
# Takes one task off the queue for good and saves its attachment: sh consume.sh [FOLDER]
# If this program dies, the task is gone. Where Redis is: REDIS_HOST (localhost), REDIS_PORT (6379),
# REDISCLI_AUTH (none), EMAIL_QUEUE_NAME (email_attachments). Needs redis-cli, jq and base64.
set -eu
folder=${1:-.}
item=$(mktemp)
trap 'rm -f "$item"' EXIT
redis-cli -h "${REDIS_HOST:-localhost}" -p "${REDIS_PORT:-6379}" --raw \
  RPOP "${EMAIL_QUEUE_NAME:-email_attachments}" > "$item"
if ! grep -q . "$item"; then
  echo "nothing is waiting" >&2
  exit 1
fi
# The name is what a sender wrote: no place for paths.
name=$(jq -j '.task_id + "-" + .attachment_filename' "$item" | tr -c '[:alnum:].-' '_')
jq -j .attachment_content_b64 "$item" | base64 -d > "$folder/$name"
jq -r '"Email from: \(.email_sender) (\(.email_sender_email))", "Email subject: \(.email_subject)"' "$item"
echo "Saved: $name"
