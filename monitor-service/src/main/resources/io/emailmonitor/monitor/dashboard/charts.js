// The two charts. They are pictures; the words below them say the same to those who do not see them.

import {byId, setText} from './dom.js';
import {bytes, count, plural} from './format.js';

const HEIGHT = 170;
const drawn = new Map();
let latest = null;

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function axis(extra = {}) {
  const line = {stroke: color('--line'), width: 1};
  return {stroke: color('--muted'), grid: line, ticks: {...line, size: 4}, font: '11px system-ui, sans-serif', ...extra};
}

const sums = (values, by) => values.reduce((all, value, i) => {
  const slot = Math.floor(i / by);
  if (value !== null) all[slot] = (all[slot] ?? 0) + value;
  else all[slot] ??= null;
  return all;
}, []);

/** Minutes instead of single samples where there are many, so that steps can be told apart. */
function perMinute(series) {
  const by = series.at.length < 60 ? 1 : Math.max(1, Math.round(60 / series.interval_seconds));
  return {every: by === 1 ? `Every ${series.interval_seconds} s` : 'Each minute', at: series.at.filter((_, i) => i % by === 0), arrived: sums(series.arrived, by), done: sums(series.done, by)};
}

function options(width, series, axes, scales) {
  return {
    width, height: HEIGHT, series, axes, scales,
    legend: {show: true, live: false},
    cursor: {show: false},
    padding: [8, 4, 0, 0],
  };
}

function draw(id, label, data, series, axes, scales) {
  const element = byId(id);
  drawn.get(id)?.destroy();
  const chart = new uPlot(options(element.clientWidth, series, axes, scales), data, element);
  const canvas = element.querySelector('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  drawn.set(id, chart);
}

const clockOf = (_, splits) => splits.map((s) => new Date(s * 1000).toLocaleTimeString('en-GB', {hour: '2-digit', minute: '2-digit'}));
const hour = (at) => [Math.min(at[0] ?? 0, (at.at(-1) ?? 0) - 600), at.at(-1) ?? 1];
const wholes = {incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 100000], size: 44, values: (_, splits) => splits.map((v) => count(v))};
const fromZero = (_, min, max) => [0, Math.max(max ?? 0, 4) * 1.1];

function drawAll() {
  if (latest === null || latest.at.length === 0 || typeof uPlot === 'undefined') return;
  const {at, waiting, waiting_bytes: size, claimed} = latest;
  const time = {time: true, range: hour(at)};
  const most = Math.max(0, ...waiting);
  setText(byId('depth-words'), `At most ${plural(most, 'task', 'tasks')} and ${bytes(Math.max(0, ...size))} waited.`);
  draw('depth', byId('depth-words').textContent, [at, waiting, claimed, size],
    [{}, {label: 'waiting', stroke: color('--accent'), fill: color('--accent-soft'), width: 2, points: {show: false}},
      {label: 'in hands', stroke: color('--good'), width: 2, points: {show: false}},
      {label: 'bytes (right)', scale: 'bytes', stroke: color('--warn'), width: 1.5, dash: [4, 4], points: {show: false}}],
    [axis({values: clockOf, space: 60}), axis(wholes),
      axis({scale: 'bytes', side: 1, size: 60, grid: {show: false}, values: (_, splits) => splits.map(bytes)})],
    {x: time, y: {range: fromZero}, bytes: {range: (_, min, max) => [0, Math.max(max ?? 0, 1024) * 1.1]}});
  const minutes = perMinute(latest);
  setText(byId('flow-words'), `${minutes.every}. In all ${plural(total(latest.arrived), 'arrival', 'arrivals')} and ${plural(total(latest.done), 'completion', 'completions')}.`);
  draw('flow', byId('flow-words').textContent, [minutes.at, minutes.arrived, minutes.done],
    [{}, {label: 'arrived', stroke: color('--accent'), fill: color('--accent-soft'), width: 2, paths: uPlot.paths.stepped({align: 1}), points: {show: false}},
      {label: 'done', stroke: color('--good'), width: 2, paths: uPlot.paths.stepped({align: 1}), points: {show: false}}],
    [axis({values: clockOf, space: 60}), axis(wholes)],
    {x: time, y: {range: fromZero}});
}

export const total = (values) => values.reduce((sum, value) => sum + (value ?? 0), 0);

export function takeSeries(series) {
  latest = series;
  drawAll();
}

export function setUpCharts() {
  new ResizeObserver(() => drawn.forEach((chart, id) => {
    const width = byId(id).clientWidth;
    if (width > 0 && width !== chart.width) chart.setSize({width, height: HEIGHT});
  })).observe(byId('depth'));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
}
