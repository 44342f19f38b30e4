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
try { showLook(JSON.parse(localStorage.getItem('look')) || {}); } catch (error) { /* no storage here */ }
