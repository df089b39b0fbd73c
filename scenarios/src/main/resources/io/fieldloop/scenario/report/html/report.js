'use strict';

// The page: the head with the counts, the filter, one block per case that is built when it is opened.

const run = JSON.parse(document.getElementById('run').textContent);
const VERDICT = { passed: say('passed'), failed: say('failed'), inconclusive: say('inconclusive') };
const MARK = { passed: '✓', failed: '✗', inconclusive: '?' };
const ORDER = { failed: 0, inconclusive: 1, passed: 2 };
const OPENED_MAX = 3;
const PRINTED_MAX = 50;
const CASES_AT_ONCE = 200;

function verdictNode(verdict, word = VERDICT[verdict]) {
  return el('span', { class: 'verdict ' + verdict }, el('span', { class: 'mark-sign', 'aria-hidden': 'true' }, MARK[verdict]), ' ' + word);
}

function copyButton(text) {
  const button = el('button', { type: 'button' }, say('Copy'));
  button.addEventListener('click', () => {
    const told = done => { button.textContent = done ? say('Copied') : say('Press Ctrl-C'); setTimeout(() => { button.textContent = say('Copy'); }, 2000); };
    const byHand = () => {
      const area = el('textarea', { class: 'offscreen', readonly: true });
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand('copy');
      area.remove();
      button.focus();
      told(done);
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => told(true), byHand);
    else byHand();
  });
  return button;
}

function linkNode(link) {
  return /^https?:\/\/[^\s]+$/i.test(link)
    ? el('a', { href: link, rel: 'noopener noreferrer', target: '_blank' }, visible(link)) : el('span', {}, visible(link));
}

/** What the parts of one case share: events, which of them are evidence and of what. */
function caseModel(data) {
  const evidenceOf = new Map();
  data.expectations.forEach((expectation, index) => expectation.evidence.forEach(seq => {
    evidenceOf.set(seq, [...(evidenceOf.get(seq) || []), index + 1]);
  }));
  const few = data.expectations.filter(expectation => expectation.evidenceCount <= SERIES_DENSE);
  const pinned = new Set(few.flatMap(expectation => expectation.evidence));
  return { events: readEvents(data.rows), evidenceOf, pinned, total: data.events, endNanos: data.endNanos, actors: data.actors, journal: data.journal };
}

class CaseView {
  constructor(line, index) {
    this.line = line;
    this.index = index;
  }

  /** Made when it is first wanted: of ten thousand cases nobody looks at all. */
  get node() {
    if (!this.made) this.made = this.make(this.line, this.index);
    return this.made;
  }

  make(line, index) {
    this.body = el('div', { class: 'case-body', id: 'body-' + index, hidden: true });
    this.head = el('button', { type: 'button', class: 'case-head', 'aria-expanded': 'false', 'aria-controls': 'body-' + index, onclick: () => this.toggle() },
      verdictNode(line.verdict, line.reproduced ? say('reproduced') : VERDICT[line.verdict]),
      el('span', { class: 'case-name' }, el('span', { class: 'title' }, visible(line.title)), el('span', { class: 'id' }, visible(line.id)),
        line.headline ? el('span', { class: 'headline' }, visible(line.headline)) : null),
      el('span', { class: 'case-facts' }, line.simulated, el('span', { class: 'dim' }, ' ' + say('in {0}, {1}', line.wall, visible(line.rig)))));
    return el('article', { class: 'case is-' + line.verdict, id: 'case=' + line.id }, el('h2', {}, this.head), this.body);
  }

  fits(words) {
    const { line } = this;
    if (!this.words) this.words = [line.id, line.title, line.reproduced ? 'reproduced' : '', line.headline, line.rig, ...line.tags].join(' ').toLowerCase();
    return words.every(word => this.words.includes(word));
  }

  toggle() { if (this.isOpen) this.close(); else this.open(); }

  get isOpen() { return Boolean(this.made) && this.made.classList.contains('open'); }

