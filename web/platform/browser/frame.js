// Frame pacing: a frame is drawn when something happened or was asked for, and never otherwise.
mergeInto(LibraryManager.library, {
  $Frame__deps: ['$Canvas', '$Page'],
  $Frame: {
    platform: 0,
    request: 0,
    timer: 0,
    remaining: 0,

    // Hover looks are settled by the second frame after an event, hence two as a rule.
    wake: (frames) => {
      Frame.remaining = Math.max(Frame.remaining, frames || 2);
      if (!Frame.request) Frame.request = requestAnimationFrame(Frame.draw);
    },

    draw: () => {
      clearTimeout(Frame.timer);
      cancelAnimationFrame(Frame.request);
      Frame.request = 0;  // also when this frame fails: the next one may not
      Frame.remaining--;
      Canvas.fit();
      const after = _ownkey_frame(Frame.platform, performance.now() / 1000, Date.now() / 1000, Canvas.width, Canvas.viewportHeight, scrollY,
        Canvas.ratio, Page.textScale(), Page.flags());
      Page.restoreScroll();
      document.documentElement.classList.add('ready');
      if (Frame.request) return;
      if (after === 0 || Frame.remaining > 0) Frame.request = requestAnimationFrame(Frame.draw);
      else if (after > 0) Frame.timer = setTimeout(() => Frame.wake(1), after * 1000);
    },
  },

  // A text handed to an exported function as pointer and length. It may be a secret, so no trace of it is left.
  $withText__deps: ['malloc', 'free'],
  $withText: function(text, use) {
    const size = lengthBytesUTF8(text), at = _malloc(size + 1);
    stringToUTF8(text, at, size + 1);
    use(at, size);
    HEAPU8.fill(0, at, at + size);
    _free(at);
  },

  ownkey_js_start__deps: ['$Frame', '$Canvas', '$Mirror', '$Events', '$Page'],
  ownkey_js_start: function(platform) {
    Frame.platform = platform;
    Mirror.start();
    Events.start();
    Page.start();
    Frame.draw();  // at once: the browser's next frame may be far away while it starts
  },

  ownkey_js_follow_scrolling__deps: ['$Events'],
  ownkey_js_follow_scrolling: function(follow) { Events.followScrolling = !!follow; },
});
