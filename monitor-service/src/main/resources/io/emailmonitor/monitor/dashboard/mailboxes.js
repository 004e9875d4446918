// The watched mailboxes: those in trouble first.

import {ask, run} from './actions.js';
import {byId, fill, foreign, h, pages, setText, show} from './dom.js';
import {ago, plural} from './format.js';

const LIMIT = 25;
let offset = 0;
let nextCycle = null;
let latest = null;

export function takeMailboxes(part) {
  if (offset > 0) return;
  if (part.problem) {
    setText(byId('mailboxes-state'), `The mailboxes cannot be shown: ${part.problem}`);
    return;
  }
  latest = part;
  draw(part);
}

/** When the mailboxes are looked at next, which is the same for all that are not parked. */
export function takePolling(polling) {
  const next = polling.running ? 'now' : polling.next_cycle_at;
  if (next === nextCycle) return;
  nextCycle = next;
  if (latest) draw(latest);
}

function draw(part) {
  latest = part;
  const {watched, parked, troubled} = part.counts;
  const healthy = watched - parked - troubled;
  setText(byId('mailboxes-count'), watched === 0 ? '' : `${healthy} of ${watched} read to the end`);
  setText(byId('mailboxes-state'), part.mailboxes.length > 0 ? '' : 'No mailbox is watched yet.');
  show(byId('mailboxes'), part.mailboxes.length > 0);
  fill(byId('mailboxes'), part.mailboxes, (box) => box.address, (box) => JSON.stringify([box, nextCycle]), row);
  pages(byId('mailboxes-pages'), part.offset, LIMIT, part.mailboxes.length, 'mailboxes', go);
}

function row(box) {
  return h('tr', {},
    h('th', {scope: 'row'}, foreign(box.address, 80)),
    h('td', {class: 'when'}, ago(box.last_sync_at, 'never')),
    h('td', {class: 'when'}, next(box)),
    h('td', {}, state(box)));
}

function next(box) {
  if (box.next_check_at) return ago(box.next_check_at);
  return nextCycle === 'now' ? 'now' : ago(nextCycle);
}

function state(box) {
  if (box.parked_reason) return [h('strong', {class: 'bad'}, 'Parked: '), foreign(box.parked_reason, 200)];
  if (box.problem) return [h('strong', {class: 'warn'}, 'Not read to the end: '), foreign(box.problem, 200)];
  const found = box.reconciled ? box.reconciled.missing + box.reconciled.late : 0;
  if (found > 0) return [h('strong', {class: 'warn'}, 'Watched: '), `comparing found ${plural(found, 'thing', 'things')} missing`];
  return h('span', {class: 'good'}, box.last_sync_at ? 'Watched' : 'Being read');
}

function go(wanted) {
  return run(byId('mailboxes-pages'), async () => {
    const {body} = await ask(`/mailboxes?offset=${wanted}&limit=${LIMIT}`);
    offset = wanted;
    draw(body);
  });
}
