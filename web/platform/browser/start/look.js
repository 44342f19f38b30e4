// Runs before anything else of the page, so that the look that a person chose is there from the first picture on. Holds
// nothing but that look.
function showLook(look) {
  const root = document.documentElement;
  for (const name of ['theme', 'motion']) {
    if (look[name]) root.dataset[name] = look[name];
    else delete root.dataset[name];
  }
  root.style.fontSize = look.scale ? look.scale * 100 + '%' : '';
}
// Once there is a picture, this line is gone.
const tellFailure = () => {
  document.getElementById('starting').textContent = 'Ownkey could not start. Reload the page, or try another browser.';
};
for (const type of ['error', 'unhandledrejection']) addEventListener(type, tellFailure);
try { showLook(JSON.parse(localStorage.getItem('look')) || {}); } catch (error) { /* no storage here */ }
