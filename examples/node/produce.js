// Puts a file on the queue as a task: node produce.js FILE
// Any worker takes it, ours or others. Where Redis is: REDIS_URL (redis://localhost:6379/0),
// EMAIL_QUEUE_NAME (email_attachments). Needs the package redis (npm install redis).
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { createClient } = require('redis');

async function main(file) {
  const queue = process.env.EMAIL_QUEUE_NAME || 'email_attachments';
  const content = fs.readFileSync(file);
  const name = path.basename(file);
  const now = new Date().toISOString();
  const task = {
    // The same file makes the same id, so that whoever handles it can tell that it came before.
    task_id: crypto.createHash('sha256').update(name + '\0').update(content).digest('hex'),
    email_id: '',
    email_subject: 'By produce.js',
    email_sender: '',
    email_sender_email: '',
    email_received_date: now,
    attachment_id: '',
    attachment_filename: name,
    attachment_mime_type: 'application/octet-stream',
    attachment_size: content.length,
    created_at: now,
    email_content: '',
    attachment_content_b64: content.toString('base64'),
  };
  const redis = createClient({ url: process.env.REDIS_URL || 'redis://localhost:6379/0' });
  await redis.connect();
  await redis.lPush(queue, JSON.stringify(task));
  // Optional: an idle worker looks at once, not within seconds.
  await redis.zAdd(`{${queue}}:bell`, { score: 0, value: '1' });
  await redis.quit();
  console.log(task.task_id);
}

main(process.argv[2]).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
