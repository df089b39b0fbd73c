'use strict';

// What the cases come to: by subject, by tag, and the slowest of them.

const SLOWEST_MAX = 10;

function totalsNode(lines, show) {
  if (lines.length < 2) return null;
  const fold = (title, node) => el('details', { class: 'totals' }, el('summary', {}, title), el('div', { class: 'wide' }, node));
  return el('div', { class: 'overview' },
    fold(say('By subject'), totalsTable(say('subject'), groups(lines, line => [line.id.split('/')[0]]), name => show({ text: name + '/' }))),
    fold(say('By tag'), totalsTable(say('tag'), groups(lines, line => line.tags), name => show({ tag: name }))),
    fold(say('Slowest cases'), slowestTable(lines)));
}

/** What became otherwise since an earlier run. */
function comparedNode(compared) {
  if (!compared) return null;
  const parts = [[say('fails now'), compared['fails-now']], [say('passes now'), compared['passes-now']], [say('fails still'), compared['fails-still']], [say('slower'), compared.slower]];
  const rows = parts.flatMap(([title, all]) => all.map(one => el('tr', {}, el('td', {}, title),
    el('th', { scope: 'row' }, el('a', { href: '#case=' + encodeURIComponent(one.id) }, visible(one.id))), el('td', {}, one.before), el('td', {}, one.after))));
  return el('details', { class: 'totals compared', open: true },
    el('summary', {}, say('Compared with {0}', visible(compared.earlier)) + ': ' + parts.map(([title, all]) => title + ' ' + all.length).join(', ')),
    rows.length ? el('div', { class: 'wide' }, tableNode([say('change'), say('case'), say('before'), say('now')], rows)) : null);
}

function groups(lines, namesOf) {
  const groups = new Map();
  for (const line of lines) {
    for (const name of namesOf(line)) {
      if (!groups.has(name)) groups.set(name, { name, cases: 0, reproduced: 0, passed: 0, failed: 0, inconclusive: 0, millis: 0 });
      const group = groups.get(name);
      group.cases++;
      group[line.verdict]++;
      group.reproduced += line.reproduced ? 1 : 0;
      group.millis += line.millis;
    }
  }
  return [...groups.values()].sort((a, b) => b.failed - a.failed || b.inconclusive - a.inconclusive || a.name.localeCompare(b.name));
}

function tableNode(heads, rows) {
  return el('table', {}, el('thead', {}, el('tr', {}, ...heads.map(head => el('th', { scope: 'col' }, head)))), el('tbody', {}, ...rows));
}

function totalsTable(title, all, show) {
  const number = (count, verdict) => el('td', { class: count && verdict ? 'count-' + verdict : '' }, count.toLocaleString('en'));
  return tableNode([title, say('cases'), say('passed'), say('of them reproduced'), say('failed'), say('inconclusive'), say('computing')], all.map(group => el('tr', {},
    el('th', { scope: 'row' }, el('button', { type: 'button', class: 'explain', title: say('Show only these'), onclick: () => show(group.name) }, visible(group.name))),
    number(group.cases), number(group.passed), number(group.reproduced), number(group.failed, 'failed'), number(group.inconclusive, 'inconclusive'), el('td', {}, msText(group.millis)))));
}

function slowestTable(lines) {
  const slowest = lines.slice().sort((a, b) => b.millis - a.millis).slice(0, SLOWEST_MAX);
  return tableNode([say('case'), say('computing'), say('simulated')], slowest.map(line => el('tr', {},
    el('th', { scope: 'row' }, el('a', { href: '#case=' + encodeURIComponent(line.id) }, visible(line.id))), el('td', {}, line.wall), el('td', {}, line.simulated))));
}
