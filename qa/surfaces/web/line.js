/* What is done on the Ask tab is told one deed at a time, in order: each when the server has taken
   the one before, or seems to have missed it. It may answer them in any order. The scripts of all
   parts begin with this one, and share what the first of them makes. */
window.footnoteLine ??= (() => {
  const PATIENCE = 15_000;
  const waiting = [];
  let sent = 0;
  let timer = 0;

  const next = () => {
    clearTimeout(timer);
    timer = waiting.length ? setTimeout(next, PATIENCE) : 0;
    waiting.shift()?.(++sent);
  };

  return {
    tell: (trigger, event, deed) => {
      waiting.push((order) => trigger(event, { ...deed, order }));
      if (!timer) next();
    },
    taken: (order) => {
      if (order === sent) next();
    },
  };
})();
