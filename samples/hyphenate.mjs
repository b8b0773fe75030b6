/**
 * Runs in the page. Chromium without its optional dictionaries does not hyphenate, and a soft hyphen stays in the
 * PDF's text as U+00AD. So: offer the listed break points, look where lines really broke, keep a plain "-" there and
 * remove all other offers. `list` is white-space separated, for example "neigh-bour-hood com-post".
 */
export function hyphenate(list) {
  const points = new Map(
    list
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => [word.replaceAll("-", ""), word.split("-")]),
  );
  if (points.size === 0) return;
  const soft = "\u00AD";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement.closest("p, li")) nodes.push(walker.currentNode);
  }
  for (const node of nodes) {
    node.data = node.data.replace(/[a-z]{5,}/gi, (word) => {
      const parts = points.get(word.toLowerCase());
      if (!parts) return word;
      let at = 0;
      return parts.map((part) => word.slice(at, (at += part.length))).join(soft);
    });
  }
  const range = document.createRange();
  // The last rectangle: the letter after a used soft hyphen has one more, that of the drawn hyphen.
  const topOf = (node, index) => {
    range.setStart(node, index);
    range.setEnd(node, index + 1);
    return [...range.getClientRects()].at(-1)?.top ?? 0;
  };
  const plans = nodes.map((node) => {
    let text = "";
    for (let i = 0; i < node.data.length; i++) {
      if (node.data[i] !== soft) {
        text += node.data[i];
        continue;
      }
      if (Math.abs(topOf(node, i - 1) - topOf(node, i + 1)) > 3) text += "-";
    }
    return text;
  });
  nodes.forEach((node, i) => {
    node.data = plans[i];
  });
}