  open() {
    this.node.classList.add('open');
    this.body.hidden = false;
    this.head.setAttribute('aria-expanded', 'true');
    if (!this.built) this.build();
    this.timeline.draw();
    this.width = this.timeline.plot.clientWidth;
  }

  close() {
    if (!this.isOpen) return;
    this.made.classList.remove('open');
    this.body.hidden = true;
    this.head.setAttribute('aria-expanded', 'false');
  }

  build() {
    this.built = true;
    const data = JSON.parse(document.getElementById('case-' + this.index).textContent);
    const model = caseModel(data);
    const select = (seqs, from) => this.select(seqs, from);
    this.timeline = new Timeline(model, select);
    const below = new PlotsBelow(data.pictures);
    this.timeline.onDraw = () => below.draw(this.timeline);
    this.list = new EventList(model, select, reason => showReason(this.body, reason));
    const happened = model.events.length ? [el('h3', {}, say('Timeline')), this.timeline.node, ...below.nodes, measuredNode(data.pictures.measured, data.endNanos), this.tabs(model, select)].filter(Boolean) : [el('p', { class: 'note' }, say('The journal of this case is empty: nothing happened.'))];
    const reasons = reasonsNode(model);
    this.body.append(...this.about(data), this.expectations(data), ...(reasons ? [reasons] : []), ...happened, this.repeat(data));
    new ResizeObserver(() => { if (!this.body.hidden && this.timeline.plot.clientWidth !== this.width) { this.width = this.timeline.plot.clientWidth; this.timeline.draw(); } })
      .observe(this.timeline.plot);
  }

  about(data) {
    const { line } = this;
    const fact = (name, value) => el('div', {}, el('dt', {}, name), el('dd', {}, value));
    return [
      data.problem ? this.problem(data.problem.split('\n')) : null,
      this.paragraph(say('Cause'), data.why),
      this.paragraph(say('Fix'), data.fix),
      data.notes.length ? el('pre', { class: 'notes' }, data.notes.map(visible).join('\n')) : null,
      el('dl', { class: 'facts' }, fact(say('seed'), data.seed), fact(say('rig'), visible(line.rig)), fact(say('simulated'), line.simulated), fact(say('wall'), line.wall),
        fact(say('events'), data.events.toLocaleString('en')),
        line.tags.length ? fact(say('tags'), line.tags.map(visible).join(', ')) : null),
      data.links.length ? el('ul', { class: 'links' }, ...data.links.map(link => el('li', {}, linkNode(link)))) : null,
    ].filter(Boolean);
  }

  paragraph(name, text) {
    return text ? el('p', { class: 'why' }, el('strong', {}, name + ': '), text.trim().split('\n').map(visible).join('\n')) : null;
  }

  problem([sentence, ...lines]) {
    return el('div', { class: 'banner' }, el('strong', {}, say('Nothing can be concluded') + ': '), visible(sentence),
      lines.length ? el('pre', {}, lines.map(visible).join('\n')) : null);
  }

  expectations(data) {
    if (!data.expectations.length) return el('p', { class: 'note' }, say('No expectation was judged.'));
    const rows = data.expectations.map((expectation, index) => {
      const show = el('button', { type: 'button', 'aria-pressed': 'false', disabled: expectation.evidence.length === 0 }, plural(expectation.evidenceCount, '{0} event', '{0} events'));
      show.addEventListener('click', () => {
        const on = show.getAttribute('aria-pressed') !== 'true';
        this.select(on ? expectation.evidence : [], 'expectation', on ? show : null);
      });
      const missing = expectation.evidenceCount - expectation.evidence.length;
      return el('tr', { class: 'is-' + expectation.verdict },
        el('td', { class: 'number' }, 'E' + (index + 1)), el('td', {}, verdictNode(expectation.verdict)),
        el('td', {}, el('code', {}, visible(expectation.text)), el('span', { class: 'position' }, visible(expectation.position))),
        el('td', {}, visible(expectation.explanation)),
        el('td', { class: 'shows' }, expectation.evidenceCount ? show : el('span', { class: 'dim' }, say('none')), missing > 0 ? el('span', { class: 'dim' }, ' ' + say('{0} only in the journal', missing.toLocaleString('en'))) : null));
    });
    return el('div', { class: 'wide' }, el('table', { class: 'expectations' },
      el('thead', {}, el('tr', {}, ...['', say('verdict'), say('expectation'), say('what was seen'), say('evidence')].map(name => el('th', { scope: 'col' }, name)))),
      el('tbody', {}, ...rows)));
  }

