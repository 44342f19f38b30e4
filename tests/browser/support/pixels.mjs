// What is really seen: pixels of a screenshot, and what can be told from them.

// Decoded by the browser itself, on a page of its own. Answers {width, height, data}: RGBA, in device pixels.
export async function picture(page, clip) {
  const png = await page.screenshot({ clip });
  page.reader ??= await page.context().browser().newPage();
  const { width, height, base64 } = await page.reader.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const context = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height }).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let text = '';
    for (let i = 0; i < data.length; i += 0x8000) text += String.fromCharCode(...data.subarray(i, i + 0x8000));
    return { width: image.width, height: image.height, base64: btoa(text) };
  }, png.toString('base64'));
  return { width, height, data: Buffer.from(base64, 'base64') };
}

// How far each pixel is from the ground, which is the colour of the corner: 0 to 255, by luminance.
export function ink({ width, height, data }) {
  const light = (i) => 0.2126 * data[4 * i] + 0.7152 * data[4 * i + 1] + 0.0722 * data[4 * i + 2];
  const ground = light(0);
  return { width, height, at: Float32Array.from({ length: width * height }, (_, i) => Math.abs(light(i) - ground)) };
}

// The largest difference of a colour in a pixel: 0 to 255.
export const difference = (one, other) => one.data.reduce((most, value, i) => Math.max(most, Math.abs(value - other.data[i])), 0);

// How sharp text is: the steps between neighbouring pixels, for each bit of ink.
export function edgeContrast(picture) {
  const { width, height, at } = ink(picture);
  let steps = 0, sum = 0;
  for (let y = 0; y < height; ++y) {
    for (let x = 0; x < width; ++x) {
      const here = at[y * width + x];
      sum += here;
      if (x > 0) steps += Math.abs(here - at[y * width + x - 1]);
      if (y > 0) steps += Math.abs(here - at[(y - 1) * width + x]);
    }
  }
  return steps / sum;
}

// The box of all that is not ground, in device pixels.
export function inkBox(picture) {
  const { width, height, at } = ink(picture);
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; ++y) {
    for (let x = 0; x < width; ++x) {
      if (at[y * width + x] < 60) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x + 1);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y + 1);
    }
  }
  return box;
}

// A part of a picture; the rectangle is in device pixels.
export function crop({ width, data }, { x, y, width: w, height: h }) {
  const part = Buffer.alloc(w * h * 4);
  for (let row = 0; row < h; ++row) data.copy(part, row * w * 4, ((y + row) * width + x) * 4, ((y + row) * width + x + w) * 4);
  return { width: w, height: h, data: part };
}
