'use strict';

// The page's own words, in the reader's language; what the run says itself (reasons, verdicts, events) stays as it is.

const WORDS = JSON.parse(document.getElementById('words').textContent);

/** A text of the page, `{0}` and so on replaced. */
function say(english, ...values) {
  return (WORDS[english] || english).replace(/\{(\d)\}/g, (_, index) => values[index]);
}

/** A count and what it is of; `{0}` is the count. */
function plural(count, one, many) { return say(count === 1 ? one : many, count.toLocaleString('en')); }
