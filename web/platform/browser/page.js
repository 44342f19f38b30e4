// The page around the picture: address, title, announcements, clipboard, preferences, and the plain look without a canvas.
mergeInto(LibraryManager.library, {
  $Page__deps: ['$Frame', '$withText'],
  $Page: {
    dark: null,
    reducedMotion: null,
    coarsePointer: null,
    reasonsForFallback: null,

    // An announcement that stayed in the document would be met again by whoever reads on with a screen reader.
    kAnnouncementMs: 7000,

    // Where to scroll to once the page is high enough: the browser itself would do it before the page is drawn.
    wantedScroll: null,
    scrollTimer: 0,
    kScrollSettledMs: 100,

    start: () => {
      Page.dark = Page.query('(prefers-color-scheme: dark)');
      Page.reducedMotion = Page.query('(prefers-reduced-motion: reduce)');
      Page.coarsePointer = Page.query('(pointer: coarse)');
      const forced = Page.query('(forced-colors: active)');
      const followForced = () => Page.setFallback('colors', forced.matches);
      forced.addEventListener('change', followForced);
      followForced();
      history.scrollRestoration = 'manual';
      addEventListener('scroll', Page.rememberScroll, { passive: true });
      for (const type of ['wheel', 'pointerdown', 'keydown'])
        addEventListener(type, () => { Page.wantedScroll = null; }, { passive: true });
      addEventListener('popstate', Page.tellAddress);
      Page.tellAddress();
    },

    query: (condition) => {
      const list = matchMedia(condition);
      list.addEventListener('change', () => Frame.wake());
      return list;
    },

    flags: () => {
      const { theme, motion } = document.documentElement.dataset;
      return ((theme ? theme === 'dark' : Page.dark.matches) ? 1 : 0) | (motion || Page.reducedMotion.matches ? 2 : 0) |
        (Page.coarsePointer.matches ? 4 : 0);
    },

    textScale: () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16,

    askBeforeLeaving: (event) => event.preventDefault(),

    // In the entry of the history itself, since there is no telling which way the browser will go from it.
    rememberScroll: () => {
      clearTimeout(Page.scrollTimer);
      if (Page.wantedScroll === null)
        Page.scrollTimer = setTimeout(() => history.replaceState({ scroll: scrollY }, ''), Page.kScrollSettledMs);
    },

    restoreScroll: () => {
      if (Page.wantedScroll === null || Page.wantedScroll > document.documentElement.scrollHeight - innerHeight) return;
      scrollTo(0, Page.wantedScroll);
      Page.wantedScroll = null;
    },

    tellAddress: () => {
      clearTimeout(Page.scrollTimer);
      Page.wantedScroll = history.state ? history.state.scroll : 0;
      withText(location.pathname + location.search, (at, size) => _ownkey_address_changed(Frame.platform, at, size));
      Frame.wake();
    },

    // One class, one style sheet for a canvas that is missing and for forced colours.
    setFallback: (reason, active) => {
      if (!Page.reasonsForFallback) Page.reasonsForFallback = new Set();
      if (active) Page.reasonsForFallback.add(reason);
      else Page.reasonsForFallback.delete(reason);
      document.documentElement.classList.toggle('fallback', Page.reasonsForFallback.size > 0);
    },
  },

  // Emptied first and filled a moment later, so that the same text is read again.
  ownkey_js_announce__deps: ['$Page'],
  ownkey_js_announce: function(text, size, assertive) {
    const region = document.getElementById(assertive ? 'alerts' : 'news'), string = UTF8ToString(text, size);
    region.textContent = '';
    clearTimeout(region.clearing);
    setTimeout(() => { region.textContent = string; }, 40);
    region.clearing = setTimeout(() => { region.textContent = ''; }, Page.kAnnouncementMs);
  },

  ownkey_js_set_address__deps: ['$Page'],
  ownkey_js_set_address: function(address, size, push) {
    const target = UTF8ToString(address, size);
    clearTimeout(Page.scrollTimer);
    if (push) {
      Page.wantedScroll = null;
      history.replaceState({ scroll: scrollY }, '');
      history.pushState(null, '', target);
      scrollTo(0, 0);
    } else {
      history.replaceState(null, '', target);
    }
  },

  ownkey_js_set_title: function(title, size) { document.title = UTF8ToString(title, size); },

  ownkey_js_guard_leaving__deps: ['$Page'],
  ownkey_js_guard_leaving: function(guard) {
    if (guard) addEventListener('beforeunload', Page.askBeforeLeaving);
    else removeEventListener('beforeunload', Page.askBeforeLeaving);
  },

  ownkey_js_copy__deps: ['$Frame'],
  ownkey_js_copy: function(text, size) {
    const tell = (done) => () => {
      _ownkey_copied(Frame.platform, done);
      Frame.wake();
    };
    // The clipboard exists on https and on this machine only.
    if (!navigator.clipboard) return tell(0)();
    navigator.clipboard.writeText(UTF8ToString(text, size)).then(tell(1), tell(0));
  },

  // Kept for the next visit, where look.js shows it again before anything is drawn.
  ownkey_js_set_look__deps: ['$Frame'],
  ownkey_js_set_look: function(theme, size, textScale, reduceMotion) {
    const look = { theme: UTF8ToString(theme, size), scale: textScale, motion: reduceMotion };
    showLook(look);
    try { localStorage.setItem('look', JSON.stringify(look)); } catch (error) { /* no storage here: for now only */ }
    Frame.wake();
  },

  ownkey_js_utc_offset: function(unixS) { return -new Date(unixS * 1000).getTimezoneOffset(); },

  ownkey_js_pick_file__deps: ['$Frame', '$withText'],
  ownkey_js_pick_file: function() {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.onchange = () => input.files[0].text().then((text) => {
      withText(text, (at, size) => _ownkey_file_picked(Frame.platform, at, size));
      Frame.wake();
    });
    input.click();
  },

  ownkey_js_report_defect: function(text, size) { throw new Error(UTF8ToString(text, size)); },
});
