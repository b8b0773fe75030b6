import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "../scripts/project.mjs";

/** What poppler's pdftotext reads in each PDF of truth/, by its name; null where it is not installed. */
export function pdftotext() {
  const folder = join(ROOT, "truth", "pdfs");
  const names = readdirSync(folder).filter((name) => name.endsWith(".pdf"));
  try {
    const read = (name) => execFileSync("pdftotext", ["-enc", "UTF-8", join(folder, name), "-"], { encoding: "utf8" });
    return Object.fromEntries(names.map((name) => [basename(name, ".pdf"), read(name)]));
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}
