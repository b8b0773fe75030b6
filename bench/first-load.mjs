import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** What the first paint waits for: index.html's entry, everything it imports statically, and their style sheets. */
export async function firstLoad({ folder }) {
  const manifest = JSON.parse(await readFile(join(folder, ".vite", "manifest.json"), "utf8"));
  const files = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  visit("index.html");
  const sizes = await Promise.all([...files].map(async (file) => gzipSync(await readFile(join(folder, file))).length));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return [
    {
      what: "JavaScript and CSS, gzip",
      value: total / 1000,
      unit: "kB",
      budget: { most: 180 },
      note: `${files.size} files; pdf.js, ONNX Runtime and models come later, in workers`,
    },
  ];
}
