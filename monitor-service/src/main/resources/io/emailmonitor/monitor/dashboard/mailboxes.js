// The watched mailboxes: those in trouble first, or those that somebody looks for.

import {ask, Refused} from './actions.js';
import {byId, fill, foreign, h, pages, setText, show} from './dom.js';
import {ago, count, plural} from './format.js';

const LIMIT = 25;
const TYPING = 250;
const REFRESH = 10000;
let wanted = {q: '', offset: 0};
let nextCycle = null;
let latest = null;
let asked = 0;
let askedAt = 0;

/** Only the first ones, of all, come by themselves. */
const isAsking = () => wanted.q !== '' || wanted.offset > 0;

export function takeMailboxes(part) {
  if (part.problem) {
    setText(byId('mailboxes-state'), `The mailboxes cannot be shown: ${part.problem}`);
    return;
  }
  setCount(part.counts);
  if (!isAsking()) draw(part);
  else if (Date.now() - askedAt > REFRESH) look(wanted);
}

function setCount({watched, parked, troubled}) {
  setText(byId('mailboxes-count'), watched === 0 ? '' : `${count(watched - parked - troubled)} of ${count(watched)} read to the end`);
  show(byId('mailboxes-search'), watched > LIMIT || isAsking());
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
  setText(byId('mailboxes-state'), part.mailboxes.length > 0 ? '' : wanted.q === '' ? 'No mailbox is watched yet.' : 'No address holds this.');
  show(byId('mailboxes'), part.mailboxes.length > 0);
  fill(byId('mailboxes'), part.mailboxes, (box) => box.address, (box) => JSON.stringify([box, nextCycle]), row);
  pages(byId('mailboxes-pages'), {offset: part.offset, limit: LIMIT, shown: part.mailboxes.length, total: part.total, what: 'mailboxes', go: (offset) => look({...wanted, offset})});
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

/** Asks for some of them; the answer to an older question is not shown. */
async function look(next) {
  wanted = next;
  askedAt = Date.now();
  const mine = ++asked;
  const query = new URLSearchParams({q: wanted.q, offset: wanted.offset, limit: LIMIT});
  try {
    const {body} = await ask(`/mailboxes?${query}`);
    if (mine !== asked) return;
    setCount(body.counts);
    draw(body);
    setText(byId('mailboxes-found'), wanted.q === '' ? '' : `${plural(body.total, 'mailbox', 'mailboxes')} found`);
  } catch (problem) {
    if (mine === asked) setText(byId('mailboxes-state'), problem instanceof Refused ? problem.message : 'The monitor does not answer');
  }
}

export function setUpMailboxSearch() {
  let typing;
  const wish = () => {
    clearTimeout(typing);
    const q = byId('mailbox-q').value.trim();
    if (q !== wanted.q) look({q, offset: 0});
  };
  byId('mailboxes-search').addEventListener('submit', (event) => {
    event.preventDefault();
    wish();
  });
  byId('mailbox-q').addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(wish, TYPING);
  });
}