  tabs(model, select) {
    const actors = [...new Set(model.events.filter(event => event.role === 'console').map(event => event.actor))];
    const panels = [[say('Events'), () => this.list.node]];
    if (actors.length === 1) panels.push([say('Console of {0}', visible(actors[0])), () => consoleNode(model, actors[0], select)]);
    if (actors.length > 1) panels.push([say('Device consoles'), () => this.consoles(model, actors, select)]);
    const panel = el('div', { role: 'tabpanel' });
    const made = new Map();
    const buttons = panels.map(([name, make], index) => el('button', { type: 'button', role: 'tab', 'aria-selected': 'false', onclick: () => choose(index) }, name));
    const choose = index => {
      if (!made.has(index)) made.set(index, panels[index][1]());
      buttons.forEach((button, i) => { button.setAttribute('aria-selected', String(i === index)); button.tabIndex = i === index ? 0 : -1; });
      panel.replaceChildren(made.get(index));
      this.mark(false);
    };
    const tabs = el('div', { class: 'tabs', role: 'tablist' }, ...buttons);
    tabs.addEventListener('keydown', key => {
      const by = key.key === 'ArrowRight' ? 1 : key.key === 'ArrowLeft' ? -1 : 0;
      if (!by) return;
      const next = (buttons.indexOf(document.activeElement) + by + buttons.length) % buttons.length;
      choose(next);
      buttons[next].focus();
    });
    choose(0);
    return el('div', {}, tabs, panel);
  }

  consoles(model, actors, select) {
    const place = el('div');
    const chooser = el('select', { 'aria-label': say('Device') }, ...actors.map(actor => el('option', { value: actor }, visible(actor))));
    const show = () => { place.replaceChildren(consoleNode(model, chooser.value, select)); this.mark(false); };
    chooser.addEventListener('change', show);
    show();
    return el('div', {}, el('div', { class: 'controls' }, el('label', {}, say('Device') + ' ', chooser)), place);
  }

  repeat(data) {
    return el('div', { class: 'repeat' }, el('span', {}, say('Repeat this run')), el('code', {}, visible(data.repeat)), copyButton(data.repeat));
  }

  select(seqs, from, button) {
    this.chosen = new Set(seqs);
    this.body.querySelectorAll('.expectations [aria-pressed=true]').forEach(other => other.setAttribute('aria-pressed', 'false'));
    if (button) button.setAttribute('aria-pressed', 'true');
    this.timeline.highlight(this.chosen);
    this.mark(from !== 'list');
  }

  mark(scroll) {
    const chosen = this.chosen || new Set();
    this.list.highlight(chosen, scroll);
    this.body.querySelectorAll('.log').forEach(line => line.classList.toggle('chosen', chosen.has(Number(line.dataset.seq))));
    const line = this.body.querySelector('.log.chosen');
    if (line && scroll) line.parentNode.scrollTop = line.offsetTop - line.parentNode.clientHeight / 3;
  }
}

