// The workers with what they hold, and the dead tasks with what can be done about them.

import {ask, run} from './actions.js';
import {announce, ask as confirm, byId, fill, foreign, h, pages, setText, show} from './dom.js';
import {ago, bytes, plural, span} from './format.js';

const LIMIT = 25;
let deadOffset = 0;
let waiting = 0;

export function takeWorkers(part) {
  if (part.problem) {
    setText(byId('workers-state'), `The workers cannot be shown: ${part.problem}`);
    show(byId('workers'), false);
    return;
  }
  const {workers} = part;
  setText(byId('workers-count'), workers.length === 0 ? '' : `${workers.length} alive`);
  setText(byId('workers-state'), workers.length > 0 ? '' : 'No worker is alive. Programs that only pop the list do not show themselves here.');
  show(byId('workers'), workers.length > 0);
  fill(byId('workers'), workers, (worker) => worker.name, JSON.stringify, worker);
}

function worker(it) {
  return h('tr', {},
    h('th', {scope: 'row'}, foreign(it.name, 80), h('div', {class: 'quiet'}, `${plural(it.concurrency, 'thread', 'threads')}, up ${span(it.uptime_ms)}`)),
    h('td', {class: 'when'}, `${span(it.silent_ms)} ago`),
    h('td', {}, it.held === 0 ? h('span', {class: 'quiet'}, 'nothing') : h('ul', {class: 'marks'}, it.holds.slice(0, 8).map(task), it.held > 8 ? h('li', {class: 'quiet'}, `and ${it.held - 8} more`) : null)));
}

function task(it) {
  return h('li', {class: 'mark info'},
    h('span', {class: 'name'}, foreign(it.filename ?? it.task_id ?? `claim ${it.claim_id}`, 80)),
    h('span', {class: 'fate'}, `for ${span(it.held_ms)}`, it.attempt > 1 ? `, attempt ${it.attempt}` : ''));
}

/** What the buttons need to know of the queue. */
export function takeQueue(queue) {
  waiting = queue?.waiting ?? 0;
  show(byId('clear'), queue !== null && waiting > 0);
  show(byId('workers-section'), queue !== null);
  const dead = queue?.dead ?? 0;
  show(byId('dead-section'), dead > 0);
  setText(byId('dead-count'), String(dead));
}

export function takeDead(part) {
  if (deadOffset === 0 && part?.tasks) drawDead(part);
}

function drawDead(part) {
  fill(byId('dead'), part.tasks, (it) => it.claim_id, JSON.stringify, deadRow);
  pages(byId('dead-pages'), {offset: part.offset, limit: LIMIT, shown: part.tasks.length, what: 'dead tasks', go: goDead});
}

async function goDead(offset) {
  const {body} = await ask(`/redis-queue/dead?offset=${offset}&limit=${LIMIT}`);
  deadOffset = offset;
  drawDead(body);
}

function deadRow(it) {
  const facts = it.task;
  const name = facts.attachment_filename ?? 'not a task';
  const decide = (what, words) => (event) => run(event.currentTarget, async () => {
    await ask(`/redis-queue/dead/${encodeURIComponent(it.claim_id)}/${what}`, 'POST');
    announce(words);
    await goDead(deadOffset);
  });
  const discard = async (event) => {
    const button = event.currentTarget;
    const sure = await confirm('Discard this task?', `${name}: its content is removed from the queue for good. The mail stays in its mailbox.`, 'Discard it');
    if (sure) await decide('discard', 'The task is discarded.')({currentTarget: button});
  };
  return h('tr', {},
    h('td', {class: 'when'}, ago(it.died_at)),
    h('td', {}, h('div', {}, foreign(name, 80)), preview(it)),
    h('td', {}, foreign(facts.email_sender ?? '', 80), h('div', {class: 'quiet'}, foreign(facts.email_subject ?? '', 120))),
    h('td', {class: 'why'}, foreign(it.reason, 300), h('div', {class: 'quiet'}, plural(it.deliveries, 'attempt', 'attempts'))),
    h('td', {class: 'buttons'},
      h('button', {type: 'button', 'data-act': 'redrive', onclick: decide('redrive', 'The task has another chance.')}, 'Redrive', h('span', {class: 'sr'}, ` ${name}`.slice(0, 100))),
      h('button', {type: 'button', 'data-act': 'discard', class: 'danger', onclick: discard}, 'Discard', h('span', {class: 'sr'}, ` ${name}`.slice(0, 100)))));
}

function preview(it) {
  const facts = Object.entries(it.task);
  return h('details', {},
    h('summary', {'data-act': 'facts'}, bytes(it.task_bytes), h('span', {class: 'sr'}, ', all facts')),
    h('dl', {class: 'facts'}, h('dt', {}, 'claim'), h('dd', {}, foreign(it.claim_id)), facts.map(([name, value]) => [h('dt', {}, foreign(name, 60)), h('dd', {}, foreign(value, 200))]).flat()));
}

export function setUpClear() {
  byId('clear').addEventListener('click', async () => {
    const expected = waiting;
    const sure = await confirm('Clear the queue?',
      `${plural(expected, 'waiting task is', 'waiting tasks are')} thrown away for good: nothing brings them back. Tasks in workers’ hands and dead tasks stay.`,
      'Throw them away');
    if (!sure) return;
    await run(byId('clear'), async () => {
      const {body} = await ask(`/redis-queue/clear?expected=${expected}`, 'POST');
      announce(`${plural(body.removed, 'task was', 'tasks were')} thrown away.`);
    });
  });
}
