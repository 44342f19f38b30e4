// The mirror: turns the records of mirror_text.h into elements, changing only what changed. An element that stays is
// never moved: moving would drop its focus.
mergeInto(LibraryManager.library, {
  $Mirror: {
    root: null,
    elements: null,  // id → element
    records: null,   // id → the record that the element was last made from
    shown: null,     // what there was last, in order: record, element, id, parent

    start: () => {
      Mirror.root = document.getElementById('mirror');
      Mirror.elements = new Map();
      Mirror.records = new Map();
      Mirror.shown = [];
    },

    idOf: (element) => {
      while (element && element !== Mirror.root) {
        if (element.nodeId) return element.nodeId;
        element = element.parentNode;
      }
      return 0;
    },

    show: (text) => {
      const seen = new Set(), children = new Map();
      const records = text.split('\x1e');
      records.pop();
      // Most stand where they stood and are as they were.
      Mirror.shown = records.map((record, i) => Mirror.shown[i] && Mirror.shown[i][0] === record ? Mirror.shown[i] : Mirror.read(record));
      Mirror.shown.forEach(([, element, id, parent]) => {
        seen.add(id);
        if (!children.has(parent)) children.set(parent, []);
        children.get(parent).push(element);
      });
      // forEach: Emscripten's optimiser loses the names in for (const [id, element] of …).
      Mirror.elements.forEach((element, id) => {
        if (seen.has(id)) return;
        element.remove();
        Mirror.elements.delete(id);
        Mirror.records.delete(id);
      });
      children.forEach((wanted, parent) => Mirror.arrange(parent ? Mirror.elements.get(parent) : Mirror.root, wanted));
    },

    read: (record) => {
      const [tag, idText, parentText] = record.split('\x1f', 3), id = +idText;
      return [record, Mirror.update(tag, id, record), id, +parentText];
    },

    arrange: (parent, wanted) => {
      let next = parent.firstChild;
      while (next && !next.nodeId) next = next.nextSibling;
      for (const element of wanted) {
        if (element === next) next = next.nextSibling;
        else parent.insertBefore(element, next);
      }
    },

    update: (tag, id, record) => {
      let element = Mirror.elements.get(id);
      if (element && Mirror.records.get(id) === record) return element;
      if (element && element.localName !== tag) {
        element.remove();
        element = null;
      }
      if (!element) {
        element = document.createElement(tag);
        element.nodeId = id;
        element.id = 'n' + id;
        element.given = [];
        Mirror.elements.set(id, element);
      }
      Mirror.records.set(id, record);
      Mirror.dress(element, record.split('\x1f'));
      return element;
    },

    style: (element, size, weight, mono, lineHeight) => {
      const style = element.style;
      element.className = mono ? 'leaf mono' : 'leaf';
      style.fontSize = size + 'px';
      style.fontWeight = weight;
      style.lineHeight = lineHeight + 'px';
    },

    dress: (element, [, , , x, y, width, height, size, weight, mono, lineHeight, insetX, insetY, text, attributes]) => {
      const style = element.style;
      if (+width || +height) {
        Mirror.style(element, size, weight, mono, lineHeight);
        style.left = x + 'px';
        style.top = y + 'px';
        style.width = width + 'px';
        style.height = height + 'px';
        style.padding = insetY + 'px ' + insetX + 'px';
      }
      if (text && element.textContent !== text) element.textContent = text;
      const wanted = new Map(attributes.split('\x1c').slice(0, -1).map((pair) => pair.split('\x1d')));
      for (const name of element.given) if (!wanted.has(name)) element.removeAttribute(name);
      element.given = [...wanted.keys()];
      wanted.forEach((value, name) => {
        if (name === 'type' && element.type !== value) Mirror.changeType(element, value);
        else if (element.getAttribute(name) !== value) {
          element.setAttribute(name, value);
          if (name === 'data-options') Mirror.offer(element, value);
        }
      });
    },

    // Lines of value, label and group. What is wanted may be offered only later, when a list has been loaded.
    offer: (select, text) => {
      const groups = new Map();
      select.replaceChildren();
      for (const line of text.split('\n')) {
        const [value, label, group] = line.split('\t');
        if (group && !groups.has(group)) {
          const parent = document.createElement('optgroup');
          parent.label = group;
          groups.set(group, parent);
          select.append(parent);
        }
        (groups.get(group) || select).append(new Option(label, value));
      }
      select.value = select.wanted || '';
    },

    // Show and Hide must not lose the place of the caret.
    changeType: (element, type) => {
      const start = element.selectionStart, end = element.selectionEnd;
      element.type = type;
      if (document.activeElement === element && start !== null) element.setSelectionRange(start, end);
    },
  },

  ownkey_js_show__deps: ['$Mirror'],
  ownkey_js_show: function(records, size) { Mirror.show(UTF8ToString(records, size)); },

  ownkey_js_set_text__deps: ['$Mirror'],
  ownkey_js_set_text: function(field, text, size) {
    const element = Mirror.elements.get(field >>> 0), value = UTF8ToString(text, size);
    if (!element) return;
    element.wanted = value;
    if (element.value !== value) element.value = value;
  },

  // The heading of a page takes the focus when it opens; the page is at its top or where the browser put it back to, so
  // that must not scroll. Everything else comes into view.
  ownkey_js_focus__deps: ['$Mirror'],
  ownkey_js_focus: function(id) {
    const element = Mirror.elements.get(id >>> 0);
    if (element) element.focus({ preventScroll: element.localName === 'h1' });
  },
});
