// The canvas: as wide as the viewport, as high as the document or some screens of it, scrolled by the browser; and the
// WebGL2 calls that painter.cpp draws with.
mergeInto(LibraryManager.library, {
  $Canvas__deps: ['$Frame', '$Page'],
  $Canvas: {
    element: null,
    gl: null,
    width: 0,
    viewportHeight: 0,
    contentHeight: 0,
    ratio: 1,
    textures: null,
    viewUniform: null,
    vertexOffset: -1,
    cleared: true,  // does not show the last picture

    top: 0,  // where it begins, from the top of the document

    // A drawing buffer beyond these is clamped without a word, and the picture squashed (seen in Chromium at 8192 px).
    kMaxSide: 8192,
    kMaxPixels: 16e6,

    // Of a longer document it shows these many screens, and goes along when they are left: see Brush::is_seen.
    kScreens: 4,

    start: () => {
      Canvas.element = document.getElementById('canvas');
      Canvas.textures = new Map();
      Canvas.fit();  // another size later would have the browser wait for another buffer
      Canvas.gl = Canvas.element.getContext('webgl2',
        { alpha: false, antialias: false, depth: false, stencil: false, powerPreference: 'low-power' });
      if (Canvas.gl) Canvas.prepare();
      Page.setFallback('canvas', !Canvas.gl);
      Canvas.element.addEventListener('webglcontextlost', (event) => {
        event.preventDefault();  // else it is never restored
        _ownkey_context_lost(Frame.platform);
        Canvas.textures.clear();
        Page.setFallback('canvas', true);
        Frame.wake();
      });
      Canvas.element.addEventListener('webglcontextrestored', () => {
        Canvas.prepare();
        // Frames drawn meanwhile told ImGui that its textures are in place.
        _ownkey_context_lost(Frame.platform);
        Page.setFallback('canvas', false);
        Frame.wake();
      });
    },

    fit: () => {
      const width = document.getElementById('app').clientWidth, height = innerHeight;
      if (width === Canvas.width && height === Canvas.viewportHeight && devicePixelRatio === Canvas.deviceRatio) return Canvas.follow();
      Canvas.width = width;
      Canvas.viewportHeight = height;
      Canvas.deviceRatio = devicePixelRatio;
      Canvas.resize(Canvas.contentHeight);
    },

    resize: (contentHeight) => {
      const element = Canvas.element, width = Canvas.width, screen = Canvas.viewportHeight;
      const height = Math.max(contentHeight, screen);
      const ratio = Canvas.ratio = Math.min(devicePixelRatio, Canvas.kMaxSide / Math.max(width, screen),
        Math.sqrt(Canvas.kMaxPixels / (width * screen)));
      const across = Math.round(width * ratio);
      const down = Math.floor(Math.min(Math.round(height * ratio), screen * Canvas.kScreens * ratio, Canvas.kMaxSide,
        Canvas.kMaxPixels / across));
      // By whole device pixels: stretched by a fraction of one, all text would be blurred.
      element.style.width = across / ratio + 'px';
      element.style.height = down / ratio + 'px';
      Canvas.contentHeight = Math.round(height * ratio) / ratio;
      element.parentNode.style.height = Canvas.contentHeight + 'px';
      if (element.width !== across || element.height !== down) {
        element.width = across;
        element.height = down;
        Canvas.cleared = true;
      }
      Canvas.follow();
      return ratio;
    },

    shows: (top, bottom) => top >= Canvas.top && bottom <= Canvas.top + Canvas.element.height / Canvas.ratio,

    follow: () => {
      if (Canvas.shows(scrollY, scrollY + Canvas.viewportHeight)) return;
      const height = Canvas.element.height / Canvas.ratio;
      const middle = scrollY + (Canvas.viewportHeight - height) / 2;
      const top = Math.max(0, Math.min(Math.round(middle * Canvas.ratio) / Canvas.ratio, Canvas.contentHeight - height));
      if (top === Canvas.top) return;
      Canvas.top = top;
      Canvas.element.style.top = top + 'px';
      Canvas.cleared = true;
    },

    prepare: () => {
      const gl = Canvas.gl, program = gl.createProgram();
      Canvas.cleared = true;
      const add = (type, source) => {
        const shader = gl.createShader(type);
        gl.shaderSource(shader, source);
        gl.compileShader(shader);
        gl.attachShader(program, shader);
      };
      add(gl.VERTEX_SHADER, `#version 300 es
uniform vec4 view;
layout(location=0) in vec2 position;
layout(location=1) in vec2 uv;
layout(location=2) in vec4 color;
out vec2 at;
out vec4 tint;
void main() { at = uv; tint = color; gl_Position = vec4(position * view.xy + view.zw, 0, 1); }`);
      add(gl.FRAGMENT_SHADER, `#version 300 es
precision mediump float;
uniform sampler2D picture;
in vec2 at;
in vec4 tint;
out vec4 color;
void main() { color = tint * texture(picture, at); }`);
      gl.linkProgram(program);
      gl.useProgram(program);
      Canvas.viewUniform = gl.getUniformLocation(program, 'view');
      gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
      for (let i = 0; i < 3; i++) gl.enableVertexAttribArray(i);
      gl.enable(gl.BLEND);
      gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      gl.enable(gl.SCISSOR_TEST);
    },
  },

  ownkey_js_resize__deps: ['$Canvas'],
  ownkey_js_resize: function(contentHeight) { return Canvas.resize(contentHeight); },

  ownkey_js_has_canvas__deps: ['$Canvas'],
  ownkey_js_has_canvas: function() { return Canvas.gl && !Canvas.gl.isContextLost() ? 1 : 0; },

  ownkey_js_is_cleared__deps: ['$Canvas'],
  ownkey_js_is_cleared: function() { return Canvas.cleared ? 1 : 0; },

  ownkey_js_create_texture__deps: ['$Canvas'],
  ownkey_js_create_texture: function(id, width, height, pixels) {
    const gl = Canvas.gl, texture = gl.createTexture();
    Canvas.textures.set(id, texture);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, HEAPU8, pixels);
  },

  ownkey_js_update_texture__deps: ['$Canvas'],
  ownkey_js_update_texture: function(id, textureWidth, pixels, x, y, width, height) {
    const gl = Canvas.gl;
    gl.bindTexture(gl.TEXTURE_2D, Canvas.textures.get(id));
    gl.pixelStorei(gl.UNPACK_ROW_LENGTH, textureWidth);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, x, y, width, height, gl.RGBA, gl.UNSIGNED_BYTE, HEAPU8,
      pixels + (y * textureWidth + x) * 4);
    gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 0);
  },

  ownkey_js_delete_texture__deps: ['$Canvas'],
  ownkey_js_delete_texture: function(id) {
    Canvas.gl.deleteTexture(Canvas.textures.get(id));
    Canvas.textures.delete(id);
  },

  ownkey_js_begin_picture__deps: ['$Canvas'],
  ownkey_js_begin_picture: function() {
    const { width, height } = Canvas.element;
    Canvas.cleared = false;
    Canvas.gl.viewport(0, 0, width, height);
    Canvas.gl.uniform4f(Canvas.viewUniform, 2 * Canvas.ratio / width, -2 * Canvas.ratio / height, -1,
      1 + 2 * Canvas.ratio * Canvas.top / height);
  },

  ownkey_js_load_list__deps: ['$Canvas'],
  ownkey_js_load_list: function(vertices, vertexBytes, indices, indexBytes) {
    const gl = Canvas.gl;
    gl.bufferData(gl.ARRAY_BUFFER, HEAPU8, gl.STREAM_DRAW, vertices, vertexBytes);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, HEAPU8, gl.STREAM_DRAW, indices, indexBytes);
    Canvas.vertexOffset = -1;
  },

  // A vertex is ImDrawVert: position and texture place as two floats each, colour as four bytes.
  ownkey_js_draw__deps: ['$Canvas'],
  ownkey_js_draw: function(texture, count, indexOffset, vertexOffset, left, top, right, bottom) {
    const gl = Canvas.gl, ratio = Canvas.ratio;
    if (Canvas.vertexOffset !== vertexOffset) {
      Canvas.vertexOffset = vertexOffset;
      gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 20, vertexOffset);
      gl.vertexAttribPointer(1, 2, gl.FLOAT, false, 20, vertexOffset + 8);
      gl.vertexAttribPointer(2, 4, gl.UNSIGNED_BYTE, true, 20, vertexOffset + 16);
    }
    const x = Math.floor(left * ratio), y = Math.max(0, Math.floor((top - Canvas.top) * ratio));
    const width = Math.ceil(right * ratio) - x, height = Math.ceil((bottom - Canvas.top) * ratio) - y;
    if (height <= 0) return;
    gl.bindTexture(gl.TEXTURE_2D, Canvas.textures.get(texture));
    gl.scissor(x, Canvas.element.height - y - height, width, height);
    gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_SHORT, indexOffset);
  },
});
