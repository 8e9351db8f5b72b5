/* Zhanggui page snippet: <script async src="https://COLLECTOR/zg.js" data-key="zgw_..."></script> */
(function (w, d, n) {
  "use strict";
  var tag = d.currentScript, key = tag && tag.getAttribute("data-key");
  if (!key || w.zg) return;
  var to = new URL("/collect?key=" + encodeURIComponent(key), tag.src).href;
  var store, queue = [], timer, last = 0, seen = 0, since = d.hidden ? 0 : Date.now();
  try { store = w.localStorage; store.getItem("zg"); } catch (e) { store = null; }
  function kept(name, value) {
    try {
      if (value !== undefined) store.setItem(name, value);
      return store.getItem(name);
    } catch (e) { return value; }
  }
  function id() {
    if (w.crypto && crypto.randomUUID) return crypto.randomUUID();
    return Date.now().toString(36) + Math.random().toString(36).slice(2) + Math.random().toString(36).slice(2);
  }
  var visitor = kept("zg_v") || kept("zg_v", id());
  try { queue = JSON.parse(kept("zg_q") || "[]"); } catch (e) { queue = []; }
  function keep() { kept("zg_q", JSON.stringify(queue.slice(-100))); }
  function send(leaving) {
    clearTimeout(timer); timer = 0;
    if (!queue.length) return;
    var some = queue.slice(0, 50);
    var body = JSON.stringify({ visitor: visitor, customer: kept("zg_c") || null, sent_at: Math.max(Date.now(), last), events: some });
    function done() { queue = queue.filter(function (e) { return some.indexOf(e) < 0; }); keep(); }
    if (leaving && n.sendBeacon) {
      if (n.sendBeacon(to, body)) done();
      return;
    }
    fetch(to, { method: "POST", body: body, keepalive: true, credentials: "omit" }).then(function (answer) {
      if (answer.status < 500 && answer.status !== 429) { done(); if (queue.length) later(0); }
      else later(5000);
    }, function () { later(5000); });
  }
  function later(ms) { if (!timer) timer = setTimeout(send, ms); }
  function track(name, fields) {
    var event = { name: name, id: id(), at: last = Math.max(Date.now(), last + 1), url: location.href, referrer: d.referrer };
    for (var field in fields || {}) event[field] = fields[field];
    queue.push(event); keep(); later(300);
  }
  w.zg = {
    track: track,
    page: function (fields) { track("page_view", fields); },
    identify: function (customer, fields) { kept("zg_c", customer); track("identify", fields); },
    forget: function () { kept("zg_c", ""); kept("zg_v", visitor = id()); },
    flush: send
  };
  d.addEventListener("click", function (event) {
    var hit = event.target.closest && event.target.closest("[data-zg]");
    if (hit) track(hit.getAttribute("data-zg"), JSON.parse(hit.getAttribute("data-zg-fields") || "{}"));
  }, true);
  d.addEventListener("visibilitychange", function () {
    if (!d.hidden) { since = Date.now(); return; }
    if (since) { seen += Date.now() - since; since = 0; }
    track("page_leave", { properties: { seen_ms: seen } });
    send(true);
  });
  if (tag.getAttribute("data-page") !== "off") w.zg.page();
})(window, document, navigator);
