// Requests to our own server, with the session cookie.
mergeInto(LibraryManager.library, {
  $Network__deps: ['$Frame', '$withText'],
  $Network: {
    open: null,  // id → AbortController
    kLongestMs: 120000,  // a connection that died without a word would be waited for much longer

    answer: (id, status, body) => {
      if (!Network.open.delete(id)) return;  // abandoned
      withText(body, (at, size) => _ownkey_answered(Frame.platform, id, status, at, size));
      Frame.wake();
    },
  },

  // The body goes out as bytes and is wiped: as a JavaScript string a key would lie about until it is collected.
  ownkey_js_send__deps: ['$Network'],
  ownkey_js_send: function(id, method, methodSize, path, pathSize, user, userSize, body, bodySize) {
    if (!Network.open) Network.open = new Map();
    const controller = new AbortController(), bytes = HEAPU8.slice(body, body + bodySize);
    const timer = setTimeout(() => controller.abort(), Network.kLongestMs);
    Network.open.set(id, controller);
    const verb = UTF8ToString(method, methodSize), headers = { 'X-Ownkey': '1', 'Accept': 'application/json' };
    if (userSize) headers['X-Ownkey-User'] = UTF8ToString(user, userSize);
    if (verb !== 'GET') headers['Content-Type'] = 'application/json';
    fetch(UTF8ToString(path, pathSize), { method: verb, headers, body: bodySize ? bytes : undefined,
      credentials: 'same-origin', cache: 'no-store', redirect: 'error', signal: controller.signal })
      .then((response) => response.text().then((text) => Network.answer(id, response.status, text)))
      .catch(() => Network.answer(id, 0, ''))
      .finally(() => {
        clearTimeout(timer);
        bytes.fill(0);
      });
  },

  // The browser itself connects again after a loss, and says which event it saw last.
  ownkey_js_follow__deps: ['$Network'],
  ownkey_js_follow: function(id, path, size, names, namesSize) {
    if (!Network.open) Network.open = new Map();
    const source = new EventSource(UTF8ToString(path, size));
    const tell = (name, data) => {
      withText(name, (at, length) =>
        withText(data, (dataAt, dataLength) => _ownkey_streamed(Frame.platform, id, at, length, dataAt, dataLength)));
      Frame.wake();
    };
    Network.open.set(id, { abort: () => source.close() });
    for (const name of UTF8ToString(names, namesSize).split(' '))
      source.addEventListener(name, (event) => tell(name, event.data));
    source.onopen = () => tell('open', '');
    source.onerror = () => {
      if (source.readyState === 2) Network.answer(id, 0, '');
      else tell('', '');
    };
  },

  ownkey_js_abandon__deps: ['$Network'],
  ownkey_js_abandon: function(id) {
    const controller = Network.open && Network.open.get(id);
    if (!controller) return;
    Network.open.delete(id);
    controller.abort();
  },
});
