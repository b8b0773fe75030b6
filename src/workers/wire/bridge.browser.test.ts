import { afterEach, expect, test } from "vitest";
import { EngineError } from "#core/base/errors.ts";
import { bridge, callback, type Bridge, type BridgeOptions } from "./bridge.ts";
import type { ProbeApi } from "./testing/probe.worker.ts";

let spawned = 0;
let open: Bridge<ProbeApi> | undefined;

function probe(options: BridgeOptions = {}): Bridge<ProbeApi> {
  spawned = 0;
  open = bridge<ProbeApi>(() => {
    spawned += 1;
    return new Worker(new URL("./testing/probe.worker.ts", import.meta.url), { type: "module" });
  }, options);
  return open;
}

afterEach(() => open?.terminate(new EngineError("CANCELLED")));

const failure = (work: Promise<unknown>): Promise<EngineError> =>
  work.then(
    () => expect.unreachable("the call should reject"),
    (error: unknown) => error as EngineError,
  );

test("W1 a typed error arrives with its code and facts", async () => {
  const error = await failure(probe().run(null, (api) => api.fail()));
  expect(error).toBeInstanceOf(EngineError);
  expect(error.data).toEqual({
    code: "MODEL_CORRUPT",
    facts: { model: "m", at: 7 },
    detail: "MODEL_CORRUPT: one byte is wrong",
  });
});

test("W2 any other error arrives as UNEXPECTED with its message", async () => {
  const error = await failure(probe().run(null, (api) => api.failPlainly()));
  expect(error.data).toEqual({ code: "UNEXPECTED", facts: {}, detail: "UNEXPECTED: out of range" });
});

test("W3 a crash rejects every pending call, and the next call gets a fresh worker", async () => {
  const worker = probe();
  const pending = failure(worker.run(null, (api) => api.ignoreEverything(new AbortController().signal)));
  const crashed = failure(worker.run(null, (api) => api.crash()));
  expect((await pending).code).toBe("WORKER_CRASHED");
  expect((await crashed).code).toBe("WORKER_CRASHED");
  expect(await worker.run(null, (api) => api.echo("again"))).toBe("again");
  expect(spawned).toBe(2);
});

test("W4 an abort stops work that looks at its signal, and keeps the worker", async () => {
  const worker = probe({ abortGrace: 60_000 });
  const controller = new AbortController();
  let seen = 0;
  const error = await failure(
    worker.run(controller.signal, (api) =>
      api.count(
        100_000,
        controller.signal,
        callback((step: number) => {
          seen = step;
          if (step === 5) controller.abort();
        }),
      ),
    ),
  );
  expect(error.code).toBe("CANCELLED");
  expect(seen).toBeLessThan(1_000);
  expect(await worker.run(null, (api) => api.echo(1))).toBe(1);
  expect(spawned).toBe(1);
});

test("W5 work that ignores an abort loses its worker after the grace", async () => {
  const worker = probe({ abortGrace: 20 });
  const controller = new AbortController();
  const stuck = failure(worker.run(controller.signal, (api) => api.ignoreEverything(controller.signal)));
  controller.abort();
  expect((await stuck).code).toBe("CANCELLED");
  expect(await worker.run(null, (api) => api.echo(2))).toBe(2);
  expect(spawned).toBe(2);
});

test("W6 an error that poisons the realm costs the worker; any other does not", async () => {
  const worker = probe({ poisons: (error) => error.code === "MODEL_CORRUPT" });
  await failure(worker.run(null, (api) => api.failPlainly()));
  await worker.run(null, (api) => api.echo(0));
  expect(spawned).toBe(1);
  await failure(worker.run(null, (api) => api.fail()));
  await worker.run(null, (api) => api.echo(0));
  expect(spawned).toBe(2);
});

test("W7 a call with a signal that is aborted already starts nothing", async () => {
  const worker = probe();
  const error = await failure(worker.run(AbortSignal.abort(), (api) => api.echo(1)));
  expect(error.code).toBe("CANCELLED");
  expect(spawned).toBe(0);
});
