import { close, createSiteServer, listen } from "../../scripts/site-server.mjs";

/**
 * A host that sends no headers of its own, under a sub-path, as GitHub Pages does.
 * `stop` takes it off the network; `start` brings it back at the same address.
 */
export async function startPlainHost({ root, base = "/some/path/" }) {
  const served = [];
  const create = () =>
    createSiteServer({ root, base }).on("request", ({ url }) => served.push(url.replace(base, "").replace(/\?.*/, "")));
  let server = create();
  const port = await listen(server, 0);
  const origin = `http://localhost:${port}`;
  return {
    origin,
    url: origin + base,
    served,
    stop: () => close(server),
    start: async () => {
      server = create();
      await listen(server, port);
    },
  };
}
