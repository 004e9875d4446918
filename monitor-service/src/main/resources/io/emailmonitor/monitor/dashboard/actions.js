// Asks the server, and lets people in.

import {announce, byId, setText, show} from './dom.js';

/** What the server answered that was no success. */
export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** Asks and gives {status, body, headers}; a refusal is thrown, and 401 shows the sign-in form. */
export async function ask(path, method = 'GET', json = undefined) {
  const answer = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: json === undefined ? {} : {'Content-Type': 'application/json'},
    body: json === undefined ? undefined : JSON.stringify(json),
  });
  const text = await answer.text();
  let body = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    body = null;
  }
  if (answer.status === 401 && path !== '/sign-in') signIn();
  if (!answer.ok) throw new Refused(answer.status, body?.detail ?? `The server answered ${answer.status}`);
  return {status: answer.status, body, headers: answer.headers};
}

/** Runs what a button does: the button waits, and what goes wrong is told. */
export async function run(button, work) {
  button.setAttribute('aria-busy', 'true');
  button.disabled = true;
  try {
    await work();
  } catch (problem) {
    announce(problem instanceof Refused ? problem.message : 'The monitor does not answer', 'problem');
  } finally {
    button.disabled = false;
    button.removeAttribute('aria-busy');
  }
}

function signIn() {
  if (!byId('signing-in').hidden) return;
  signedOut(true);
  byId('link').dataset.link = 'loading';
  setText(byId('link-text'), 'Not signed in');
  byId('token').focus();
}

function signedOut(out) {
  show(byId('signing-in'), out);
  show(byId('main'), !out);
  document.body.classList.toggle('signed-out', out);
}

/** Whether there is something to sign out of. */
async function showSignOut() {
  try {
    const {body} = await ask('/sign-in');
    show(byId('sign-out'), body.signed_in === true);
  } catch {
    show(byId('sign-out'), false);
  }
}

export function setUpSignIn(onSignedIn) {
  showSignOut();
  byId('sign-in').addEventListener('submit', async (event) => {
    event.preventDefault();
    const token = byId('token');
    setText(byId('sign-in-problem'), '');
    try {
      await ask('/sign-in', 'POST', {token: token.value});
      token.value = '';
      signedOut(false);
      byId('main').focus();
      showSignOut();
      onSignedIn();
    } catch (problem) {
      setText(byId('sign-in-problem'), problem instanceof Refused ? problem.message : 'The monitor does not answer');
      token.select();
    }
  });
  byId('sign-out').addEventListener('click', () =>
    run(byId('sign-out'), async () => {
      await ask('/sign-out', 'POST');
      location.reload();
    }));
}
