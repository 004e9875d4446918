// Numbers, sizes and times as people read them.

import {h} from './dom.js';

const whole = new Intl.NumberFormat('en');
const clock = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'medium'});

/** The server's clock less ours, so that "ago" is right on a machine whose clock is not. */
let ahead = 0;

export function setNow(instant) {
  ahead = Date.parse(instant) - Date.now();
}

export const count = (number) => (number === null || number === undefined ? '–' : whole.format(number));

export const plural = (number, one, many) => `${count(number)} ${number === 1 ? one : many}`;

export function bytes(number) {
  if (number === null || number === undefined) return '–';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = number;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export function span(ms) {
  if (ms === null || ms === undefined) return '–';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const s = ms / 1000;
  if (s < 60) return `${s < 10 ? s.toFixed(1) : Math.round(s)} s`;
  if (s < 3600) return two(s, 60, 'min', 1, 's');
  if (s < 86400) return two(s, 3600, 'h', 60, 'min');
  return two(s, 86400, 'd', 3600, 'h');
}

function two(seconds, large, many, small, few) {
  const rounded = Math.round(seconds / small) * small;
  const rest = (rounded % large) / small;
  return `${Math.floor(rounded / large)} ${many}${rest > 0 ? ` ${rest} ${few}` : ''}`;
}

function relative(instant) {
  const ms = Date.now() + ahead - Date.parse(instant);
  const size = Math.abs(ms);
  const words =
    size < 60000 ? `${Math.round(size / 1000)} s`
      : size < 3600000 ? `${Math.round(size / 60000)} min`
        : size < 86400000 ? `${Math.round(size / 3600000)} h`
          : `${whole.format(Math.round(size / 86400000))} d`;
  if (size < 1500) return 'now';
  return ms < 0 ? `in ${words}` : `${words} ago`;
}

export const absolute = (instant) => clock.format(new Date(instant));

/** A moment as "2 min ago", which tick() keeps right; the exact one is its title. */
export function ago(instant, otherwise = '–') {
  if (!instant) return h('span', {class: 'quiet'}, otherwise);
  return h('time', {datetime: instant, title: absolute(instant), 'data-ago': true}, relative(instant));
}

export function exact(instant) {
  return h('time', {datetime: instant}, absolute(instant));
}

export function tick() {
  for (const time of document.querySelectorAll('time[data-ago]')) {
    const words = relative(time.dateTime);
    if (time.textContent !== words) time.textContent = words;
  }
}
