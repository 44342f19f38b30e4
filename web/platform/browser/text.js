// Text, measured and drawn by the browser's own 2D canvas: all fonts, scripts and emoji of the system, and the same
// pixels as native text. Whole runs, because kerning and joined scripts do not survive letter-by-letter drawing.
mergeInto(LibraryManager.library, {
  $TextCanvas__deps: ['$Canvas'],
  $TextCanvas: {
    context: null,
    baselines: null,

    // The font is given in CSS pixels under a scaled transform: px times ratio as the size hints differently from the
    // native text of the focused field. The families are those of style.css.
    use: (scale, px, weight, mono) => {
      if (!TextCanvas.context) {
        TextCanvas.context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      }
      const context = TextCanvas.context;
      context.setTransform(scale, 0, 0, scale, 0, 0);
      context.font = weight + ' ' + px + 'px ' +
        (mono ? 'ui-monospace, "DejaVu Sans Mono", monospace' : 'system-ui, "DejaVu Sans", sans-serif');
      context.textBaseline = 'alphabetic';
      if (scale !== 1) context.textRendering = 'geometricPrecision';
      return context;
    },
  },

  ownkey_js_measure__deps: ['$TextCanvas', '$Canvas'],
  ownkey_js_measure: function(text, size, px, weight, mono, out) {
    const string = UTF8ToString(text, size), ratio = Canvas.ratio, margin = 2;
    const m = TextCanvas.use(ratio, px, weight, mono).measureText(string);
    const left = Math.floor(-m.actualBoundingBoxLeft * ratio) - margin;
    const top = -Math.ceil(m.actualBoundingBoxAscent * ratio) - margin;
    const right = Math.ceil(m.actualBoundingBoxRight * ratio) + margin;
    const bottom = Math.ceil(m.actualBoundingBoxDescent * ratio) + margin;
    const ink = /\S/.test(string);
    HEAPF32.set([m.width, left, top, ink ? right - left : 0, ink ? bottom - top : 0], out >> 2);
  },

  // Seen by trying, since how browsers round it depends on the system and on its pixel ratio.
  ownkey_js_baseline__deps: ['$TextCanvas', '$Mirror'],
  ownkey_js_baseline: function(px, weight, mono, lineHeight) {
    const key = [px, weight, mono, lineHeight, devicePixelRatio].join();
    if (!TextCanvas.baselines) TextCanvas.baselines = new Map();
    if (!TextCanvas.baselines.has(key)) {
      const line = document.createElement('div'), foot = document.createElement('img');
      Mirror.style(line, px, weight, mono, lineHeight);
      line.style.top = 0;
      line.append('x', foot);
      Mirror.root.append(line);
      TextCanvas.baselines.set(key, foot.getBoundingClientRect().bottom - Mirror.root.getBoundingClientRect().top);
      line.remove();
    }
    return TextCanvas.baselines.get(key);
  },

  // In its final colour: browsers weigh the edges of light and of dark text differently, and emoji bring their own.
  ownkey_js_rasterise__deps: ['$TextCanvas', '$Canvas'],
  ownkey_js_rasterise: function(text, size, px, weight, mono, rgb, left, top, width, height, pixels, stride) {
    const string = UTF8ToString(text, size), ratio = Canvas.ratio, canvas = TextCanvas.use(1, px, weight, mono).canvas;
    if (canvas.width < width) canvas.width = width;
    if (canvas.height < height) canvas.height = height;
    const context = TextCanvas.use(ratio, px, weight, mono);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.setTransform(ratio, 0, 0, ratio, -left, -top);
    context.fillStyle = '#' + rgb.toString(16).padStart(6, '0');
    context.fillText(string, 0, 0);
    const data = context.getImageData(0, 0, width, height).data;
    for (let y = 0; y < height; y++) HEAPU8.set(data.subarray(y * width * 4, (y + 1) * width * 4), pixels + y * stride);
  },
});
