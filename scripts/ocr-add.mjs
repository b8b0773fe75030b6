// npm run ocr:add eng deu: puts language data for OCR into public/tessdata, from npm's @tesseract.js-data packages.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ROOT, requireNode, runNpm } from "./project.mjs";

/** Trained with float weights, stored as integers: what Tesseract's LSTM engine reads fastest at full quality. */
const FOLDER = "4.0.0_best_int";
const TARGET = join(ROOT, "public", "tessdata");

requireNode();
const codes = process.argv.slice(2);
if (codes.length === 0 || codes.some((code) => !/^[a-z]{3,4}(_[a-z]+)*$/.test(code))) {
  console.error("Usage: npm run ocr:add <language …>, in Tesseract's codes: eng, deu, fra, chi_sim, jpn …");
  process.exit(2);
}
mkdirSync(TARGET, { recursive: true });
for (const code of codes) {
  const data = await languageData(code);
  if (data === null) {
    console.error(
      `No data for ${code}. The registry may not have it; any ${code}.traineddata in public/tessdata works too.`,
    );
    process.exit(1);
  }
  const file = join(TARGET, `${code}.traineddata.gz`);
  // Renamed when whole: a build never sees half a file.
  writeFileSync(`${file}.part`, data);
  renameSync(`${file}.part`, file);
  console.log(`public/tessdata/${code}.traineddata.gz  ${(data.length / 1e6).toFixed(1)} MB`);
}
console.log("Build again (npm start does); the app lists it under OCR.");

async function languageData(code) {
  const path = `${FOLDER}/${code}.traineddata.gz`;
  const installed = join(ROOT, "node_modules", "@tesseract.js-data", code, path);
  if (existsSync(installed)) return readFileSync(installed);
  const folder = mkdtempSync(join(tmpdir(), "ocr-add-"));
  try {
    const args = ["pack", `@tesseract.js-data/${code}`, "--pack-destination", folder, "--loglevel=error"];
    if ((await runNpm(args)) !== 0) return null;
    const [packed] = readdirSync(folder);
    return packed === undefined ? null : fileOf(gunzipSync(readFileSync(join(folder, packed))), `package/${path}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One file of a tar: headers of 512 bytes with the name at 0 and the size, octal, at 124. */
function fileOf(tar, name) {
  for (let at = 0; at + 512 <= tar.length;) {
    const text = (from, length) => tar.toString("latin1", at + from, at + from + length).replace(/\0.*$/s, "");
    const size = Number.parseInt(text(124, 12).trim() || "0", 8);
    if (text(0, 100) === name) return tar.subarray(at + 512, at + 512 + size);
    at += 512 + 512 * Math.ceil(size / 512);
  }
  return null;
}
