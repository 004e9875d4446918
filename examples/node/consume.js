// Takes one task off the queue for good and saves its attachment: node consume.js [FOLDER]
// If this program dies, the task is gone. Where Redis is: REDIS_URL (redis://localhost:6379/0),
// EMAIL_QUEUE_NAME (email_attachments). Needs the package redis (npm install redis).
const fs = require('fs');
const path = require('path');
const { createClient } = require('redis');

async function main(folder) {
  const queue = process.env.EMAIL_QUEUE_NAME || 'email_attachments';
  const redis = createClient({ url: process.env.REDIS_URL || 'redis://localhost:6379/0' });
  await redis.connect();
  const item = await redis.rPop(queue);
  await redis.quit();
  if (item === null) {
    throw new Error('nothing is waiting');
  }
  const data = JSON.parse(item);
  // The name is what a sender wrote: no place for paths.
  const name = `${data.task_id}-${data.attachment_filename}`.replace(/[^\w.-]/g, '_').slice(-150);
  fs.writeFileSync(path.join(folder, name), Buffer.from(data.attachment_content_b64, 'base64'));
  console.log(`Email from: ${data.email_sender} (${data.email_sender_email})`);
  console.log(`Email subject: ${data.email_subject}`);
  console.log(`Saved: ${name} (${data.attachment_mime_type}, ${data.attachment_size} bytes)`);
}

main(process.argv[2] || '.').catch((error) => {
  console.error(error.message);
  process.exit(1);
});
