'use strict';

// What the picture's width stands for: time, or the order of the events.

const ORDER_MARKS_MAX = 300;

/** Places events by when they happened. */
class TimeAxis {
  constructor(model) {
    this.events = model.events;
    this.end = model.events.reduce((end, event) => Math.max(end, event.last), Math.max(model.endNanos, 1e6));
    this.least = Math.min(1e5, this.end);
    this.margin = 5e7;
    this.stretches = this.events.map(event => [event.t, event.last]).sort((a, b) => a[0] - b[0]);
  }
  at(event) { return event.t; }
  until(event) { return event.last; }
  scale(from, to, width, compress) {
    const whole = from === 0 && to === this.end;
    return timeScale(this.stretches, from, to, width, compress ? (whole ? GAP_WHOLE_MIN : GAP_PART_MIN) : null);
  }
  ticks(piece) { return ticksOf(piece); }
  text(from, to) { return from === 0 && to === this.end ? say('{0} to {1}', atText(from), atText(to)) : say('{0} to {1} of {2}', atText(from), atText(to), atText(this.end)); }
}

/** Places events by their order, for what happens within one instant: on a link without delay a whole handshake does. */
class OrderAxis {
  constructor(model) {
    this.events = model.events.filter(event => isMark(event) || event.role === 'state');
    this.rank = new Map(this.events.map((event, i) => [event, i]));
    this.end = Math.max(1, this.events.length - 1);
    this.least = Math.min(4, this.end);
    this.margin = 1;
    this.stretches = this.events.map((event, i) => [i, i]);
  }
  at(event) { return this.rank.has(event) ? this.rank.get(event) : -1; }
  until(event) { return this.at(event); }
  scale(from, to, width) { return timeScale(this.stretches, from, to, width, null); }
  ticks(piece) {
    const ticks = [];
    let told = '';
    for (let i = Math.max(0, Math.ceil(piece.from)); i <= Math.min(piece.to, this.events.length - 1); i++) {
      const text = atText(this.events[i].t);
      if (text !== told) ticks.push({ x: xOf([piece], i), text });
      told = text;
    }
    return ticks;
  }
  text(from, to) {
    const last = this.events.length - 1;
    const time = rank => atText(this.events[Math.min(last, Math.max(0, Math.round(rank)))].t);
    return time(from) === time(to) ? say('all at {0}', time(from)) : say('{0} to {1}', time(from), time(to));
  }
}

/** Whether by time most marks would lie on top of each other, and by order each has its place. */
function isInstant(model) {
  const marks = model.events.filter(isMark);
  const instants = new Set(marks.map(event => Math.floor(event.t / 1e6)));
  return marks.length <= ORDER_MARKS_MAX && instants.size < 0.4 * marks.length;
}
