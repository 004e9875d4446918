"""Handles tasks at least once, beside our workers: python3 at_least_once.py FOLDER

Each attachment is saved in FOLDER under the task's id, so that a task that comes twice leaves one
file. Ends with Ctrl-C. Where Redis is: REDIS_URL (redis://localhost:6379/0), EMAIL_QUEUE_NAME
(email_attachments). Needs redis-py, and the queue's own scripts, which it reads from this project;
docs/protocol.md explains the keys.
"""
import base64, json, os, pathlib, re, sys, uuid
import redis

LEASE_MS = 60_000  # handling a task has to take less; or renew with reschedule.lua on the way
MAX_DELIVERIES = 5
KEPT_EVENTS = 100_000
SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "task-queue/src/main/resources/io/emailmonitor/queue"

queue = os.environ.get("EMAIL_QUEUE_NAME", "email_attachments")
r = redis.Redis.from_url(os.environ.get("REDIS_URL", "redis://localhost:6379/0"))


def key(name):
    return "{" + queue + "}:" + name


def script(name):
    return r.register_script((SCRIPTS / name).read_text())


claim_script, acknowledge_script, retry_script, bury_script = map(
    script, ["claim.lua", "acknowledge.lua", "reschedule.lua", "bury.lua"])


def claim():
    """The next task as (claim id, delivery, attempt, JSON), or None."""
    keys = [queue] + [key(name) for name in ["due", "n", "dead", "uncounted", "reason", "bell", "stats", "events"]]
    one_of_any_size = [1, 0, "1"]
    args = [LEASE_MS, MAX_DELIVERIES, key("job:"), KEPT_EVENTS, f"{uuid.uuid4()}-", *one_of_any_size]
    reply = claim_script(keys=keys, args=args)
    if len(reply) == 1:
        return None
    claim_id, delivery, attempt = reply[1].decode(), reply[2], reply[3]
    item = r.lindex(key("job:" + claim_id), 0)
    return item and (claim_id, delivery, attempt, item)


def event(outcome, claim_id, attempt, *more):
    return ["outcome", outcome, "claim", claim_id, "attempt", attempt, *more]


def acknowledge(claim_id, delivery, told):
    keys = [key(name) for name in ["due", "n", "uncounted", "reason", "stats", "events", "job:" + claim_id]]
    return acknowledge_script(keys=keys, args=[KEPT_EVENTS, claim_id, delivery, len(told), *told])[0]


def retry(claim_id, delivery, attempt, delay_ms, reason):
    keys = [key(name) for name in ["due", "n", "uncounted", "reason", "stats", "bell", "events"]]
    told = event("retried", claim_id, attempt, "reason", reason)
    return retry_script(keys=keys, args=[claim_id, delivery, delay_ms, "retried", reason, KEPT_EVENTS, *told])


def bury(claim_id, delivery, attempt, reason):
    keys = [key(name) for name in ["due", "n", "reason", "stats", "dead", "events"]]
    told = event("buried", claim_id, attempt, "reason", reason)
    return bury_script(keys=keys, args=[claim_id, delivery, reason, KEPT_EVENTS, *told])


def save(data, folder):
    name = re.sub(r"[^\w.-]", "_", data["task_id"])[:150]
    part = folder / ("." + str(uuid.uuid4()))
    part.write_bytes(base64.b64decode(data["attachment_content_b64"]))
    part.replace(folder / name)  # there at once and whole, and the same when it comes twice


def handle(claim_id, delivery, attempt, item, folder):
    try:
        data = json.loads(item)
        task_id = data["task_id"]
    except (ValueError, KeyError, TypeError):
        bury(claim_id, delivery, attempt, "no task")
        return
    try:
        save(data, folder)
    except OSError as e:  # the reason must hold nothing of the mail
        retry(claim_id, delivery, attempt, 10_000 * 2**attempt, "cannot write: " + os.strerror(e.errno))
        return
    told = event("done", claim_id, attempt, "task", task_id, "worker", "at_least_once.py")
    if not acknowledge(claim_id, delivery, told):  # the delivery number is the fencing token
        print(f"{task_id} took longer than its lease and was given to another", file=sys.stderr)


def main(folder):
    while True:
        claimed = claim()
        if claimed:
            handle(*claimed, folder)
        else:
            r.bzpopmin(key("bell"), 2)  # until there is news; foreign producers do not ring


if __name__ == "__main__":
    try:
        main(pathlib.Path(sys.argv[1]))
    except KeyboardInterrupt:
        pass
