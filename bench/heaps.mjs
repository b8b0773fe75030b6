/** Longest wait for a thread's answer. ONNX Runtime's own threads sleep in a lock and never answer; they hold no heap of ours. */
const PATIENCE = 3000;

/**
 * Megabytes that the page and its workers hold after a collection: JavaScript objects, and apart from them array
 * buffers. WASM memories are not in it. (`measureUserAgentSpecificMemory` would be the standard way; it waits for ever for the
 * sleeping threads.)
 */
export async function heaps(page) {
  const session = await page.context().newCDPSession(page);
  const workers = [];
  session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    if (targetInfo.type === "worker") workers.push({ sessionId, url: targetInfo.url });
  });
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const threads = [
    { name: "page", send: (method) => session.send(method) },
    ...workers.map(({ sessionId, url }) => ({
      name: nameOf(url),
      send: (method) => sendTo(session, sessionId, method),
    })),
  ];
  const found = await Promise.all(
    threads.map(async ({ name, send }) => {
      try {
        // Twice: what the first collection's finalizers let go is collected by the second.
        await send("HeapProfiler.collectGarbage");
        await send("HeapProfiler.collectGarbage");
        const { usedSize, backingStorageSize = 0 } = await send("Runtime.getHeapUsage");
        return { name, objects: usedSize / 1e6, buffers: backingStorageSize / 1e6 };
      } catch {
        return null;
      }
    }),
  );
  await session.detach();
  return found.filter((one) => one !== null);
}

function nameOf(url) {
  return /([a-z]+)\.worker/.exec(url)?.[1] ?? "worker";
}

let serial = 0;

function sendTo(session, sessionId, method) {
  const id = (serial += 1);
  return new Promise((done, fail) => {
    const timer = setTimeout(() => end(() => fail(new Error(`${method}: no answer`))), PATIENCE);
    const listen = (event) => {
      if (event.sessionId !== sessionId) return;
      const { id: answered, result, error } = JSON.parse(event.message);
      if (answered === id) end(() => (error ? fail(new Error(error.message)) : done(result)));
    };
    const end = (settle) => {
      clearTimeout(timer);
      session.off("Target.receivedMessageFromTarget", listen);
      settle();
    };
    session.on("Target.receivedMessageFromTarget", listen);
    session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) }).catch(fail);
  });
}
