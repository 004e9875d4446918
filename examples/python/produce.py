"""Puts a file on the queue as a task: python3 produce.py FILE

Any worker takes it, ours or others. Where Redis is: REDIS_URL (redis://localhost:6379/0),
EMAIL_QUEUE_NAME (email_attachments). Needs redis-py.
"""
import base64, datetime, hashlib, json, mimetypes, os, pathlib, sys
import redis

queue = os.environ.get("EMAIL_QUEUE_NAME", "email_attachments")
r = redis.Redis.from_url(os.environ.get("REDIS_URL", "redis://localhost:6379/0"))

path = pathlib.Path(sys.argv[1])
content = path.read_bytes()
now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
task = {
    # The same file makes the same id, so that whoever handles it can tell that it came before.
    "task_id": hashlib.sha256(path.name.encode() + b"\0" + content).hexdigest(),
    "email_id": "",
    "email_subject": "By produce.py",
    "email_sender": "",
    "email_sender_email": "",
    "email_received_date": now,
    "attachment_id": "",
    "attachment_filename": path.name,
    "attachment_mime_type": mimetypes.guess_type(path.name)[0] or "application/octet-stream",
    "attachment_size": len(content),
    "created_at": now,
    "email_content": "",
    "attachment_content_b64": base64.b64encode(content).decode(),
}
r.lpush(queue, json.dumps(task))
r.zadd("{" + queue + "}:bell", {"1": 0})  # optional: an idle worker looks at once, not within seconds
print(task["task_id"])
