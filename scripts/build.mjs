// Makes dist/: plain files that work under any path, service worker included (tools/vite-service-worker.ts).
import { bin, requireNode, run } from "./project.mjs";

requireNode();
process.exitCode = await run(process.execPath, [bin("vite"), "build", ...process.argv.slice(2)]);
