"""Takes one task off the queue for good and saves its attachment: python3 consume.py [FOLDER]

If this program dies, the task is gone; at_least_once.py keeps it. Where Redis is: REDIS_URL
(redis://localhost:6379/0), EMAIL_QUEUE_NAME (email_attachments). Needs redis-py.
"""
import base64, json, os, pathlib, re, sys
import redis

queue = os.environ.get("EMAIL_QUEUE_NAME", "email_attachments")
r = redis.Redis.from_url(os.environ.get("REDIS_URL", "redis://localhost:6379/0"))

item = r.rpop(queue)
if item is None:
    sys.exit("nothing is waiting")
data = json.loads(item)
content = base64.b64decode(data["attachment_content_b64"])
# The name is what a sender wrote: no place for paths.
name = re.sub(r"[^\w.-]", "_", data["task_id"] + "-" + data["attachment_filename"])[-150:]
folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
(folder / name).write_bytes(content)
print(f"Email from: {data['email_sender']} ({data['email_sender_email']})")
print(f"Email subject: {data['email_subject']}")
print(f"Saved: {name} ({data['attachment_mime_type']}, {data['attachment_size']} bytes)")
