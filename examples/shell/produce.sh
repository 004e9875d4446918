#!/bin/sh
# Puts a file on the queue as a task: sh produce.sh FILE
# Any worker takes it, ours or others. Where Redis is: REDIS_HOST (localhost), REDIS_PORT (6379),
# REDISCLI_AUTH (none), EMAIL_QUEUE_NAME (email_attachments). Needs redis-cli and base64.
set -eu
file=$1
queue=${EMAIL_QUEUE_NAME:-email_attachments}
redis() { redis-cli -h "${REDIS_HOST:-localhost}" -p "${REDIS_PORT:-6379}" "$@"; }
# As JSON wants it, without the quotes.
escaped() { printf '%s' "$1" | tr -d '\000-\037' | sed 's/[\\"]/\\&/g'; }

name=$(escaped "$(basename "$file")")
id=$(date +%s)-$$
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
{
  printf '{"task_id":"%s","email_id":"","email_subject":"By produce.sh",' "$id"
  printf '"email_sender":"produce.sh","email_sender_email":"produce@example.com","email_received_date":"%s",' "$now"
  printf '"attachment_id":"","attachment_filename":"%s",' "$name"
  printf '"attachment_mime_type":"application/octet-stream","attachment_size":%d,' "$(wc -c < "$file")"
  printf '"created_at":"%s","email_content":"","attachment_content_b64":"' "$now"
  base64 < "$file" | tr -d '\n'
  printf '"}'
} | redis -x LPUSH "$queue" > /dev/null
redis ZADD "{$queue}:bell" 0 1 > /dev/null # optional: an idle worker looks at once, not within seconds
echo "$id"
