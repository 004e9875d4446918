// Puts what the server tells where it belongs on the page.

import {ask, Refused, run, setUpSignIn} from './actions.js';
import {setUpCharts, takeLatency, takeSeries, total} from './charts.js';
import {announce, byId, foreign, h, setText, show} from './dom.js';
import {absolute, ago, bytes, count, plural, setNow, span, tick} from './format.js';
import {holding} from './journey.js';
import {keepUp} from './live.js';
import {setUpMailboxSearch, takeMailboxes, takePolling} from './mailboxes.js';
import {draw as drawMessages, setUpSearch, takeRecent} from './messages.js';
import {setUpClear, takeDead, takeQueue, takeWorkers} from './queue.js';

const WORDS = {well: 'Well', attention: 'Attention', trouble: 'Trouble', lost: 'Disconnected'};
const LINKS = {live: 'Live', asking: 'Asks every 5 s'};

/** Where on the page more is told of what is not well. */
const PLACES = {
  'dead tasks': 'dead-section', mailboxes: 'mailboxes-section', poller: 'mailboxes-section', 'last cycle': 'mailboxes-section',
  queue: 'workers-section', workers: 'workers-section',
};
let word = null;

function takeState(state) {
  if (state.problem) {
    glance('trouble', [{level: 'trouble', what: 'monitor', text: state.problem}], true);
    return;
  }
  setNow(state.now);
  takeQueue(state.queue);
  glance(state.glance.word, state.glance.reasons, state.queue !== null);
  figures(state);
  takePolling(state.polling);
  const {running, next_cycle_at: next} = state.polling;
  byId('polling').replaceChildren(...(running ? ['Looking at the mailboxes …'] : next ? ['Next look ', ago(next)] : []));
}

function reason({level, what, text}) {
  const name = PLACES[what] && !byId(PLACES[what]).hidden ? h('a', {href: `#${PLACES[what]}`}, foreign(what)) : foreign(what);
  return h('li', {class: level}, h('strong', {}, name), ' ', foreign(text, 600));
}

function glance(now, reasons, withQueue) {
  if (word !== null && word !== now) announce(`Now: ${WORDS[now]}. ${reasons.slice(0, 1).map((r) => `${r.what}: ${r.text}`).join('')}`, now === 'well' ? 'info' : 'problem');
  word = now;
  byId('glance').dataset.word = now;
  setText(byId('word'), WORDS[now] ?? now);
  const sign = JSON.stringify(reasons);
  const list = byId('reasons');
  if (list.dataset.sign === sign) return;
  list.dataset.sign = sign;
  list.replaceChildren(...(reasons.length > 0
    ? reasons.map(reason)
    : [h('li', {class: 'quiet'}, withQueue ? 'Mailboxes are read, the queue answers, nothing is dead.' : 'Mailboxes are read, attachments are stored.')]));
  document.title = `${WORDS[now] ?? ''} · Email Monitor`;
}

function figures({queue, waiting, totals, latency}) {
  show(byId('stored').parentElement, waiting.tasks > 0);
  figure('stored', count(waiting.tasks), '');
  byId('stored-more').replaceChildren('until Redis is back, since ', ago(waiting.since));
  const full = queue && queue.max_size > 0 ? `of ${count(queue.max_size)}, ${bytes(queue.waiting_bytes)}` : '';
  figure('waiting', queue ? (queue.problem ? '?' : count(queue.waiting)) : 'off', queue ? (queue.problem ? 'the queue does not answer' : full) : 'attachments are stored as files');
  figure('claimed', queue && !queue.problem ? count(queue.claimed) : '–', queue && !queue.problem ? `${plural(queue.workers, 'worker', 'workers')}, ${count(queue.dead)} dead` : '');
  setText(byId('arrived-more'), `${count(totals.attachments)} known: ${count(totals.enqueued + totals.stored)} accepted, ${count(totals.skipped)} skipped, ${count(totals.failed)} failed`);
  setText(byId('done-more'), totals.retrying > 0 ? `${plural(totals.retrying, 'message is', 'messages are')} tried again` : '');
  spread('to-queue', latency.to_queue);
  spread('to-done', latency.to_done);
}

function figure(id, value, more) {
  setText(byId(id), value);
  setText(byId(`${id}-more`), more);
}

function spread(id, values) {
  figure(id, values ? span(values.median_ms) : '–', values ? `half of ${count(values.count)}; 95 % within ${span(values.p95_ms)}` : 'nothing came in the last hour');
}

const takers = {
  state: takeState,
  series(series) {
    setText(byId('arrived'), count(total(series.arrived)));
    setText(byId('done'), count(total(series.done)));
    takeSeries(series);
  },
  latency: takeLatency,
  recent: takeRecent,
  mailboxes: takeMailboxes,
  workers(part) {
    holding(part.workers ?? []);
    takeWorkers(part);
    drawMessages();
  },
  dead: takeDead,
};

function tell(how, since) {
  byId('link').dataset.link = how;
  setText(byId('link-text'), how === 'lost' ? `Disconnected since ${absolute(since)}` : LINKS[how]);
  document.body.classList.toggle('stale', how === 'lost');
  // An old word of health would be a wrong one.
  if (how === 'lost') glance('lost', [{level: 'trouble', what: 'monitor', text: `It has not answered since ${absolute(since)}. What is shown below is as it was then.`}]);
}

function describe(cycle) {
  const parts = ['enqueued', 'stored', 'skipped', 'failed'].filter((what) => cycle[what] > 0).map((what) => `${cycle[what]} ${what}`);
  return `Looked at ${plural(cycle.mailboxes.length, 'mailbox', 'mailboxes')} in ${span(cycle.duration_ms)}: ${plural(cycle.messages, 'new message', 'new messages')}, ${parts.length > 0 ? parts.join(', ') : 'no attachments'}.`;
}

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Starts a cycle and follows it to its end. */
async function processNow() {
  announce('Looking at the mailboxes …');
  const {status, body, headers} = await ask('/process-now', 'POST');
  if (status !== 202) {
    announce(describe(body));
    return;
  }
  const place = headers.get('Location');
  let job = body.job ?? body;
  while (!job.finished_at && job.state !== 'failed') {
    await pause(500);
    const {body: now} = await ask(place);
    job = now.job ?? now;
    const {done, total} = job.mailboxes ?? {};
    announce(total > 0 ? `Looking at the mailboxes … ${done} of ${total}` : 'Looking at the mailboxes …');
  }
  if (job.state === 'failed') throw new Refused(503, (job.errors ?? []).join('; ') || 'The mailboxes could not be looked at');
  announce(describe(job.result));
}

const link = keepUp((part, content) => takers[part]?.(content), tell);
setUpSignIn(() => link.start());
setUpSearch();
setUpMailboxSearch();
setUpClear();
setUpCharts();
byId('process-now').addEventListener('click', () => run(byId('process-now'), processNow));
setInterval(tick, 1000);
show(byId('main'), true);
link.start();
