import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const CACHE = join(import.meta.dirname, "..", ".cache");

/**
 * The CSS of one weight of a Noto font, fetched once from npm into `truth/.cache`. `sheet` is `400` (split by
 * unicode-range, as a web page gets it) or a whole script, such as `japanese-400`.
 */
export function fontCss(font, sheet) {
  const folder = join(CACHE, font);
  if (!existsSync(folder)) fetchFont(font, folder);
  const css = readFileSync(join(folder, "package", `${sheet}.css`), "utf8");
  return css.replaceAll("url(./", `url(${pathToFileURL(join(folder, "package"))}/`);
}

function fetchFont(font, folder) {
  mkdirSync(folder, { recursive: true });
  execFileSync("npm", ["pack", "--silent", `@fontsource/${font}@5.3.0`, "--pack-destination", folder]);
  const archive = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  execFileSync("tar", ["xzf", join(folder, archive), "-C", folder]);
}
