// The messages: the latest as they come, or those that somebody searches for.

import {ask, Refused, run} from './actions.js';
import {announce, byId, fill, foreign, h, pages, setText, show} from './dom.js';
import {ago} from './format.js';
import {fate, journey, mark} from './journey.js';

const LIMIT = 25;
const open = new Set();
const followUps = new Map();
let latest = [];
let found = null;
let wanted = {q: '', outcome: '', offset: 0};
let asked = 0;

const isSearch = () => wanted.q !== '' || wanted.outcome !== '' || wanted.offset > 0;
const keyOf = (mail) => `${mail.mailbox} ${mail.message_id}`;

export function takeRecent(recent) {
  if (recent.problem) {
    setText(byId('messages-state'), `The messages cannot be shown: ${recent.problem}`);
    return;
  }
  latest = recent.results;
  if (!isSearch()) draw();
}

/** Draws again what depends on more than the messages themselves, as who holds which task. */
export function draw() {
  const mails = isSearch() ? found : latest;
  if (mails === null) return;
  fill(byId('messages'), mails, keyOf, signOf, rows);
  const searched = wanted.q !== '' || wanted.outcome !== '';
  const nothing = searched ? 'Nothing is found.' : wanted.offset > 0 ? 'There are no more.' : 'No message has come yet.';
  setText(byId('messages-state'), mails.length > 0 ? '' : nothing);
  show(byId('messages'), mails.length > 0);
  show(byId('search-clear'), isSearch());
  pages(byId('messages-pages'), {offset: wanted.offset, limit: LIMIT, shown: mails.length, what: 'messages', go: (offset) => search({...wanted, offset})});
}

function signOf(mail) {
  return JSON.stringify([mail, mail.attachments.map(fate), open.has(keyOf(mail)) && [followUps.get(keyOf(mail))?.state]]);
}

/** What is done with an open message in its mailbox, which lists do not tell; asked again when the message has changed. */
async function lookUp(mail) {
  const key = keyOf(mail);
  const sign = JSON.stringify(mail);
  const known = followUps.get(key);
  if (known?.sign === sign) return;
  followUps.set(key, {...known, sign});
  try {
    const {body} = await ask(`/email-details?${new URLSearchParams({id: mail.message_id})}`);
    followUps.set(key, {sign, followUp: body.follow_up, state: JSON.stringify(body.follow_up)});
    draw();
  } catch {
    // The rest of the journey is known without it.
  }
}

function rows(mail) {
  const key = keyOf(mail);
  const isOpen = open.has(key);
  if (isOpen) lookUp(mail);
  const subject = mail.subject.trim() === '' ? h('span', {class: 'quiet'}, '(no subject)') : foreign(mail.subject, 160);
  const toggle = h('button', {type: 'button', class: 'subject', 'data-act': 'open', 'aria-expanded': String(isOpen), onclick: () => {
    if (!open.delete(key)) open.add(key);
    followUps.delete(key);
    draw();
  }}, subject);
  const row = h('tr', {},
    h('td', {class: 'when'}, ago(mail.received_at)),
    h('td', {class: 'message'}, toggle, h('div', {class: 'quiet'}, sender(mail))),
    h('td', {class: 'mailbox'}, foreign(mail.mailbox, 80)),
    h('td', {}, marks(mail)));
  return isOpen ? [row, h('tr', {}, h('td', {colspan: 4}, journey(mail, followUps.get(key)?.followUp ?? null, replay)))] : [row];
}

function sender(mail) {
  if (!mail.sender && !mail.sender_email) return '(no sender)';
  return [foreign(mail.sender || mail.sender_email, 80), mail.sender && mail.sender !== mail.sender_email ? [' · ', foreign(mail.sender_email, 80)] : []].flat();
}

function marks(mail) {
  const states = {retrying: ['warn', 'to be tried again'], failed: ['bad', 'given up']};
  const state = states[mail.state];
  const all = mail.attachments.map(mark);
  if (state) all.unshift(h('li', {class: `mark ${state[0]}`}, h('span', {class: 'fate'}, state[1], mail.problem ? [': ', foreign(mail.problem, 80)] : [])));
  return all.length > 0 ? h('ul', {class: 'marks'}, all) : h('span', {class: 'quiet'}, 'no attachments');
}

function replay(button, mail) {
  return run(button, async () => {
    await ask(`/email-details/${encodeURIComponent(mail.message_id)}/replay`, 'POST');
    announce('The message is worked on again in the next cycle.');
  });
}

async function search(next) {
  wanted = next;
  found = null;
  const mine = ++asked;
  if (!isSearch()) {
    draw();
    return;
  }
  setText(byId('messages-state'), 'Searching …');
  const query = new URLSearchParams({q: wanted.q, outcome: wanted.outcome, offset: wanted.offset, limit: LIMIT});
  try {
    const {body} = await ask(`/recent-results?${query}`);
    if (mine !== asked) return;
    found = body.results;
    draw();
    if (found.length > 0) announce(`${found.length}${found.length === LIMIT ? ' or more' : ''} messages found`);
  } catch (problem) {
    if (mine !== asked) return;
    found = [];
    draw();
    setText(byId('messages-state'), problem instanceof Refused ? problem.message : 'The monitor does not answer');
  }
}

export function setUpSearch() {
  const wish = () => ({q: byId('q').value.trim(), outcome: byId('outcome').value, offset: 0});
  byId('search').addEventListener('submit', (event) => {
    event.preventDefault();
    search(wish());
  });
  byId('outcome').addEventListener('change', () => search(wish()));
  byId('search-clear').addEventListener('click', () => {
    byId('search').reset();
    search(wish());
    byId('q').focus();
  });
}
