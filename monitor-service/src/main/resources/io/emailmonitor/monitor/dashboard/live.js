// Keeps the page up to date: by the server's events, or by asking now and then where there is no place for one more listener.

import {Refused, ask} from './actions.js';

const PARTS = ['state', 'series', 'latency', 'recent', 'mailboxes', 'workers', 'dead'];
const ASK_EVERY = 5000;
const LISTEN_AGAIN_AFTER = 60000;
const SILENT_FOR = 15000;

/**
 * Calls take(part, content) for whatever is new and tell(how, since) when the link changes: "live", "asking" or "lost" (with
 * the time since when).
 */
export function keepUp(take, tell) {
  let source = null;
  let heardAt = 0;
  let listenAt = 0;
  let lostAt = null;
  let timer = null;

  function heard(how) {
    heardAt = Date.now();
    lostAt = null;
    tell(how, null);
  }

  function lost() {
    lostAt ??= new Date();
    tell('lost', lostAt);
  }

  function listen() {
    listenAt = Date.now() + LISTEN_AGAIN_AFTER;
    source = new EventSource('/events');
    for (const part of PARTS) {
      source.addEventListener(part, (event) => {
        heard('live');
        take(part, JSON.parse(event.data));
      });
    }
    source.addEventListener('error', () => {
      // Refused for good, as when too many listen; else the browser tries again by itself.
      if (source.readyState === EventSource.CLOSED) deafen();
      else lost();
      later(0);
    });
  }

  function deafen() {
    source?.close();
    source = null;
  }

  async function look() {
    if (document.hidden) {
      deafen();
      return;
    }
    if (source && Date.now() - heardAt < SILENT_FOR) {
      later(ASK_EVERY);
      return;
    }
    deafen();
    try {
      const {body} = await ask('/dashboard');
      heard('asking');
      PARTS.filter((part) => part in body).forEach((part) => take(part, body[part]));
      if (Date.now() >= listenAt) listen();
    } catch (problem) {
      if (problem instanceof Refused && problem.status === 401) return;
      lost();
      listenAt = 0;
    }
    later(ASK_EVERY);
  }

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  }

  document.addEventListener('visibilitychange', () => {
    listenAt = 0;
    later(0);
  });
  addEventListener('online', () => later(0));
  addEventListener('offline', () => {
    deafen();
    later(0);
  });
  addEventListener('pagehide', deafen);
  return {
    start() {
      listenAt = 0;
      later(0);
    },
  };
}
