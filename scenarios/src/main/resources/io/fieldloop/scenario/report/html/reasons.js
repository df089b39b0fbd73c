'use strict';

// What the reasons of a case mean: one fold-out for each, and the way to it from the events.

const reasonTexts = JSON.parse(document.getElementById('reasons').textContent);

/** The key of the text that explains an event's reason, or undefined. */
function reasonKey(event) {
  const side = reasonTexts.sides[event.kind];
  const key = side && event.attributes.reason ? side + '/' + event.attributes.reason : undefined;
  return key && Object.prototype.hasOwnProperty.call(reasonTexts.texts, key) ? key : undefined;
}

function reasonList(name, items, ordered) {
  if (!items.length) return null;
  return el('div', {}, el('h4', {}, name), el(ordered ? 'ol' : 'ul', {}, ...items.map(item => el('li', {}, item))));
}

function reasonNode(key) {
  const text = reasonTexts.texts[key];
  const shown = [...text.lines, ...(text.code ? [say('code') + ' ' + text.code] : []), ...(text.note ? [text.note] : [])];
  return el('details', { class: 'reason', 'data-reason': key },
    el('summary', {}, el('strong', {}, text.reason), el('span', { class: 'dim' }, ' ' + text.title + ': '), text.meaning),
    reasonList(say('The device shows'), shown, false), reasonList(say('When'), [text.timing], false), reasonList(say('The server shows'), text.server, false),
    reasonList(say('Usual causes, the most usual first'), text.causes, true), reasonList(say('Check'), text.checks, true),
    el('p', {}, say('Reproduce it') + ': ', el('code', {}, 'fieldloop run \'' + text.scenario + '\'')));
}

/** All reasons of a case, in the order in which they were first given. */
function reasonsNode(model) {
  const keys = [...new Set(model.events.map(reasonKey).filter(Boolean))];
  return keys.length ? el('div', { class: 'reasons' }, el('h3', {}, say('Reasons')), ...keys.map(reasonNode)) : null;
}

/** Opens a reason's text in the case it was asked for. */
function showReason(body, key) {
  const text = [...body.querySelectorAll('.reason')].find(node => node.dataset.reason === key);
  if (!text) return;
  text.open = true;
  text.scrollIntoView({ block: 'nearest' });
  text.querySelector('summary').focus();
}