function filterNode(views) {
  const verdicts = new Set(Object.keys(ORDER));
  const text = el('input', { type: 'search', placeholder: say('title, id, reason'), 'aria-label': say('Filter scenarios by text') });
  const tags = [...new Set(run.cases.flatMap(line => line.tags))].sort();
  const tag = el('select', { 'aria-label': say('Filter scenarios by tag') }, el('option', { value: '' }, say('any tag')), ...tags.map(name => el('option', { value: name }, visible(name))));
  const told = el('span', { class: 'dim', role: 'status' });
  const apply = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const view of views) {
      const fits = verdicts.has(view.line.verdict) && (!tag.value || view.line.tags.includes(tag.value)) && view.fits(words);
      view.node.hidden = !fits;
      if (fits) shown++;
    }
    told.textContent = shown === views.length ? '' : say('{0} of {1} cases', shown, views.length);
  };
  const buttons = Object.keys(ORDER).map(verdict => {
    const count = run.cases.filter(line => line.verdict === verdict).length;
    const button = el('button', { type: 'button', class: 'verdict-toggle ' + verdict, 'aria-pressed': 'true', disabled: count === 0 },
      el('span', { class: 'mark-sign', 'aria-hidden': 'true' }, MARK[verdict]), ' ' + count + ' ' + VERDICT[verdict]);
    button.addEventListener('click', () => {
      if (!verdicts.delete(verdict)) verdicts.add(verdict);
      button.setAttribute('aria-pressed', String(verdicts.has(verdict)));
      apply();
    });
    return button;
  });
  text.addEventListener('input', apply);
  tag.addEventListener('change', apply);
  const closeAll = el('button', { type: 'button', onclick: () => views.forEach(view => view.close()) }, say('Close all'));
  const show = wanted => { text.value = wanted.text || ''; tag.value = wanted.tag || ''; apply(); text.focus(); };
  return { show, node: el('div', { class: 'controls filter' }, ...buttons, text, tags.length ? tag : null, closeAll, told) };
}

function headNodes(views) {
  const missing = run.planned - run.cases.length;
  const filter = filterNode(views);
  const started = run.started.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
  const counted = run.cases.length === 1
    ? say('{0} case in {1}, started {2}', 1, run.wall, started)
    : say('{0} cases in {1}, started {2}', run.cases.length.toLocaleString('en'), run.wall, started);
  return [
    el('div', { class: 'run-line' }, el('h1', {}, say('Fieldloop run')), verdictNode(run.verdict),
      el('span', { class: 'dim' }, counted)),
    el('div', { class: 'repeat' }, el('code', {}, visible(run.command)), copyButton(run.command)),
    missing > 0 ? el('p', { class: 'banner' }, say('The run was stopped: {0} of {1} cases ran.', run.cases.length, run.planned)) : null,
    comparedNode(run.compared),
    totalsNode(run.cases, filter.show),
    filter.node,
  ].filter(Boolean);
}

function openWanted(views) {
  const wanted = decodeURIComponent(location.hash.slice(1));
  const view = views.find(candidate => 'case=' + candidate.line.id === wanted);
  if (!view) return false;
  if (!view.node.isConnected) document.getElementById('cases').append(view.node);
  view.open();
  view.node.scrollIntoView();
  return true;
}

/** A screenful at once and the others when there is time: the page answers before all of it is there. */
function appendCases(place, views) {
  place.append(...views.slice(0, CASES_AT_ONCE).map(view => view.node));
  if (views.length > CASES_AT_ONCE) setTimeout(() => appendCases(place, views.slice(CASES_AT_ONCE)));
}

const views = run.cases.map((line, index) => new CaseView(line, index))
  .sort((a, b) => ORDER[a.line.verdict] - ORDER[b.line.verdict] || a.index - b.index);
document.title = VERDICT[run.verdict] + ': ' + say('Fieldloop run') + ' ' + run.started;
document.querySelector('.skip').textContent = say('Skip to the scenarios');
document.getElementById('top').append(...headNodes(views));
appendCases(document.getElementById('cases'), views);
if (!openWanted(views)) {
  views.filter(view => view.line.verdict !== 'passed').slice(0, OPENED_MAX).forEach(view => view.open());
  if (views.length === 1) views[0].open();
}
window.addEventListener('hashchange', () => openWanted(views));
window.addEventListener('beforeprint', () => views.filter(view => view.line.verdict !== 'passed').slice(0, PRINTED_MAX).forEach(view => view.open()));
