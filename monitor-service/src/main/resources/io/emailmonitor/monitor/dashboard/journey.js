// What became of an attachment: in a word, and as a journey from the mail to the worker's result.

import {foreign, h} from './dom.js';
import {bytes, exact, plural, span} from './format.js';

let inHands = new Map();

/** Which worker holds which task at the moment. */
export function holding(workers) {
  inHands = new Map(workers.flatMap((w) => w.holds.filter((t) => t.task_id).map((t) => [t.task_id, w.name])));
}

/** Where an attachment is: {word, kind, why}. */
export function fate(attachment) {
  const {outcome, reason, processing} = attachment;
  if (outcome === 'skipped') return {word: 'skipped', kind: 'plain', why: reason};
  if (outcome === 'failed') return {word: 'failed', kind: 'bad', why: reason};
  if (attachment.removed_at) return {word: 'stored, removed since', kind: 'plain', why: null};
  if (outcome === 'stored' && attachment.waited_from) return {word: 'stored until Redis is back', kind: 'warn', why: null};
  if (outcome === 'stored') return {word: 'stored', kind: 'good', why: null};
  if (processing?.outcome === 'done') return {word: 'done', kind: 'good', why: null};
  if (inHands.has(attachment.task_id)) return {word: 'in work', kind: 'info', why: inHands.get(attachment.task_id)};
  if (processing?.outcome === 'retried') return {word: 'to be retried', kind: 'warn', why: processing.reason};
  if (['discarded', 'expired'].includes(processing?.outcome)) return {word: 'removed', kind: 'bad', why: processing.reason};
  if (processing) return {word: 'dead', kind: 'bad', why: processing.reason};
  return {word: 'queued', kind: 'info', why: null};
}

/** A short mark for a list. */
export function mark(attachment) {
  const {word, kind, why} = fate(attachment);
  return h('li', {class: `mark ${kind}`},
    h('span', {class: 'name'}, foreign(attachment.filename, 80)),
    h('span', {class: 'fate'}, word, why && kind !== 'info' ? [': ', foreign(why, 60)] : []));
}

function step(at, title, more, kind = '') {
  return h('li', {class: kind}, at ? exact(at) : h('span', {class: 'quiet'}, 'now'), h('strong', {}, title), h('span', {}, more));
}

function began(processing) {
  return processing.duration_ms === null ? null : new Date(Date.parse(processing.at) - processing.duration_ms).toISOString();
}

const ENDS = {
  done: ['Done', 'good'],
  retried: ['Failed, to be tried again', 'warn'],
  buried: ['Given up by the worker', 'bad'],
  exhausted: ['Given up after too many attempts', 'bad'],
  discarded: ['Given up, and removed by hand', 'bad'],
  expired: ['Given up, and removed because of its age', 'bad'],
};

function steps(mail, attachment) {
  const {outcome, recorded_at: recorded, waited_from: waited, processing} = attachment;
  const all = [
    step(mail.received_at, 'Arrived', ['in ', foreign(mail.mailbox)]),
    step(mail.first_seen_at, 'Seen by the monitor', [span(Date.parse(mail.first_seen_at) - Date.parse(mail.received_at)), ' after it arrived']),
  ];
  if (outcome === 'skipped') all.push(step(recorded, 'Skipped', [attachment.reason, ': ', foreign(attachment.detail)]));
  if (outcome === 'failed') all.push(step(recorded, 'Failed', [attachment.reason, ': ', foreign(attachment.detail)], 'bad'));
  if (waited) all.push(step(waited, 'Accepted and stored', 'because Redis was down', 'warn'));
  if (waited && outcome === 'stored') all.push(step(null, 'Waits for Redis', 'and goes to the queue by itself when it is back', 'warn'));
  if (!waited && outcome === 'stored') all.push(step(recorded, 'Accepted and stored', attachment.stored_at ? ['as ', foreign(attachment.stored_at)] : 'as a file', 'good'));
  if (attachment.removed_at) all.push(step(attachment.removed_at, 'Removed', 'because of its age'));
  if (outcome === 'enqueued') {
    const after = waited ? ['after ', span(Date.parse(recorded) - Date.parse(waited)), ' on disk, '] : [];
    all.push(step(recorded, waited ? 'Queued' : 'Accepted and queued', [after, 'as task ', h('code', {}, foreign(attachment.task_id))]));
  }
  if (processing) {
    const worker = processing.worker ? [' by ', foreign(processing.worker)] : [];
    if (began(processing)) all.push(step(began(processing), `Attempt ${processing.attempt}`, ['begun', worker]));
    const [title, kind] = ENDS[processing.outcome] ?? [processing.outcome, ''];
    const took = processing.duration_ms === null ? [] : [' in ', span(processing.duration_ms)];
    all.push(step(processing.at, title, [processing.reason ? foreign(processing.reason) : ['attempt ', String(processing.attempt)], took], kind));
  } else if (outcome === 'enqueued' && !inHands.has(attachment.task_id)) {
    all.push(step(null, 'Waits', 'no worker has said anything of it yet', 'info'));
  }
  if (inHands.has(attachment.task_id) && processing?.outcome !== 'done') {
    all.push(step(null, 'In work', ['held by ', foreign(inHands.get(attachment.task_id))], 'info'));
  }
  return h('ol', {class: 'steps'}, all);
}

