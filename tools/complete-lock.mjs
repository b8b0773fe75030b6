/**
 * Adds to package-lock.json the optional platform packages that the registry at hand did not serve.
 *
 * A registry mirror that carries only one platform's binaries makes `npm install` write a lock file that
 * `npm ci` then refuses ("Missing: … from lock file"), and that would leave other platforms without their
 * binaries. Name, version and platform follow from the parent's optionalDependencies; the integrity of a
 * package that was not served is unknown, so it is left out and npm takes the registry's word for it.
 * Run after every `npm install` that changed the lock file: `node tools/complete-lock.mjs`.
 */
import { readFileSync, writeFileSync } from "node:fs";

const OS = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32", "aix"];
const CPU = {
  x64: "x64",
  arm64: "arm64",
  arm: "arm",
  ia32: "ia32",
  ppc64: "ppc64",
  ppc64le: "ppc64",
  s390x: "s390x",
  riscv64: "riscv64",
  loong64: "loong64",
  mips64el: "mips64el",
  armv7: "arm",
  wasm32: "wasm32",
};

function platformOf(name) {
  const words = name.split("/").at(-1).split("-");
  const os = words.find((word) => OS.includes(word));
  const cpu = words.map((word) => CPU[word]).find(Boolean);
  const abi = words.at(-1);
  const libc =
    os === "linux" && abi.includes("musl")
      ? "musl"
      : os === "linux" && abi.includes("gnu") && cpu !== "arm"
        ? "glibc"
        : null;
  return { ...(cpu ? { cpu: [cpu] } : {}), ...(libc ? { libc: [libc] } : {}), ...(os ? { os: [os] } : {}) };
}

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  if (path === "" || entry.link) continue;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const at = `node_modules/${name}`;
    if (lock.packages[at] || lock.packages[`${path}/${at}`]) continue;
    if (!/^\d+\.\d+\.\d+/.test(version)) continue;
    lock.packages[at] = { version, ...platformOf(name), ...(entry.dev ? { dev: true } : {}), optional: true };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} platform packages added to package-lock.json`);
