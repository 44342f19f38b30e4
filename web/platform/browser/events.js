// What the person does, handed to C++. All listeners sit on the common parent of canvas and mirror.
mergeInto(LibraryManager.library, {
  $Events__deps: ['$Frame', '$Mirror', '$Canvas', '$withText'],
  $Events: {
    followScrolling: false,

    start: () => {
      const app = document.getElementById('app');
      Events.listenToPointer(app);
      app.addEventListener('click', Events.click);
      app.addEventListener('submit', (event) => event.preventDefault());  // the click on its button did the work
      app.addEventListener('input', Events.input);
      addEventListener('keydown', Events.key);
      for (const type of ['online', 'offline']) addEventListener(type, Events.tellConnection);
      if (!navigator.onLine) Events.tellConnection();
      app.addEventListener('focusin', (event) => {
        _ownkey_focus_moved(Frame.platform, Mirror.idOf(event.target), event.target.matches(':focus-visible') ? 1 : 0);
        Frame.wake();
      });
      app.addEventListener('focusout', () => {
        _ownkey_focus_moved(Frame.platform, 0, 0);
        Frame.wake();
      });
      addEventListener('resize', () => Frame.wake());
      addEventListener('scroll', () => { if (Events.followScrolling || !Canvas.shows(scrollY, scrollY + innerHeight)) Frame.wake(1); }, { passive: true });
      Events.listenToRatio();
      new ResizeObserver(() => Frame.wake()).observe(document.documentElement);
    },

    // The keys that mean something everywhere; all others are the fields' and the browser's.
    key: (event) => {
      if (event.isComposing) return;
      if (event.key === 'Escape' && !event.repeat) {
        _ownkey_dismissed(Frame.platform);
        return Frame.wake();
      }
      const typing = event.target.matches('input,textarea,select'), key = event.key.toLowerCase();
      const control = event.ctrlKey || event.metaKey;
      const ours = control ? key === 's' || (key === 'enter' && typing) : key.length === 1 && !typing;
      if (!ours || event.altKey || (control && event.shiftKey)) return;
      if (control) event.preventDefault();  // also while it is held down, lest the browser offer to save the page
      if (event.repeat) return;
      withText((control ? 'Control+' : '') + key, (at, size) => _ownkey_key_pressed(Frame.platform, at, size));
      Frame.wake();
    },

    tellConnection: () => {
      _ownkey_connection_changed(Frame.platform, navigator.onLine ? 1 : 0);
      Frame.wake();
    },

    listenToPointer: (app) => {
      let under = -1, moves = 0;  // the element, and how often the pointer moved since it came there
      const at = (event) => _ownkey_pointer_moved(Frame.platform, event.clientX + scrollX, event.clientY + scrollY);
      const leave = () => {
        under = -1;
        _ownkey_pointer_left(Frame.platform);
        Frame.wake();
      };
      app.addEventListener('pointermove', (event) => {
        if (event.pointerType === 'touch') return;  // a finger does not hover
        at(event);
        // An element lies over its picture, so nothing looks different until the pointer comes to another one. On its very
        // edge the picture may not be reached yet: the next moves count as well.
        const id = Mirror.idOf(event.target);
        if (id !== under) moves = 0;
        under = id;
        if (moves++ < 3) Frame.wake(1);
      });
      app.addEventListener('pointerdown', (event) => {
        at(event);
        _ownkey_pointer_button(Frame.platform, event.button, 1);
        Frame.wake();
      });
      addEventListener('pointerup', (event) => {
        at(event);
        _ownkey_pointer_button(Frame.platform, event.button, 0);
        if (event.pointerType === 'touch') leave();
        Frame.wake();
      });
      addEventListener('pointercancel', () => {
        _ownkey_pointer_button(Frame.platform, 0, 0);
        leave();
      });
      document.documentElement.addEventListener('pointerleave', leave);
    },

    // Links to other places, new tabs and downloads are the browser's business.
    click: (event) => {
      const target = event.target.closest('a,button'), id = target && Mirror.idOf(target);
      if (!id) return;
      if (target.localName === 'a') {
        if (target.target || target.hasAttribute('download') || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
      }
      _ownkey_activated(Frame.platform, id);
      Frame.wake();
    },

    input: (event) => {
      const id = Mirror.idOf(event.target);
      if (!id) return;
      event.target.wanted = event.target.value;
      withText(event.target.value, (at, size) => _ownkey_text_typed(Frame.platform, id, at, size));
      Frame.wake();
    },

    // A media query matches one pixel ratio only, so it is made anew after each change.
    listenToRatio: () => {
      matchMedia('(resolution: ' + devicePixelRatio + 'dppx)').addEventListener('change', () => {
        Events.listenToRatio();
        Frame.wake();
      }, { once: true });
    },
  },
});