const MISMATCHES = {
  name: 'its name says otherwise',
  declared: 'its mail says otherwise',
  both: 'its name and its mail say otherwise',
};

function facts(attachment) {
  const detected = attachment.detected_mime_type;
  return [
    bytes(attachment.size),
    attachment.mime_type,
    detected && detected !== attachment.mime_type ? `looks like ${detected}` : null,
    MISMATCHES[attachment.type_mismatch],
    attachment.contained ? `holds ${plural(attachment.contained, 'attachment', 'attachments')}` : null,
    attachment.inline ? 'shown in the body' : null,
    attachment.kind === 'file' ? null : attachment.kind,
  ].filter(Boolean).join(' · ');
}

/** What is done with a message in its mailbox after success, and how far that is. */
function afterwards({state, attempts, next_attempt_at: next, problem}) {
  if (state === 'done') return h('dd', {class: 'good'}, 'Marked or moved in its mailbox, as wanted');
  const failure = problem ? [': ', foreign(problem)] : [];
  if (state === 'failed') return h('dd', {class: 'problem'}, `Could not be marked or moved in its mailbox, after ${plural(attempts, 'attempt', 'attempts')}`, failure);
  return h('dd', {class: problem ? 'warn' : ''}, 'To be marked or moved in its mailbox', failure, next ? [', next attempt ', exact(next)] : []);
}

/** The whole journey of every attachment of a message. */
export function journey(mail, followUp, replay) {
  const failed = mail.state === 'failed' || mail.attachments.some((a) => a.outcome === 'failed');
  return h('div', {class: 'journey'},
    h('dl', {class: 'facts'},
      h('dt', {}, 'From'), h('dd', {}, foreign(mail.sender), ' ', h('span', {class: 'quiet'}, foreign(mail.sender_email))),
      h('dt', {}, 'Folder'), h('dd', {}, foreign(mail.folder)),
      mail.internet_message_id ? [h('dt', {}, 'Message-ID'), h('dd', {}, foreign(mail.internet_message_id))] : [],
      mail.note ? [h('dt', {}, 'How it came'), h('dd', {}, foreign(mail.note))] : [],
      mail.problem ? [h('dt', {}, 'Problem'), h('dd', {class: 'problem'}, foreign(mail.problem), `, attempt ${mail.attempts}`)] : [],
      followUp ? [h('dt', {}, 'Afterwards'), afterwards(followUp)] : [],
      mail.next_attempt_at ? [h('dt', {}, 'Next attempt'), h('dd', {}, exact(mail.next_attempt_at))] : []),
    mail.attachments.map((attachment) => h('section', {class: 'one'},
      h('h3', {}, foreign(attachment.filename), ' ', h('span', {class: 'quiet'}, foreign(facts(attachment)))),
      steps(mail, attachment))),
    mail.attachments.length === 0 ? h('p', {class: 'quiet'}, 'This message has no attachments.') : null,
    h('p', {class: 'links'},
      h('a', {href: '/email-details?id=' + encodeURIComponent(mail.message_id)}, 'All of it as JSON'),
      failed ? h('button', {type: 'button', 'data-act': 'replay', onclick: (event) => replay(event.currentTarget, mail)}, 'Try the failed ones again') : null));
}
