// Makes and updates what is on the page. Texts become text nodes and nothing else, wherever they come from.

const LONGEST = 400;
const whole = new Intl.NumberFormat('en');

export const byId = (id) => document.getElementById(id);

/** An element with attributes, handlers (onclick: ...) and children; null children are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** A text from outside, kept from turning the text around it, and cut where nobody reads on. */
export function foreign(text, longest = LONGEST) {
  const whole = String(text ?? '');
  const shown = whole.length > longest ? whole.slice(0, longest) + '…' : whole;
  return h('bdi', whole.length > longest ? {title: whole.slice(0, 4000)} : {}, shown);
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function show(element, shown) {
  element.hidden = !shown;
}

/**
 * Shows items as one table body each. What has not changed is left alone, so that focus, selection and screen readers stay
 * where they are.
 */
export function fill(table, items, keyOf, signOf, render) {
  const known = new Map([...table.tBodies].map((body) => [body.dataset.key, body]));
  let place = table.tHead;
  for (const item of items) {
    const key = keyOf(item);
    const sign = signOf(item);
    let body = known.get(key);
    known.delete(key);
    if (!body || body.dataset.sign !== sign) {
      const fresh = h('tbody', {'data-key': key, 'data-sign': sign}, render(item));
      if (body) replace(body, fresh);
      body = fresh;
    }
    if (place.nextElementSibling !== body) place.after(body);
    place = body;
  }
  known.forEach((body) => body.remove());
}

function replace(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.act : null;
  old.replaceWith(fresh);
  if (focused) fresh.querySelector(`[data-act="${focused}"]`)?.focus();
}

/** Buttons for the parts of a list; nothing when all of it is shown. How long it is may not be known. */
export function pages(element, {offset, limit, shown, total = null, what, go}) {
  const more = total === null ? shown === limit : offset + shown < total;
  const part = `${what} ${whole.format(offset + 1)} to ${whole.format(offset + shown)}${total === null ? '' : ` of ${whole.format(total)}`}`;
  if (offset === 0 && !more) {
    element.replaceChildren();
    return;
  }
  element.replaceChildren(
    h('button', {type: 'button', disabled: offset === 0, onclick: () => go(Math.max(0, offset - limit))}, 'Previous'),
    h('span', {class: 'quiet'}, shown === 0 ? 'no more' : part),
    h('button', {type: 'button', disabled: !more, onclick: () => go(offset + limit)}, 'Next'));
}

let silence;

/** Says something to everybody: it is seen for a while, and read aloud. */
export function announce(text, kind = 'info') {
  const news = byId('news');
  news.dataset.kind = kind;
  if (news.textContent !== text) news.replaceChildren(foreign(text));
  clearTimeout(silence);
  silence = setTimeout(() => news.replaceChildren(), kind === 'problem' ? 20000 : 8000);
}

/** Asks before something that cannot be taken back; resolves to whether it is wanted. */
export function ask(title, text, yes) {
  const dialog = byId('question');
  setText(byId('question-title'), title);
  byId('question-text').replaceChildren(foreign(text));
  setText(byId('question-yes'), yes);
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), {once: true});
  });
}
