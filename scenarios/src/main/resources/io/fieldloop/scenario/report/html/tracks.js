'use strict';

// Which lines the picture of a case has, and which events go on them.

const DEVICE_TRACKS_MAX = 6;
const ACTOR_TRACKS_MAX = 3;
const DENSE_LINES_MAX = 4;
const RANK = { bad: 3, warn: 2, good: 1, plain: 0 };

function isMark(event) {
  if (event.role === 'console') return event.tone === 'bad';
  return event.role !== 'state';
}

/** One track per actor, as many as can be told apart; the others of a lane share one. */
function tracksOf(model) {
  const tracks = [];
  for (const lane of LANES) {
    const events = model.events.filter(event => event.lane === lane);
    const actors = [...new Set(events.map(event => event.actor))];
    const most = lane === 'device' ? DEVICE_TRACKS_MAX : ACTOR_TRACKS_MAX;
    const single = lane === 'scenario' ? [] : actors.length <= most ? actors : mostTold(model, events, actors, most - 1);
    for (const actor of single) tracks.push({ lane, name: actor, events: events.filter(event => event.actor === actor) });
    const rest = actors.filter(actor => !single.includes(actor));
    const others = events.filter(event => rest.includes(event.actor));
    if (lane === 'scenario') tracks.push({ lane, name: say('steps'), events: others });
    else if (actors.length === 0) tracks.push({ lane, name: say('no events'), events: [] });
    else if (rest.length) {
      const more = model.actors[lane] - single.filter(actor => !actor.includes('*')).length; // those that are folded have no row here
      tracks.push({ lane, name: single.length ? say('{0} more', more.toLocaleString('en')) : say('{0} actors', more.toLocaleString('en')), events: others, crowd: true });
    }
  }
  return tracks;
}

/** Of many actors those that evidence names, then those that had trouble. */
function mostTold(model, events, actors, count) {
  const rank = new Map(actors.map(actor => [actor, 0]));
  for (const event of events) {
    const weight = (model.evidenceOf.has(event.seq) ? 10 : 0) + RANK[event.tone];
    rank.set(event.actor, Math.max(rank.get(event.actor), event.actor.includes('*') ? -1 : weight));
  }
  const chosen = actors.slice().sort((a, b) => rank.get(b) - rank.get(a)).slice(0, count);
  return actors.filter(actor => chosen.includes(actor));
}

/** Dense series get a line each, the most telling first, as many as there is room for; the others share one. */
function split(events, weight) {
  const series = new Map();
  for (const event of events) {
    const key = seriesKey(event);
    if (!series.has(key)) series.set(key, { name: seriesName(event), events: [], count: 0, weight: 0 });
    const one = series.get(key);
    one.events.push(event);
    one.count += event.count;
    one.weight = Math.max(one.weight, weight(event));
  }
  const dense = [...series.values()].filter(one => one.count > SERIES_DENSE);
  const crowd = new Set(dense.flatMap(one => one.events));
  const told = dense.slice().sort((a, b) => b.weight - a.weight).slice(0, dense.length > DENSE_LINES_MAX ? DENSE_LINES_MAX - 1 : DENSE_LINES_MAX);
  const lines = dense.filter(one => told.includes(one));
  const others = dense.filter(one => !told.includes(one));
  if (others.length) lines.push({ name: say('of {0} other kinds', others.length), events: others.flatMap(one => one.events).sort((a, b) => a.t - b.t) });
  return { rare: events.filter(event => !crowd.has(event)), dense: lines };
}

/** The step as its file says it, without the braces and the time, which the picture shows. */
function stepText(event) {
  const text = event.attributes.step;
  return text && text.replace(/^\{\s*(?:at: [^,]+,\s*)?(.*?)\s*\}$/, '$1');
}

/** Steps as bars: an entry that begins one and the next that ends it. */
function stepsOf(events) {
  const steps = [];
  const open = new Map();
  for (const event of events) {
    const begin = /^(.*?)-?(started|began|begun)$/.exec(event.kind);
    const end = /^(.*?)-?(ended|finished|completed|done)$/.exec(event.kind);
    const name = stepText(event) || event.attributes.label || event.actor;
    if (begin) {
      const step = { name, open: true, events: [event] };
      steps.push(step);
      open.set(name, step);
    } else if (end && open.has(name)) {
      const step = open.get(name);
      step.open = false;
      step.events.push(event);
      open.delete(name);
    } else {
      steps.push({ name: event.attributes.step ? name : event.kind + (gist(event) ? ' ' + gist(event) : ''), events: [event] });
    }
  }
  return steps;
}
