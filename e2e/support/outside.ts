import { createServer } from "node:http";

/** Stands for the whole internet: every request that leaves this machine's own addresses ends here, refused and noted. */
export interface Outside {
  readonly proxy: string;
  readonly attempts: string[];
  close(): Promise<void>;
}

/**
 * A proxy that refuses and records. Given to Chromium for everything but localhost, it sees what page events miss:
 * workers, service workers, prefetches.
 */
export async function startOutside(): Promise<Outside> {
  const attempts: string[] = [];
  const server = createServer((request, response) => {
    attempts.push(request.url ?? "");
    response.writeHead(403).end();
  });
  server.on("connect", (request, socket) => {
    attempts.push(request.url ?? "");
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the recording proxy has no port");
  return {
    proxy: `http://127.0.0.1:${address.port}`,
    attempts,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
