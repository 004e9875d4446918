// The charts. They are pictures; the words below them say the same to those who do not see them.

import {byId, setText} from './dom.js';
import {bytes, count, plural, span} from './format.js';

const HEIGHT = 170;
const drawn = new Map();
let series = null;
let latency = null;

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const highest = (...columns) => Math.max(0, ...columns.flat());
export const total = (values) => values.reduce((sum, value) => sum + (value ?? 0), 0);

function axis(extra = {}) {
  const line = {stroke: color('--line'), width: 1};
  return {stroke: color('--muted'), grid: line, ticks: {...line, size: 4}, font: '11px system-ui, sans-serif', ...extra};
}

const clockOf = (_, splits) => splits.map((s) => new Date(s * 1000).toLocaleTimeString('en-GB', {hour: '2-digit', minute: '2-digit'}));
const timeAxis = () => axis({values: clockOf, space: 60, size: 30});
const countAxis = () => axis({incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 100000], size: 44, values: (_, splits) => splits.map((v) => count(v))});
const bytesAxis = () => axis({scale: 'bytes', side: 1, size: 60, grid: {show: false}, values: (_, splits) => splits.map(bytes)});
const spanAxis = () => axis({incrs: [100, 500, 1000, 5000, 15000, 30000, 60000, 300000, 900000, 3600000, 21600000], size: 58, values: (_, splits) => splits.map((v) => (v === 0 ? '0' : span(v)))});

const fromZero = (least) => (_, min, max) => [0, Math.max(max ?? 0, least) * 1.1];
const lastHour = (at) => ({time: true, range: [Math.min(at[0] ?? 0, (at.at(-1) ?? 0) - 600), at.at(-1) ?? 1]});

const line = (label, name, extra = {}) => ({label, stroke: color(name), width: 2, points: {show: false}, ...extra});
const area = (label, extra = {}) => line(label, '--accent', {fill: color('--accent-soft'), ...extra});
const dashed = (label, name, extra = {}) => line(label, name, {width: 1.5, dash: [4, 4], ...extra});

/** Draws columns as lines, and says below what there is to see. */
function draw(id, words, data, lines, axes, scales) {
  const element = byId(id);
  setText(byId(`${id}-words`), words);
  drawn.get(id)?.destroy();
  const chart = new uPlot({
    width: element.clientWidth, height: HEIGHT, series: [{}, ...lines], axes, scales: {x: lastHour(data[0]), ...scales},
    legend: {show: true, live: false}, cursor: {show: false}, padding: [8, 16, 0, 0],
  }, data, element);
  const canvas = element.querySelector('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', words);
  drawn.set(id, chart);
}

const sums = (values, by) => values.reduce((all, value, i) => {
  const slot = Math.floor(i / by);
  if (value !== null) all[slot] = (all[slot] ?? 0) + value;
  else all[slot] ??= null;
  return all;
}, []);

/** Minutes instead of single samples where there are many, so that steps can be told apart. */
function perMinute({at, arrived, done, interval_seconds: seconds}) {
  const by = at.length < 60 ? 1 : Math.max(1, Math.round(60 / seconds));
  return {every: by === 1 ? `Every ${seconds} s` : 'Each minute', at: at.filter((_, i) => i % by === 0), arrived: sums(arrived, by), done: sums(done, by)};
}

function drawDepth({at, waiting, waiting_bytes: size, claimed}) {
  draw('depth', `At most ${plural(highest(waiting), 'task', 'tasks')} and ${bytes(highest(size))} waited.`,
    [at, waiting, claimed, size],
    [area('waiting'), line('in hands', '--good'), dashed('bytes (right)', '--warn', {scale: 'bytes'})],
    [timeAxis(), countAxis(), bytesAxis()],
    {y: {range: fromZero(4)}, bytes: {range: fromZero(1024)}});
}

function drawFlow(all) {
  const {every, at, arrived, done} = perMinute(all);
  const steps = {paths: uPlot.paths.stepped({align: 1}), points: {show: at.length < 4}};
  draw('flow', `${every}. In all ${plural(total(arrived), 'arrival', 'arrivals')} and ${plural(total(done), 'completion', 'completions')}.`,
    [at, arrived, done],
    [area('arrived', steps), line('done', '--good', steps)],
    [timeAxis(), countAxis()],
    {y: {range: fromZero(4)}});
}

function drawLatency({at, to_queue_median_ms: queue, to_queue_p95_ms: queueMost, to_done_median_ms: done, to_done_p95_ms: doneMost}) {
  const few = at.length - Math.max(...[queue, done].map((values) => values.filter((value) => value === null).length)) < 20;
  const dots = {spanGaps: true, points: {show: few, size: 5}};
  const worst = (values) => (highest(values) > 0 ? span(highest(values)) : null);
  const words = [worst(queueMost) && `on the queue within ${worst(queueMost)}`, worst(doneMost) && `done within ${worst(doneMost)}`].filter(Boolean);
  draw('lag', words.length > 0 ? `From arrival, by minute. In the slowest, 95 % were ${words.join(', ')}.` : 'No mail came in the last hour.',
    [at, queue, queueMost, done, doneMost],
    [line('half queued', '--accent', dots), dashed('95 % queued', '--accent', dots), line('half done', '--good', dots), dashed('95 % done', '--good', dots)],
    [timeAxis(), spanAxis()],
    {y: {range: fromZero(1000)}});
}

function drawAll() {
  if (typeof uPlot === 'undefined') return;
  if (series?.at.length > 0) {
    drawDepth(series);
    drawFlow(series);
  }
  if (latency?.at.length > 0) drawLatency(latency);
}

export function takeSeries(part) {
  if (part.problem) return;
  series = part;
  drawAll();
}

export function takeLatency(part) {
  if (part.problem) return;
  latency = part;
  drawAll();
}

export function setUpCharts() {
  new ResizeObserver(() => drawn.forEach((chart, id) => {
    const width = byId(id).clientWidth;
    if (width > 0 && width !== chart.width) chart.setSize({width, height: HEIGHT});
  })).observe(byId('depth'));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
}
